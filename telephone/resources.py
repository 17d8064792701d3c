"""Texts, the messaging service and its numbers, as Twilio's API writes them."""

from datetime import datetime
from email.utils import format_datetime
from typing import Any

from telephone.account import Account
from telephone.texts import WHY, Text

BEGAN = "2026-01-05T09:00:00Z"  # when the practice account and its service were set up


def text_json(text: Text, account: Account) -> dict[str, Any]:
    """A Message. Before it is queued it has no sender and no parts yet."""
    uri = f"/2010-04-01/Accounts/{account.sid}/Messages/{text.sid}"
    fresh = text.status == "accepted"
    return {
        "account_sid": account.sid,
        "api_version": "2010-04-01",
        "body": text.body,
        "date_created": _rfc2822(text.created),
        "date_sent": _rfc2822(text.sent),
        "date_updated": _rfc2822(text.updated),
        "direction": text.direction,
        "error_code": text.error,
        "error_message": WHY.get(text.error) if text.error else None,
        "from": None if fresh else text.sender,
        "messaging_service_sid": account.service,
        "num_media": str(text.media),
        "num_segments": "0" if fresh else str(text.parts.parts),
        "price": None,
        "price_unit": None,
        "sid": text.sid,
        "status": text.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": text.to,
        "uri": f"{uri}.json",
    }


def account_json(account: Account) -> dict[str, Any]:
    """The Account."""
    return {
        "sid": account.sid,
        "friendly_name": "Practice telephone",
        "status": "active",
        "type": "Full",
        "auth_token": None,
        "owner_account_sid": account.sid,
        "date_created": _rfc2822(datetime.fromisoformat(BEGAN)),
        "date_updated": _rfc2822(datetime.fromisoformat(BEGAN)),
        "subresource_uris": {},
        "uri": f"/2010-04-01/Accounts/{account.sid}.json",
    }


def service_json(account: Account, origin: str) -> dict[str, Any]:
    """The messaging Service, with where it posts to."""
    url = f"{origin}/v1/Services/{account.service}"
    collections = {"phone_numbers": "PhoneNumbers", "short_codes": "ShortCodes", "alpha_senders": "AlphaSenders"}
    return {
        "sid": account.service,
        "account_sid": account.sid,
        "friendly_name": "Practice texts",
        "date_created": BEGAN,
        "date_updated": BEGAN,
        "inbound_request_url": account.inbound_url,
        "inbound_method": "POST",
        "fallback_url": account.fallback_url,
        "fallback_method": "POST",
        "status_callback": account.status_callback,
        "sticky_sender": account.sticky_sender,
        "mms_converter": True,
        "smart_encoding": account.smart_encoding,
        "scan_message_content": "inherit",
        "fallback_to_long_code": False,
        "area_code_geomatch": True,
        "synchronous_validation": False,
        "validity_period": account.validity_period,
        "usecase": "undeclared",
        "us_app_to_person_registered": False,
        "use_inbound_webhook_on_number": account.use_inbound_webhook_on_number,
        "url": url,
        "links": {name: f"{url}/{path}" for name, path in collections.items()},
    }


def senders_json(collection: str, account: Account, origin: str) -> dict[str, Any]:
    """What the service can send from, of one kind: PhoneNumbers, ShortCodes or AlphaSenders.

    Raises:
        KeyError: there is no such kind.
    """
    prefix, key, field, senders = {
        "PhoneNumbers": ("PN", "phone_numbers", "phone_number", account.senders),
        "ShortCodes": ("SC", "short_codes", "short_code", account.short_codes),
        "AlphaSenders": ("AI", "alpha_senders", "alpha_sender", account.names),
    }[collection]
    url = f"{origin}/v1/Services/{account.service}/{collection}"
    listed = [
        {
            "sid": f"{prefix}{place:032x}",
            "account_sid": account.sid,
            "service_sid": account.service,
            "date_created": BEGAN,
            "date_updated": BEGAN,
            field: sender,
            "country_code": "GB",
            "capabilities": ["SMS"],
            "url": f"{url}/{prefix}{place:032x}",
        }
        for place, sender in enumerate(senders)
    ]
    first = f"{url}?PageSize=50&Page=0"
    pages = {"first_page_url": first, "next_page_url": None, "previous_page_url": None, "url": first}
    return {key: listed, "meta": {"key": key, "page": 0, "page_size": 50} | pages}


def _rfc2822(moment: datetime | None) -> str | None:
    return format_datetime(moment) if moment else None
