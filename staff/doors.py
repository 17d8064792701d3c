"""The doors of the office: each says who may open it, and opens to nobody else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import inspections, waves
from fieldwork.database import Session
from fieldwork.faults import NotFound
from fieldwork.office import people
from staff import here as place
from staff.here import Here, InInspection, InWave
from staff.permissions import ADMINISTRATOR, OfAnybody, Permission, Rule
from staff.sign_in import presence
from staff.sign_in.presence import Account

LARGEST_REQUEST = 64 * 1024
OF_AN_INSPECTION = "/inspections/<slug>"
OF_A_WAVE = "/inspections/<slug>/<wave>"
View = Callable[..., Response | AnyResponse | str]


@dataclass(frozen=True, slots=True)
class Door:
    """One address of the office. `fresh`: whoever opens it gave a password within the last quarter of an hour."""

    address: str
    view: View
    rule: Rule
    methods: Sequence[str] = ("GET",)
    fresh: bool = False
    largest: int = LARGEST_REQUEST

    @property
    def endpoint(self) -> str:
        """Its name: `concerns.queue` for the view `queue` of the room staff/concerns."""
        return f"{room_of(self.view)}.{self.view.__name__}"

    @property
    def is_of_inspection(self) -> bool:
        """True where the address names an inspection."""
        return self.address == OF_AN_INSPECTION or self.address.startswith(f"{OF_AN_INSPECTION}/")

    @property
    def is_of_wave(self) -> bool:
        """True where the address names a wave."""
        return self.address == OF_A_WAVE or self.address.startswith(f"{OF_A_WAVE}/")

    def __post_init__(self) -> None:
        """Refuse a rule that the address cannot answer."""
        if isinstance(self.rule, Permission) and not self.is_of_inspection:
            raise ValueError(f"{self.address}: {self.rule} needs an inspection in the address")


def room_of(view: View) -> str:
    """The room that a view belongs to: the folder or module right under staff/."""
    return view.__module__.split(".")[1]


def hang(app: Flask, doors: Sequence[Door]) -> None:
    """Put the doors into the application."""
    for door in doors:
        app.extensions.setdefault("doors", {})[door.endpoint] = door
        app.add_url_rule(door.address, door.endpoint, _guarded(door), methods=list(door.methods))
        if door.largest != LARGEST_REQUEST:
            app.extensions.setdefault("largest_requests", {})[door.endpoint] = door.largest


def _guarded(door: Door) -> View:
    @wraps(door.view)
    def opened(**asked: Any) -> Response | AnyResponse | str:
        account = presence.signed_in()
        if account is None:
            return to_sign_in()
        stands = _where(door, account, asked)
        if isinstance(door.rule, Permission) and not (isinstance(stands, InInspection) and stands.may(door.rule)):
            abort(HTTPStatus.FORBIDDEN)
        if door.rule is ADMINISTRATOR and not stands.administrator:
            abort(HTTPStatus.FORBIDDEN)
        if door.fresh and not presence.is_fresh():
            return _to_verify()
        return door.view(stands, **asked)

    return opened


def to_sign_in() -> AnyResponse:
    """The sign-in page, and from there back to where a GET was going."""
    going = {"next": f"{request.script_root}{request.full_path}"} if request.method == "GET" else {}
    return redirect(f"{url_for('security.login')}?{urlencode(going)}" if going else url_for("security.login"), 303)


def _to_verify() -> AnyResponse:
    """The page that asks for the password again, and from there back; of a form, to the page that holds it."""
    came_from = f"{request.script_root}{request.full_path if request.method == 'GET' else request.path}"
    return redirect(f"{url_for('security.verify')}?{urlencode({'next': came_from})}", 303)


def _where(door: Door, account: Account, asked: dict[str, Any]) -> Here:
    """Where they stand. What they have no part in is not there at all."""
    who: dict[str, Any] = {"who": account.who, "staff_id": account.id, "administrator": account.administrator}
    if not door.is_of_inspection:
        return Here(**who)
    with place.database().reading() as session:
        return _in_inspection(session, door, account, asked, who)


def _in_inspection(
    session: Session, door: Door, account: Account, asked: dict[str, Any], who: dict[str, Any]
) -> InInspection:
    slug = asked.pop("slug")
    try:
        inspection = inspections.find(session, slug)
        roles = people.roles_in(session, account.id, inspection, place.today())
        if not roles and not (account.administrator and isinstance(door.rule, OfAnybody)):
            abort(HTTPStatus.NOT_FOUND)
        there: dict[str, Any] = {
            "inspection_id": inspection.id,
            "slug": inspection.slug,
            "name": inspection.name,
            "nation": inspection.nation,
            "programme": inspection.programme,
            "roles": roles,
        }
        if not door.is_of_wave:
            return InInspection(**who, **there)
        wave = waves.find_wave(session, f"{slug}/{asked.pop('wave')}")
    except NotFound:
        abort(HTTPStatus.NOT_FOUND)
    audience = waves.asked_in(session, wave.id).questionnaire.audience
    return InWave(
        **who,
        **there,
        wave_id=wave.id,
        questionnaire_id=wave.questionnaire_id,
        wave_name=wave.name,
        audience=audience,
    )
