"""What is seen of a wave at a glance: read in one go, so that all of it agrees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fieldwork import waves
from fieldwork.database import Session
from fieldwork.hours import LONDON
from fieldwork.models.inspections import Wave
from fieldwork.progress import left_to_do, tally
from fieldwork.progress.tally import Shown
from staff.fieldwork import words
from staff.fieldwork.chart import Chart, Measured, chart
from staff.fieldwork.words import LANGUAGES, MODES, STANDS, Lost, Task


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what was counted, and how many."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Money:
    """What texts have cost, in pence, of how much."""

    spent: float
    budget: int
    parts: int


@dataclass(frozen=True, slots=True)
class Seen:
    """One wave."""

    name: str
    title: str
    questionnaire_id: str
    opened: date
    closed: date | None
    invited: int | None
    target: int | None
    answered: str
    answered_of: str
    total: int
    too_few: bool
    counted: str
    by_mode: Sequence[Row]
    by_language: Sequence[Row]
    conversations: Sequence[Row]
    lost: Sequence[Lost]
    tasks: Sequence[Task]
    money: Money | None
    keyed: int


def seen(session: Session, wave: Wave, pence_per_part: float) -> Seen:
    """The wave at a glance."""
    shown = tally.shown(session, wave)
    figures, texts, booklets = shown.figures, left_to_do.texts(session, wave), left_to_do.booklets(session, wave)
    return Seen(
        name=wave.name,
        title=waves.asked_in(session, wave.id).questionnaire.title.en,
        questionnaire_id=wave.questionnaire_id,
        opened=wave.opened,
        closed=wave.closed,
        invited=wave.number_invited,
        target=wave.target,
        answered=words.answered(shown),
        answered_of=words.answered_of(shown, wave.number_invited),
        total=figures.total,
        too_few=shown.too_few,
        counted=_counted(shown),
        by_mode=[Row(MODES[mode], figures.by_mode.get(mode, 0)) for mode in MODES],
        by_language=[Row(LANGUAGES[language], figures.by_language.get(language, 0)) for language in LANGUAGES],
        conversations=[
            Row(said, count) for state, said in STANDS.items() if (count := figures.conversations.get(state))
        ],
        lost=words.lost(figures),
        tasks=list(words.tasks(texts, booklets)),
        money=Money(figures.parts * pence_per_part, texts.budget_pence, figures.parts) if texts.budget_pence else None,
        keyed=booklets.keyed,
    )


def chart_of_waves(waves_seen: Sequence[Seen]) -> Chart:
    """A bar for each wave: answered, of those invited, with the target."""
    measured = [Measured(each.title, _with_target(each), each.total, each.invited, each.target) for each in waves_seen]
    return chart("Answered, of those invited", measured)


def chart_of_modes(wave: Seen) -> Chart:
    """A bar for each mode."""
    measured = [Measured(row.label, f"{row.count:,}", row.count) for row in wave.by_mode]
    return chart("Answered, by mode", measured)


def _with_target(wave: Seen) -> str:
    return f"{wave.answered_of}; target {wave.target:,}" if wave.target else wave.answered_of


def _counted(shown: Shown) -> str:
    """How fresh the figures are."""
    if shown.final:
        return "The wave has closed. These figures are final and exact."
    if shown.looked is None:
        return "Not counted yet. Figures are counted at each full hour."
    return f"Counted {_spoken(shown.looked)}."


def _spoken(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"on {local:%-d %B %Y} at {local:%-H:%M}"
