"""An inspection and its waves; how people come in: numbers to text, codes, tablets."""

from dataclasses import replace
from datetime import timedelta

from fieldwork import inspections
from fieldwork.progress import planning
from fieldwork.progress.planning import Plan
from tests.fieldwork.texted import people, row, sheet
from tests.staff.album import brought
from tests.staff.album.doing import meanwhile, press, upload
from tests.staff.album.inspection import CHILDREN, INVITED, LAST, OPENED, PARENTS, TEXTED
from tests.staff.album.shown import Part, Shown
from tests.staff.album.world import World


def _changed_elsewhere(world: World) -> None:
    with world.working() as session:
        held = world.inspection(session)
        said = replace(inspections.as_new(held), cases_inspected=41, last_day=LAST + timedelta(days=7))
        inspections.change(session, held, said, held.edition)


def _planned_elsewhere(world: World) -> None:
    with world.working() as session:
        planned = planning.find(session, world.inspection(session), PARENTS).planned
        assert planned
        planning.replan(session, planned, Plan(OPENED, LAST, INVITED), planned.edition)


INSPECTIONS = Part(
    "An inspection",
    (
        Shown(
            *("inspections.new", "administrator", "Under which programme is the new inspection?"),
            "A new inspection begins with its programme.",
        ),
        Shown(
            *("inspections.new", "administrator", "New inspection"),
            "What the programme proposes is filled in already.",
            state="form",
            query="?programme=today",
        ),
        Shown(
            *("inspections.new", "administrator", "New inspection"),
            "What is missing is named at the top and beside its field.",
            state="refused",
            query="?programme=today",
            after=press("Make the inspection"),
            words="There is a problem",
        ),
        Shown("inspections.home", "lead", "Ynys Môn", "Its waves, and the way to everything else.", phone=True),
        Shown(
            *("inspections.home", "support", "Ynys Môn"),
            "The same for support: a room that somebody may not enter is not there.",
            state="support",
        ),
        Shown(
            *("inspections.change", "lead", "Change the inspection"),
            "What people have been asked under stays; the rest may still change.",
        ),
        Shown(
            *("inspections.change", "lead", "Change the inspection"),
            "Two people changed it at once: both are shown, and nothing is lost.",
            state="meanwhile",
            after=meanwhile(_changed_elsewhere, press("Keep", {"Number of cases inspected": "44"})),
            words="Somebody else has changed this inspection while you were writing.",
        ),
    ),
)

WAVES = Part(
    "Waves",
    (
        Shown("waves.plan", "lead", "Plan a wave", "One more questionnaire of the programme."),
        Shown(
            *("waves.wave", "lead", "Your views: parents and carers"),
            "A planned wave, and what is missing before it opens.",
            asked={"questionnaire": PARENTS},
        ),
        Shown(
            *("waves.change", "lead", "Change the plan"),
            "Its days, and how many are invited.",
            asked={"questionnaire": PARENTS},
        ),
        Shown(
            *("waves.change", "lead", "Change the plan"),
            "Somebody else has changed the plan meanwhile.",
            state="meanwhile",
            asked={"questionnaire": PARENTS},
            after=meanwhile(_planned_elsewhere, press("Keep", {"Number of people invited": "60"})),
            words="Somebody else has changed this plan while you were writing.",
        ),
        Shown(
            *("waves.wave", "lead", "Your views: parents and carers"),
            "Nothing is missing any more: the button is there.",
            state="ready",
            asked={"questionnaire": PARENTS},
            words="Everything is there. The wave can open.",
        ),
        Shown("waves.wave", "lead", "Your views: children", "A wave that is open.", state="open"),
        Shown("waves.close", "lead", "Close the wave", "Closing early takes a phrase to type."),
        Shown(
            *("waves.close", "lead", "Close the wave"),
            "Anything else closes nothing.",
            state="refused",
            after=press("Close the wave", {f"Type “close {CHILDREN}” to close it now": "yes"}),
            words="Nothing has changed.",
        ),
    ),
)

AGREED_NOT = sheet(row(1), row(2, agreed="no"), row(3, language="fr"), row(3))
LIST, LOOK = "The list", "Upload and look at it"
BUDGET = {"All texts of this wave may cost at most": "60"}
OF_TEXTED = {"wave": TEXTED}

