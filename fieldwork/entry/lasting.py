"""How long a visit lasts: on a device of one's own, and on a tablet that the next person waits for."""

from dataclasses import dataclass

from fieldwork.moments import HOUR
from fieldwork.retention_table import kept


@dataclass(frozen=True, slots=True)
class Lasting:
    """For how many minutes a visit stays open: after its last page, and in all.

    Minutes are all that is kept of time, so up to a minute more is given, and never a second less.
    """

    idle: int
    longest: int

    def is_over(self, begun: int, last_page: int, minute: int) -> bool:
        """True if a visit with these minutes is over in that one."""
        return minute - last_page > self.idle or minute - begun > self.longest


OWN_DEVICE = Lasting(idle=45, longest=4 * HOUR)
SHARED_TABLET = Lasting(idle=kept("tablet").minutes, longest=HOUR)
