"""What each role may do in an inspection. Who handles contacts reads no answers; who reads answers sees no contacts."""

from collections.abc import Iterable
from enum import StrEnum, auto
from typing import assert_never

from fieldwork.models.people import Role


class Permission(StrEnum):
    """Something that may be done in an inspection."""

    SET_UP = auto()
    SEE_FIELDWORK = auto()
    HAND_OUT_CODES = auto()
    CONTACTS = auto()
    CONFIRM_CONTACTS = auto()
    KEY = auto()
    SETTLE = auto()
    CONCERNS = auto()
    READ_COMMENTS = auto()
    APPROVE = auto()
    PERSPECTIVE = auto()
    EXPORT = auto()
    AUDIT = auto()


class OfAnybody(StrEnum):
    """A rule that has nothing to do with an inspection."""

    SIGNED_IN = auto()
    ADMINISTRATOR = auto()


SIGNED_IN, ADMINISTRATOR = OfAnybody.SIGNED_IN, OfAnybody.ADMINISTRATOR
Rule = Permission | OfAnybody

LEAD = frozenset(Permission) - {Permission.CONTACTS, Permission.CONCERNS, Permission.APPROVE}
INSPECTOR = frozenset(
    {
        Permission.SEE_FIELDWORK,
        Permission.HAND_OUT_CODES,
        Permission.KEY,
        Permission.SETTLE,
        Permission.READ_COMMENTS,
        Permission.PERSPECTIVE,
        Permission.EXPORT,
    }
)
SUPPORT = frozenset(
    {
        Permission.SEE_FIELDWORK,
        Permission.HAND_OUT_CODES,
        Permission.CONTACTS,
        Permission.CONFIRM_CONTACTS,
        Permission.KEY,
    }
)
SAFEGUARDING = frozenset({Permission.SEE_FIELDWORK, Permission.CONCERNS})
APPROVER = frozenset(
    {
        Permission.SEE_FIELDWORK,
        Permission.READ_COMMENTS,
        Permission.APPROVE,
        Permission.PERSPECTIVE,
    }
)


def allowed(role: Role) -> frozenset[Permission]:
    """What the role may do."""
    match role:
        case "lead":
            return LEAD
        case "inspector":
            return INSPECTOR
        case "support":
            return SUPPORT
        case "safeguarding":
            return SAFEGUARDING
        case "approver":
            return APPROVER
        case _:
            assert_never(role)


def allowed_to(roles: Iterable[Role]) -> frozenset[Permission]:
    """What somebody with all these roles may do."""
    return frozenset().union(*map(allowed, roles))


ROLE_NAMES: dict[Role, str] = {
    "lead": "Lead inspector",
    "inspector": "Inspector",
    "support": "Support",
    "safeguarding": "Safeguarding lead",
    "approver": "Approver",
}
ROLE_MEANS: dict[Role, str] = {
    "lead": "sets up the inspection, its waves and its team; sees everything but contacts, concerns and approvals",
    "inspector": "hands out codes, keys booklets, reads comments, pulls the section",
    "support": "uploads contacts, prints codes, keys booklets; reads no answers",
    "safeguarding": "sees and acts on concerns, and nothing that was answered",
    "approver": "approves what other people have redacted",
}
