"""The forms that Twilio posts: of a text that came in, and of a status."""

from datetime import datetime

from telephone.account import Account
from telephone.texts import FINAL, WHY, Text
from telephone.webhooks import Parameters

API_VERSION = "2010-04-01"
PLACES = ("City", "State", "Zip")  # of which Twilio knows nothing in Britain, and says so


def inbound(text: Text, account: Account) -> Parameters:
    """What is posted when a text comes in, empty fields included: they are signed too."""
    nowhere = [(f"{end}{place}", "") for end in ("From", "To") for place in PLACES]
    countries = [(f"{end}Country", "GB" if number.startswith("+44") else "") for end, number in _ends(text)]
    pictures = [
        pair
        for each in range(text.media)
        for pair in (
            (f"MediaContentType{each}", "image/jpeg"),
            (
                f"MediaUrl{each}",
                f"https://api.twilio.com/{API_VERSION}/Accounts/{account.sid}/Messages/{text.sid}/Media/ME{each:032x}",
            ),
        )
    ]
    return [
        *nowhere,
        *countries,
        *pictures,
        *([("OptOutType", text.opt_out_type)] if text.opt_out_type else []),
        ("MessageSid", text.sid),
        ("SmsSid", text.sid),
        ("SmsMessageSid", text.sid),
        ("AccountSid", account.sid),
        ("MessagingServiceSid", account.service),
        ("From", text.sender),
        ("To", text.to),
        ("Body", text.body),
        ("NumMedia", str(text.media)),
        ("NumSegments", str(max(1, text.parts.parts))),
        ("SmsStatus", "received"),
        ("ApiVersion", API_VERSION),
    ]


def status(text: Text, account: Account, now: datetime) -> Parameters:
    """What is posted when a text has got further, or failed."""
    failed = [("ErrorCode", str(text.error)), ("ErrorMessage", WHY.get(text.error, ""))] if text.error else []
    receipt = [("RawDlrDoneDate", f"{now:%y%m%d%H%M}")] if text.status in FINAL - {"failed"} else []
    return [
        ("MessageSid", text.sid),
        ("SmsSid", text.sid),
        ("MessageStatus", text.status),
        ("SmsStatus", text.status),
        ("AccountSid", account.sid),
        ("MessagingServiceSid", account.service),
        ("From", text.sender),
        ("To", text.to),
        ("ApiVersion", API_VERSION),
        *failed,
        *receipt,
    ]


def _ends(text: Text) -> tuple[tuple[str, str], tuple[str, str]]:
    return (("From", text.sender), ("To", text.to))
