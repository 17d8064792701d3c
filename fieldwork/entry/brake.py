"""How fast wrong codes may be tried: slowed for a network and for all together, and never locked.

A try takes a token of its network (ten, and one more every 30 seconds) and the present second of one of two lanes. The
first lane is for networks that gave a right code in the last hour, or no wrong one; they may use the second lane too.
A right code gives back what it took. So no crowd of wrong guesses keeps an honest network waiting for long, and all
wrong guesses together stay at two a second.
"""

from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from fieldwork.models.brakes import Brake
from fieldwork.moments import HOUR, minute_of

LANES = ("lane: known good", "lane: others")
WRONG_GUESSES_A_SECOND = len(LANES)  # a lane takes one a second
TRIES = 10  # a network may make at once,
SECONDS_FOR_ONE = 30  # and then one each so many seconds


def may_guess(session: Session, network: str, now: datetime) -> bool:
    """True if this network may try a well-formed code now. The try counts as a wrong one until `right` is called."""
    second, minute = int(now.timestamp()), minute_of(now)
    lanes, mine = _locked(session, network)
    lane = next((lane for lane in lanes[0 if _is_known_good(mine, minute) else 1 :] if _is_free(lane, second)), None)
    rested = _rested(mine, second) + SECONDS_FOR_ONE
    if lane is None or rested > second + TRIES * SECONDS_FOR_ONE:
        return False
    lane.rested_second = second + 1
    mine.rested_second, mine.wrong_minute = rested, minute
    session.add(mine)
    return True


def right(session: Session, network: str, now: datetime) -> None:
    """The code tried just now was right: give back what the try took, and remember the network as a good one."""
    second = int(now.timestamp())
    lanes, mine = _locked(session, network)
    mine.rested_second, mine.right_minute = _rested(mine, second) - SECONDS_FOR_ONE, minute_of(now)
    session.add(mine)
    if taken := next((lane for lane in lanes if not _is_free(lane, second)), None):
        taken.rested_second = second


def forget_networks(session: Session, now: datetime) -> int:
    """Forget the networks whose last try counts no longer; how many."""
    recent = minute_of(now) - HOUR
    over = [
        Brake.name.not_in(LANES),
        Brake.rested_second < int(now.timestamp()),
        *(or_(minute.is_(None), minute < recent) for minute in (Brake.wrong_minute, Brake.right_minute)),
    ]
    session.flush()
    return session.connection().execute(delete(Brake).where(*over)).rowcount


def _locked(session: Session, network: str) -> tuple[list[Brake], Brake]:
    """The lanes, held so that tries are judged one after the other, and then the network."""
    lanes = select(Brake).where(Brake.name.in_(LANES)).order_by(Brake.name).with_for_update()
    held = list(session.scalars(lanes, execution_options={"populate_existing": True}))
    mine = session.get(Brake, network, populate_existing=True)
    return held, mine or Brake(name=network, rested_second=0)


def _is_free(lane: Brake, second: int) -> bool:
    """A lane is taken for the one second; further ahead only a clock that was put back could have set it."""
    return lane.rested_second != second + 1


def _rested(mine: Brake, second: int) -> int:
    """When the network has all its tokens again; now, where only a clock that was put back could say otherwise."""
    within_reach = second < mine.rested_second <= second + TRIES * SECONDS_FOR_ONE
    return mine.rested_second if within_reach else second


def _is_known_good(mine: Brake, minute: int) -> bool:
    def is_recent(when: int | None) -> bool:
        return when is not None and minute - when < HOUR

    return is_recent(mine.right_minute) or not is_recent(mine.wrong_minute)
