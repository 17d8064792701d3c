"""What can go wrong in the fieldwork, each said so that a person can put it right."""


class Fault(Exception):
    """Something a person can put right: the place, what is wrong there, and the remedy."""

    def __init__(self, place: str, fault: str, remedy: str) -> None:
        """Keep the three parts; put together they are the message."""
        self.place, self.fault, self.remedy = place, fault, remedy
        super().__init__(f"{place}: {fault} {remedy}")

    def __reduce__(self) -> tuple[type["Fault"], tuple[str, str, str]]:
        """How it comes over from another process."""
        return type(self), (self.place, self.fault, self.remedy)


class WrongDatabase(Fault):
    """The database is missing, somebody else's, damaged, out of date or would not keep what it is told."""


class NotFound(Fault):
    """Nothing has that name."""


class Refused(Fault):
    """That cannot be made or done as it was asked for."""


class Busy(Exception):
    """The database could not take this in time. Nothing of it was kept; trying again later may do."""


class AlreadySent(Exception):
    """These answers were sent before, and once is all there is."""


class Closed(Exception):
    """The wave has closed: it takes no more answers, and those not sent are deleted."""