CONTACTS = Part(
    "People to text",
    (
        Shown("contacts.overview", "support", "People to text", "Before anybody is added.", asked=OF_TEXTED),
        Shown(
            *("contacts.upload", "support", "Upload a list of people to text"),
            "What a list may hold, and nothing else.",
            asked=OF_TEXTED,
        ),
        Shown(
            *("contacts.upload", "support", "Upload a list of people to text"),
            "A list with faults: each by its line and column, and nothing is kept.",
            state="refused",
            asked=OF_TEXTED,
            after=upload(LIST, AGREED_NOT, LOOK, BUDGET),
            words="Nothing of the file was kept",
        ),
        Shown(
            *("contacts.upload", "support", "A list that waits to be confirmed"),
            "Whoever uploaded the list cannot confirm it.",
            state="kept",
            asked=OF_TEXTED,
            after=upload(LIST, people(*range(24), age="adult"), LOOK, BUDGET),
            words="Somebody else has to look at it and confirm it.",
        ),
        Shown(
            *("contacts.preview", "second support", "A list that waits to be confirmed"),
            "Another person sees who would be texted, the words in full, and the cost.",
            asked=OF_TEXTED,
        ),
        Shown(
            *("contacts.preview", "second support", "A list that waits to be confirmed"),
            "The wrong number of people confirms nothing.",
            state="refused",
            asked=OF_TEXTED,
            after=press("Text them", {"Type “text 24 people”": "text 20 people"}),
            words="There is a problem",
        ),
        Shown(
            *("contacts.preview", "second support", "People to text"),
            "Confirmed: when they are texted, and how it stands with them.",
            state="confirmed",
            asked=OF_TEXTED,
            after=press("Text them", {"Type “text 24 people”": "text 24 people"}),
            words="24 people will be texted",
        ),
        Shown(
            *("contacts.everybody", "support", "Everybody whom this wave may text"),
            "Of each number three digits, and how it stands.",
            asked=OF_TEXTED,
        ),
        Shown(
            *("contacts.by_number", "support", "Somebody asks about their own number"),
            "To know what is kept, to have it put right, to have it erased.",
        ),
        Shown(
            *("contacts.by_number", "support", "Somebody asks about their own number"),
            "What is kept of one number.",
            state="found",
            after=press("Do it", {"Their mobile number": "07700 900003"}, choose=("Know what is kept",)),
            words="What is kept of",
        ),
        Shown(
            *("contacts.by_number", "support", "Somebody asks about their own number"),
            "Put right: from now on in Welsh.",
            state="corrected",
            after=press("Do it", {"Their mobile number": "07700 900003"}, choose=("Be texted in Welsh",)),
            words="Put right in 1 wave.",
        ),
        Shown(
            *("contacts.by_number", "support", "Somebody asks about their own number"),
            "Erased, with the texts.",
            state="erased",
            after=press("Do it", {"Their mobile number": "07700 900003"}, choose=("Have it erased",)),
            words="1 contact erased, with the texts.",
        ),
    ),
)

WAYS_IN = Part(
    "Ways in",
    (
        Shown("ways_in.ways", "inspector", "Ways in", "Codes, tablets, and the open link."),
        Shown("ways_in.codes", "inspector", "Make codes", "How many, slips or letters, on paper or as a file."),
        Shown(
            *("ways_in.codes", "inspector", "Slips to cut"),
            "Codes are printed once, in the page that makes them, and kept nowhere.",
            state="slips",
            after=press("Make and show them", {"How many codes": "8"}),
            heading="8 codes",
        ),
        Shown(
            *("ways_in.codes", "inspector", "Letters"),
            "A letter for each person, in both languages, with a square for a phone.",
            state="letters",
            after=press(
                "Make and show them",
                {"How many codes": "2"},
                choose=("Letters, one on a page, with a square for a phone; 100 at most",),
            ),
            heading="2 letters",
        ),
        Shown("ways_in.lost", "inspector", "Replace lost codes", "What was lost becomes useless, used or not."),
        Shown(
            *("ways_in.lost", "inspector", "Replace lost codes"),
            "What names no code is said beside the field.",
            state="refused",
            after=press("Go on", {"What was lost": "ZZZ-99"}),
            words="There is a problem",
        ),
        Shown("ways_in.poster", "inspector", "Poster", "The open link, to put up."),
        Shown("tablets.shared", "inspector", "Shared tablets", "The tablets of a wave, and how each stands."),
        Shown("tablets.new", "inspector", "Set up a tablet", "A name that the office knows it by, and a last day."),
        Shown(
            *("tablets.new", "inspector", "The link for Green tablet"),
            "The link that makes one device this tablet, shown once.",
            state="link",
            after=press("Make the link and show it", {"Name of the tablet": "Green tablet"}),
        ),
    ),
    needs=(brought.codes, brought.three_tablets),
)
