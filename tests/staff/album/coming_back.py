"""What comes back: figures, paper, comments, concerns."""

from fieldwork.reading import themes
from tests.staff.album import brought, written
from tests.staff.album.doing import meanwhile, press, upload
from tests.staff.album.shown import Part, Shown
from tests.staff.album.world import World

FIELDWORK = Part(
    "Fieldwork",
    (
        Shown("fieldwork.overview", "lead", "Fieldwork at a glance", "All waves of an inspection."),
        Shown(
            *("fieldwork.glance", "lead", "Fieldwork at a glance"),
            "One wave: charts beside their tables. Figures move at the full hour, and by five or more.",
            phone=True,
        ),
        Shown("fieldwork.target", "lead", "Target", "A mark on the chart, and nothing else."),
    ),
)

SHEET, LOOK = "The file", "Upload and look at it"
PAPER = Part(
    "Paper",
    (
        Shown("paper.desk", "support", "Paper", "The desk of somebody who keys."),
        Shown(
            "paper.desk",
            "lead",
            "Paper",
            "The desk of the lead: what differs, and how many are keyed twice.",
            state="lead",
        ),
        Shown("paper.look", "support", "What do you think?", "The booklet as it is printed."),
        Shown(
            *("paper.key", "support", "Key a booklet"),
            "A key an answer; what the booklet leaves out is left out.",
            asked={"booklet": brought.half_keyed},
            heading="Booklet ",
            phone=True,
        ),
        Shown(
            *("paper.key", "support", "Key a booklet"),
            "It is not finished while anything is left to key.",
            state="unfinished",
            asked={"booklet": brought.half_keyed},
            after=press("Finish this booklet"),
            heading="Booklet ",
            words="There is a problem",
        ),
        Shown(
            *("paper.settle", "inspector", "Settle a booklet"),
            "Where two people keyed differently, somebody takes the booklet in hand.",
            asked={"booklet": brought.disputed},
            heading="Settle booklet ",
        ),
        Shown("paper.upload", "inspector", "Import responses from a file", "What was keyed elsewhere."),
        Shown(
            *("paper.upload", "inspector", "Import responses from a file"),
            "A file with faults: the line, the column, what is wrong, and what is allowed.",
            state="refused",
            after=upload(SHEET, brought.responses_file("yess", "maybe"), LOOK),
            words="Nothing of the file was kept",
        ),
        Shown(
            *("paper.preview", "inspector", "Nothing is wrong with the file"),
            "What would come in, as counts. Nothing is kept yet.",
            asked={"sheet": brought.held_sheet},
        ),
        Shown(
            *("paper.preview", "inspector", "Take in a file of responses"),
            "The worker takes it in.",
            state="taken-in",
            asked={"sheet": brought.held_sheet},
            after=press("Take in 3 responses"),
        ),
    ),
    needs=(brought.paper,),
)


def _renamed_elsewhere(world: World) -> None:
    with world.working() as session:
        wave_id, theme_id = world.wave(session).id, world.thing(written.theme)
        themes.rename(session, wave_id, theme_id, "Being heard", 1, world.who("second lead"))


OF_UNREAD, OF_PROPOSED, OF_APPROVED = ({"key": each} for each in (written.unread, written.proposed, written.approved))
OF_THEME = {"theme_id": written.theme}

