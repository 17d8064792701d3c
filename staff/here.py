"""Where in the office somebody stands: who they are, in which inspection and wave, and what they may do there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast
from uuid import UUID

from flask import current_app

from fieldwork.database import Database
from fieldwork.models.inspections import Nation, Programme
from fieldwork.models.people import Role
from fieldwork.office.audit import Who
from fieldwork.sealing import Keys
from staff.permissions import Permission, allowed_to
from surveys.questionnaire import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Somebody who has signed in."""

    who: Who
    staff_id: UUID
    administrator: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InInspection(Here):
    """Somebody in an inspection that they do something in."""

    inspection_id: UUID
    slug: str
    name: str
    nation: Nation
    programme: Programme
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        """True if what they do here allows that."""
        return permission in allowed_to(self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class InWave(InInspection):
    """Somebody in one wave of it."""

    wave_id: UUID
    questionnaire_id: str
    wave_name: str
    audience: Audience


def database() -> Database:
    """The one database."""
    return cast("Database", current_app.extensions["database"])


def keys() -> Keys | None:
    """What seals contacts, texts and concerns; none where the installation has no keys."""
    return cast("Keys | None", current_app.extensions["keys"])


def now() -> datetime:
    """What time it is."""
    clock = current_app.extensions.get("clock")
    return clock() if clock else datetime.now(UTC)


def today() -> date:
    """What day it is."""
    return now().date()
