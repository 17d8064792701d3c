"""Where somebody tries to sign in from. A device that signed in before is its own place: no stranger can slow it."""

from uuid import UUID

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from fieldwork.database import Session
from fieldwork.entry.codes import fingerprint
from fieldwork.entry.networks import network_mark
from fieldwork.office import sign_in_brake
from staff.here import database, now

SALT = "office device"
KEPT_SECONDS = 90 * 24 * 3600
TRIES_OF_ALL_STRANGERS = 100  # on one account, before they wait too
Mark = tuple[str, int]
"""A place, and how many failures there cost nothing."""


def places_of(email: str) -> list[Mark]:
    """The places that this request tries to sign in from with that address."""
    address, pepper = email.strip().lower(), current_app.extensions["pepper"]
    if device := _known_device(address):
        return [(fingerprint(f"device {device}", pepper), sign_in_brake.FREE_FAILURES)]
    network = network_mark(request.remote_addr, pepper)
    return [
        (fingerprint(f"sign in {address} {network}", pepper), sign_in_brake.FREE_FAILURES),
        (fingerprint(f"sign in {address}", pepper), TRIES_OF_ALL_STRANGERS),
    ]


def of_account(staff_id: UUID) -> list[Mark]:
    """The place of second factors: only who knows the password comes this far."""
    mark = fingerprint(f"second factor {staff_id}", current_app.extensions["pepper"])
    return [(mark, sign_in_brake.FREE_FAILURES)]


def seconds_to_wait(marks: list[Mark]) -> int:
    """For how long no try from there is looked at."""
    with database().reading() as session:
        return max(sign_in_brake.seconds_to_wait(session, mark, now()) for mark, _ in marks)


def failed(marks: list[Mark]) -> None:
    """Remember that a try from there failed."""
    with database().transaction() as session:
        for mark, free in marks:
            sign_in_brake.failed(session, mark, now(), free=free)


def succeeded(session: Session, marks: list[Mark]) -> None:
    """Forget the failures from there."""
    for mark, _ in marks:
        sign_in_brake.succeeded(session, mark)


def remember_device(reply: Response, email: str) -> Response:
    """Let this browser be known again as one that signed in with that address."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    reply.set_cookie(
        _cookie(), _serializer().dumps(email), KEPT_SECONDS, secure=secure, httponly=True, samesite="Lax", path="/"
    )
    return reply


def _known_device(address: str) -> str | None:
    """The cookie of a device that signed in with this address before."""
    written = request.cookies.get(_cookie(), "")
    try:
        return written if _serializer().loads(written) == address else None
    except BadSignature:
        return None


def _cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-device"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), SALT)