COMMENTS = Part(
    "Comments",
    (
        Shown("comments.reading", "inspector", "Comments", "Every comment of a wave and none of its words."),
        Shown(
            *("comments.comment", "inspector", "One comment"),
            "What was asked, what was written, and the themes.",
            asked=OF_UNREAD,
            heading="Comment ",
            phone=True,
        ),
        Shown(
            *("comments.redact", "inspector", "Words for the report"),
            "The helper marks what to take out; a person decides.",
            asked={"key": written.naming},
        ),
        Shown(
            *("comments.redact", "inspector", "Words for the report"),
            "Words that nobody wrote are not proposed.",
            state="refused",
            asked={"key": written.naming},
            after=press("Propose these words", {"Words for the report": "They were the best in Wales."}),
            words="There is a problem",
        ),
        Shown("comments.waiting", "approver", "Approvals", "What waits for another person."),
        Shown(
            *("comments.approve", "approver", "Approve words for the report"),
            "Three questions, and then exactly these words or none.",
            asked=OF_PROPOSED,
        ),
        Shown(
            *("comments.comment", "lead", "One comment"),
            "Approved: who proposed it, and who approved it.",
            state="approved",
            asked=OF_APPROVED,
            heading="Comment ",
        ),
        Shown(
            *("comments.release", "lead", "Put it into the perspective"),
            "How it will stand in the section.",
            asked=OF_APPROVED,
        ),
        Shown("comments.themes_of_wave", "lead", "Themes", "The codebook, and how many people wrote about each."),
        Shown("comments.theme", "lead", "Being listened to", "Renamed, merged or retired.", asked=OF_THEME),
        Shown(
            *("comments.theme", "lead", "Being heard"),
            "Somebody else has renamed it meanwhile.",
            state="meanwhile",
            asked=OF_THEME,
            after=meanwhile(_renamed_elsewhere, press("Keep the name", {"Rename it": "Somebody listens"})),
            words="Somebody else has changed this theme meanwhile",
        ),
        Shown("comments.names", "lead", "Names that must not be printed", "What the helper looks for."),
    ),
    needs=(written.reading, written.proposed, written.approved),
)

OF_COMMENT, OF_TEXT, OF_TALK, OF_CLOSED = (
    {"concern_id": each} for each in (written.by_comment, written.by_text, written.by_talk, written.closed)
)

CONCERNS = Part(
    "Concerns",
    (
        Shown("concerns.queue", "safeguarding", "Concerns", "All inspections of one safeguarding lead."),
        Shown("concerns.of_inspection", "safeguarding", "Concerns", "One inspection: not a word of what was written."),
        Shown(
            *("concerns.concern", "safeguarding", "A comment, raised by somebody who read it"),
            "What was written, whom to call, and what was done.",
            asked=OF_COMMENT,
            phone=True,
        ),
        Shown(
            *("concerns.concern", "safeguarding", "A text with words that worry"),
            "A text: of its number three digits.",
            state="text",
            asked=OF_TEXT,
        ),
        Shown(
            *("concerns.number", "safeguarding", "Call who wrote it"),
            "The whole number, to whoever says why.",
            asked=OF_TEXT,
        ),
        Shown(
            *("concerns.number", "safeguarding", "Call who wrote it"),
            "That it was shown is written down.",
            state="shown",
            asked=OF_TEXT,
            after=press(
                "Show the number", {"Why this person has to be reached": "To hear whether they are safe today."}
            ),
            words="It is written down that you were shown it",
        ),
        Shown("concerns.refer", "safeguarding", "Refer this concern", "To whom, and why.", asked=OF_COMMENT),
        Shown(
            *("concerns.refer", "safeguarding", "Refer this concern"),
            "Both are needed.",
            state="refused",
            asked=OF_COMMENT,
            after=press("Write it down"),
            words="There is a problem",
        ),
        Shown("concerns.answer", "safeguarding", "What they answered", "The answer to a referral.", asked=OF_TALK),
        Shown(
            "concerns.close",
            "safeguarding",
            "Close this concern",
            "What was decided. What was written goes.",
            asked=OF_TEXT,
        ),
        Shown(
            *("concerns.concern", "safeguarding", "A comment, raised by somebody who read it"),
            "Closed: what was done stays.",
            state="closed",
            asked=OF_CLOSED,
        ),
        Shown("concerns.reopen", "safeguarding", "Reopen this concern", "It was not over.", asked=OF_CLOSED),
        Shown(
            "concerns.who_looks", "safeguarding", "Who looks at concerns", "The people, their hours, whom they call."
        ),
        Shown("concerns.practices", "safeguarding", "Practice", "How long it takes until somebody looks."),
    ),
    needs=(written.by_comment, written.by_text, written.by_talk, written.closed),
)
