"""How the booklets of a wave stand: what is in hand, what waits, what differed. And how many are keyed twice."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldwork.entry import serials
from fieldwork.faults import Refused
from fieldwork.models.paper import Booklet, KeyedAnswer, Keying, PaperPlan
from fieldwork.models.people import StaffMember
from fieldwork.models.responses import StoredResponse
from fieldwork.office import editions


@dataclass(frozen=True, slots=True)
class Waiting:
    """A booklet that somebody has half keyed, or that somebody has to do something with."""

    booklet_id: UUID
    serial: str
    keyer: str = ""
    answers: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """What is kept of keying in the end. No count leads to a booklet."""

    second_share: int
    edition: int
    serials_given: int
    responses: int
    """From paper, by keying and by file."""
    booklets: int
    booklets_twice: int
    answers_keyed: int
    answers_compared: int
    answers_differed: int
    words_compared: int
    words_differed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How the booklets of a wave stand, for one who keys."""

    counts: Counts
    mine: tuple[Waiting, ...]
    others: tuple[Waiting, ...]
    to_key_second: tuple[Waiting, ...]
    for_others_to_key: tuple[Waiting, ...]
    differing: tuple[Waiting, ...]


def progress(session: Session, wave_id: UUID, keyer_id: UUID) -> Progress:
    """How they stand, by serial. What was keyed is not in it."""
    booklets = session.scalars(select(Booklet).where(Booklet.wave_id == wave_id).order_by(Booklet.serial)).all()
    keyings: dict[UUID, dict[int, Keying]] = {}
    of_wave = select(Keying).join(Booklet, Booklet.id == Keying.booklet_id).where(Booklet.wave_id == wave_id)
    for keying in session.scalars(of_wave):
        keyings.setdefault(keying.booklet_id, {})[keying.turn] = keying
    names = _names(session) if keyings else {}
    sizes = _sizes(session, wave_id)
    mine: list[Waiting] = []
    others: list[Waiting] = []
    to_key: list[Waiting] = []
    for_others: list[Waiting] = []
    differing: list[Waiting] = []
    for booklet in booklets:
        done = keyings.get(booklet.id, {})
        half = next((each for each in done.values() if not each.done), None)
        if half:
            size = sizes.get((booklet.id, half.turn), 0)
            found = Waiting(booklet.id, booklet.serial, names.get(half.keyer_id, ""), size)
            (mine if half.keyer_id == keyer_id else others).append(found)
        elif booklet.state == "differs":
            differing.append(Waiting(booklet.id, booklet.serial))
        elif booklet.state == "second":
            by_them = 1 in done and done[1].keyer_id == keyer_id
            (for_others if by_them else to_key).append(Waiting(booklet.id, booklet.serial))
    lists = (tuple(each) for each in (mine, others, to_key, for_others, differing))
    return Progress(_counts(session, wave_id), *lists)


def _names(session: Session) -> dict[UUID, str]:
    return {row.id: row.name for row in session.execute(select(StaffMember.id, StaffMember.name))}


def _sizes(session: Session, wave_id: UUID) -> dict[tuple[UUID, int], int]:
    """How many answers each keying has so far."""
    wanted = (
        select(KeyedAnswer.booklet_id, KeyedAnswer.turn, func.count())
        .join(Booklet, Booklet.id == KeyedAnswer.booklet_id)
        .where(Booklet.wave_id == wave_id)
        .group_by(KeyedAnswer.booklet_id, KeyedAnswer.turn)
    )
    return {(booklet_id, turn): size for booklet_id, turn, size in session.execute(wanted)}


def _counts(session: Session, wave_id: UUID) -> Counts:
    on_paper = (StoredResponse.wave_id == wave_id, StoredResponse.mode == "paper")
    in_now = session.scalar(select(func.count()).where(*on_paper)) or 0
    plan = session.get(PaperPlan, wave_id)
    if plan is None:
        return Counts(100, 1, 0, in_now, 0, 0, 0, 0, 0, 0, 0)
    columns = (name for name in Counts.__dataclass_fields__ if name != "responses")
    return Counts(responses=in_now, **{name: getattr(plan, name) for name in columns})


def key_twice(session: Session, wave_id: UUID, share: int, edition: int) -> None:
    """Have that many of a hundred booklets keyed a second time, from now on.

    Raises:
        Refused: it is no share of a hundred.
        ChangedMeanwhile: somebody else has changed it since it was shown.
    """
    if not 0 <= share <= 100:  # noqa: PLR2004 - per cent
        raise Refused(f"{share} %", "cannot be keyed twice.", "Give a share from 0 to 100.")
    plan = serials.plan_of(session, wave_id)
    editions.take(plan, edition)
    plan.second_share = share
    session.flush()
