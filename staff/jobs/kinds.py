"""Every kind of job: what runs it, what it is called, and who may fetch what it makes."""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldwork.job_runs import Run
from staff.here import Here, InInspection
from staff.paper.importing import import_responses
from staff.permissions import Permission
from staff.perspective.running import export, freeze


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `then` is the room of the inspection, or of the wave that the job names, where it goes on.

    A kind without permission is an administrator's.

    `file` is false for what makes none: it is not run again once it is done.
    """

    run: Run
    name: str
    permission: Permission | None = None
    file: bool = True
    then: str | None = None
    there: str = ""

    def may(self, here: Here) -> bool:
        """True for somebody who may have what such a job makes, where they stand."""
        if self.permission is None:
            return here.administrator
        return isinstance(here, InInspection) and here.may(self.permission)


EXPORT, SNAPSHOTS, SEE = Permission.EXPORT, "perspective.snapshots", "See the snapshots"

KINDS: Mapping[str, Kind] = {
    "freeze": Kind(freeze, "Freeze the figures", EXPORT, file=False, then=SNAPSHOTS, there=SEE),
    "import": Kind(
        import_responses,
        "Take in a file of responses",
        Permission.SETTLE,
        file=False,
        then="paper.desk",
        there="Back to paper",
    ),
    "export": Kind(export, "Make a file of a snapshot", EXPORT, then=SNAPSHOTS, there=SEE),
}
