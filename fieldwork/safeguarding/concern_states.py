"""How a matter stands after each step. Nothing here knows a database: the steps say it all."""

from collections.abc import Iterable

from fieldwork.faults import Refused
from fieldwork.models.concerns import MatterKind, MatterState, StepKind

AFTER: dict[StepKind, MatterState] = {
    "raised": "new",
    "acknowledged": "acknowledged",
    "referred": "referred",
    "answered": "acknowledged",
    "closed": "closed",
    "reopened": "acknowledged",
}
MAY: dict[MatterState, frozenset[StepKind]] = {
    "new": frozenset({"raised", "acknowledged", "referred"}),
    "acknowledged": frozenset({"referred", "closed"}),
    "referred": frozenset({"referred", "answered", "closed"}),
    "closed": frozenset({"reopened"}),
}
"""What may be done next. Nothing is closed that nobody has acknowledged, and what is closed stays so until reopened."""

OF_PRACTICE: frozenset[StepKind] = frozenset({"raised", "acknowledged", "closed"})

WHY_NOT: dict[StepKind, tuple[str, str]] = {
    "raised": ("is there already.", "See the list of concerns."),
    "acknowledged": ("has been acknowledged already.", "See by whom, on its page."),
    "referred": ("is closed.", "Reopen it first, and say why."),
    "answered": ("waits for no answer.", "Write down a referral first."),
    "closed": ("cannot be closed now.", "Somebody has to acknowledge it first; and once is enough."),
    "reopened": ("is not closed.", "Go on with it as it is."),
}


def after(state: MatterState, step: StepKind, kind: MatterKind = "text") -> MatterState:
    """How it stands after the step.

    Raises:
        Refused: that cannot be done as it stands.
    """
    if step not in MAY[state] or (kind == "practice" and step not in OF_PRACTICE):
        fault, remedy = WHY_NOT[step] if kind != "practice" else ("is a practice.", "Acknowledge it: then it is over.")
        raise Refused("This concern", fault, remedy)
    return AFTER[step]


def state_of(steps: Iterable[StepKind]) -> MatterState:
    """How it stands after all these steps, one after the other."""
    state: MatterState = "new"
    for step in steps:
        state = after(state, step)
    return state
