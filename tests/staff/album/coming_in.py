"""Signing in, one's own account, people, and who did what."""

import re

from passlib.totp import TOTP
from playwright.sync_api import Page

from tests.staff.album import brought, made, written
from tests.staff.album.doing import press
from tests.staff.album.shown import Part, Shown
from tests.staff.album.world import World

PASSWORD = "quiet-harbour-lamp-seven"  # noqa: S105 - nobody's
STRANGER, AGAIN = "stranger", "stranger at another device"  # the same person, before and after a second factor
SHOW = "Show me the code to scan"


def _sign_in(password: str = PASSWORD) -> dict[str, str]:
    return {"E-mail address": made.NEWCOMER, "Password": password}


def _scan(page: Page, world: World) -> None:
    press(SHOW)(page, world)
    key = re.sub(r"\W", "", page.locator("strong.app-key").inner_text())
    press("Check the code", {"The six digits that the app shows now": str(TOTP(key=key).generate().token)})(page, world)


SIGNING_IN = Part(
    "Signing in",
    (
        Shown(
            *("security.reset_password", STRANGER, "Choose a password"),
            "By the link that an administrator hands over. It works once.",
            asked={"token": made.token},
        ),
        Shown(
            *("security.reset_password", STRANGER, "Sign in"),
            "The password is kept, and asked for at once.",
            state="kept",
            asked={"token": made.token},
            after=press("Keep this password", {"New password": PASSWORD, "The same once more": PASSWORD}),
            words="Your password has been kept. Sign in with it.",
        ),
        Shown("security.login", STRANGER, "Sign in", "The address and the password.", phone=True),
        Shown(
            *("security.login", STRANGER, "Sign in"),
            "What does not go together is refused, and nobody is told who works here.",
            state="refused",
            after=press("Go on", _sign_in("something else entirely")),
            words="This address and this password do not go together.",
        ),
        Shown(
            *("security.login", STRANGER, "Set up a second factor"),
            "At the first signing in. Nobody gets in with a password alone.",
            state="first-time",
            after=press("Go on", _sign_in()),
        ),
        Shown(
            *("security.two_factor_setup", STRANGER, "Scan this with your app"),
            "The code for an app on a telephone, as a square and in letters.",
            after=press(SHOW),
        ),
        Shown(
            *("security.two_factor_setup", STRANGER, "Your inspections"),
            "Whoever is new has no part in any inspection yet.",
            state="done",
            after=_scan,
        ),
        Shown(
            *("security.login", AGAIN, "Enter a code"),
            "From then on, after the password.",
            state="code",
            after=press("Go on", _sign_in()),
        ),
        Shown(
            *("security.two_factor_token_validation", AGAIN, "Enter a code"),
            "A code that is wrong, or was used before.",
            after=press("Sign in", {"The six digits that your app shows": "000000"}),
            words="This code is not right, or was used before.",
        ),
        Shown("security.mf_recovery", AGAIN, "Use a recovery code", "For whoever does not have their telephone."),
        Shown(
            *("security.forgot_password", AGAIN, "Choose a new password"),
            "A password that is forgotten: the link comes by mail.",
        ),
        Shown(
            *("security.forgot_password", AGAIN, "Choose a new password"),
            "The same words whether somebody with that address works here or not.",
            state="sent",
            after=press("Send the link", {"E-mail address": made.NEWCOMER}),
            words="If somebody with that address works here, a mail with a link is on its way.",
        ),
    ),
)

ACCOUNT = Part(
    "Your own account",
    (
        Shown("home.start", "lead", "Your inspections", "The first page after signing in.", phone=True),
        Shown("home.start", "administrator", "Your inspections", "The same for an administrator.", state="all"),
        Shown("home.account", "lead", "Your account", "The password, the second factor, the recovery codes."),
        Shown("security.change_password", "lead", "Change your password", "It ends all other sessions."),
        Shown("security.two_factor_setup", "lead", "Set up a second factor", "Another telephone.", state="another"),
        Shown("security.mf_recovery_codes", "lead", "Recovery codes", "For the day on which a telephone is lost."),
        Shown(
            *("security.mf_recovery_codes", "lead", "Recovery codes"),
            "They are shown once. The service keeps their fingerprints and not them.",
            state="made",
            after=press("Make new codes"),
            words="They are shown now and never again.",
        ),
        Shown("security.verify", "lead", "Your password again", "Before anything that cannot be undone."),
    ),
)

PEOPLE = Part(
    "People",
    (
        Shown("people.everybody", "administrator", "People", "Everybody with an account."),
        Shown("people.add", "administrator", "Let somebody in", "A new account."),
        Shown(
            *("people.add", "administrator", "A link for Dafydd New"),
            "The link by which they choose a password, shown once.",
            state="link",
            after=press("Make the account", {"Name": "Dafydd New", "E-mail address": "dafydd@example.org"}),
        ),
        Shown(
            *("people.add", "administrator", "Let somebody in"),
            "An address that is there already.",
            state="refused",
            after=press("Make the account", {"Name": "Ann Lead", "E-mail address": "lead@example.org"}),
            words="There is a problem",
        ),
        Shown(
            *("people.person", "administrator", "Ifor Inspector"),
            "One person, and what an administrator may do about their account.",
            asked={"staff_id": made.inspector},
        ),
        Shown("people.team", "lead", "Team", "Who does what in one inspection."),
        Shown(
            *("people.roles", "lead", "What Ifor Inspector does"),
            "The roles of one person, and what each role may do.",
            asked={"staff_id": made.inspector},
        ),
    ),
    needs=(made.newcomer,),
)

AUDIT = Part(
    "Who did what",
    (
        Shown("audit.all_entries", "administrator", "Audit", "Everything that was done, for an administrator."),
        Shown("audit.of_inspection", "lead", "Audit", "What was done in one inspection, for its lead."),
    ),
    needs=(written.released, written.by_text, written.proposed, brought.codes),
)
