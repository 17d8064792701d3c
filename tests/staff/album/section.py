"""The section and its files, jobs, and what is shown when something goes wrong."""

from playwright.sync_api import Page

from tests.staff.album import made
from tests.staff.album.doing import press
from tests.staff.album.inspection import SLUG
from tests.staff.album.shown import Part, Shown
from tests.staff.album.world import World

OF_SNAPSHOT = {"number": made.snapshot}

PERSPECTIVE = Part(
    "The section",
    (
        Shown(
            *("perspective.section", "inspector", "Service users’ perspective"),
            heading="Service users' perspective",
            caption="Bullets whose numbers open to their counts, and a quotation that was released.",
        ),
        Shown(
            *("perspective.section", "inspector", "Safbwynt"),
            "The same in Welsh.",
            state="welsh",
            query="?language=cy",
            heading="Safbwynt",
        ),
        Shown("perspective.topline", "inspector", "Topline", "Every question, with counts and bases."),
        Shown("perspective.codebook", "inspector", "Codebook", "What each code in the data means."),
        Shown("perspective.snapshots", "inspector", "Snapshots", "The figures of a day, frozen and numbered."),
        Shown(
            *("perspective.snapshot", "inspector", "Snapshot 1"),
            "One snapshot, as it was frozen.",
            asked=OF_SNAPSHOT,
            heading="Service users' perspective",
        ),
        Shown(
            "perspective.export",
            "inspector",
            "Make a file of snapshot 1",
            "Which file, in which language.",
            asked=OF_SNAPSHOT,
        ),
        Shown(
            "perspective.release", "approver", "Release snapshot 1", "Another person lets it go out.", asked=OF_SNAPSHOT
        ),
    ),
    needs=(made.snapshot,),
)

JOBS = Part(
    "Files and long tasks",
    (
        Shown("jobs.of_inspection", "inspector", "Files and long tasks", "What somebody asked for in this inspection."),
        Shown("jobs.job", "inspector", "Freeze the figures", "Under way.", asked={"job_id": made.running}),
        Shown(
            *("jobs.job", "inspector", "Make a file of a snapshot"),
            "Done: the file is there for a day.",
            state="done",
            asked={"job_id": made.done},
        ),
        Shown(
            *("jobs.job", "inspector", "Make a file of a snapshot"),
            "What went wrong, and what to do.",
            state="failed",
            asked={"job_id": made.failed},
        ),
        Shown("jobs.of_office", "administrator", "Files and long tasks", "What an administrator asked for."),
    ),
    needs=(made.running, made.done, made.failed),
)


def _out_of_date(page: Page, world: World) -> None:
    page.locator("main form input[name=csrf_token]").first.evaluate("field => field.value = 'of yesterday'")
    press("Save")(page, world)


ERRORS = Part(
    "When something goes wrong",
    (
        Shown(
            *("", "lead", "There is no such page"),
            "A wrong address, or something that one has no part in.",
            state="no-such-page",
            query="/inspections/nowhere-2026",
        ),
        Shown(
            *("", "inspector", "You may not do this"),
            "What a role does not include.",
            state="not-allowed",
            query=f"/inspections/{SLUG}/names",
        ),
        Shown(
            *("", "support", "This cannot be done"),
            "What cannot be, why, and what to do instead.",
            state="refused",
            query=f"/inspections/{SLUG}/children/contacts/upload",
        ),
        Shown(
            *("fieldwork.target", "lead", "This page is out of date"),
            "A form that was open for too long is not taken.",
            state="out-of-date",
            after=_out_of_date,
        ),
    ),
)
