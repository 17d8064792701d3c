"""One phone of the exchange: its thread, and what kind of phone it is."""

from dataclasses import dataclass

from telephone.bubbles import Bubble, bubble_of
from telephone.exchange import Exchange
from telephone.faults import Fault
from telephone.numbers import is_landline, shown

LONGEST_WAIT = 25.0

Kind = tuple[Fault, int] | None
KINDS: dict[str, tuple[str, Kind]] = {
    "mobile": ("A mobile that works", None),
    "landline": ("A landline: texts are read aloud", (Fault.LANDLINE, 0)),
    "off": ("Switched off for good: not delivered (30003)", (Fault.UNREACHABLE, 30003)),
    "unknown": ("No longer in use: not delivered (30005)", (Fault.UNREACHABLE, 30005)),
    "no_texts": ("Cannot take texts: not delivered (30006)", (Fault.UNREACHABLE, 30006)),
    "filtered": ("Behind a filter: not sent (30007)", (Fault.FILTERED, 30007)),
    "no_receipts": ("Gives no receipt: stays “sent”", (Fault.STUCK, 0)),
}


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone, by its number as the network writes it."""

    exchange: Exchange
    number: str

    @property
    def shown(self) -> str:
        """The number as people read it."""
        return shown(self.number)

    @property
    def opted_out(self) -> bool:
        """Whether it wrote STOP and not START since."""
        return self.exchange.faults.holds(Fault.OPTED_OUT, self.number)

    @property
    def kind(self) -> str:
        """Which of KINDS it is."""
        if is_landline(self.number):
            return "landline"
        planted = {
            (rule.fault, rule.code if rule.fault is Fault.UNREACHABLE else None)
            for rule in self.exchange.faults.rules()
            if rule.number == self.number
        }
        for name, (_, kind) in KINDS.items():
            if kind and (kind[0], kind[1] if kind[0] is Fault.UNREACHABLE else None) in planted:
                return name
        return "mobile"

    def become(self, name: str) -> None:
        """Make it that kind of phone.

        Raises:
            KeyError: there is no such kind.
        """
        _, wanted = KINDS[name]
        for fault in {kind[0] for _, kind in KINDS.values() if kind}:
            self.exchange.faults.remove(fault, self.number)
        if wanted:
            self.exchange.faults.add(wanted[0], self.number, **({"code": wanted[1]} if wanted[1] else {}))

    def bubbles(self) -> list[Bubble]:
        """Its texts, the oldest first."""
        held = set(self.exchange.held(self.number))
        return [bubble_of(text, held=text.sid in held) for text in self.exchange.store.thread(self.number)]

    def changes(self) -> int:
        """A number that grows whenever something happens to its texts."""
        return self.exchange.store.changes(self.number)

    def wait(self, since: int, seconds: float) -> None:
        """Wait until something more has happened than `since`, for so long at most."""
        if seconds > 0:
            self.exchange.store.wait(lambda: self.changes() > since or self.exchange.errands.closed, seconds)

    def wait_for_an_answer(self, seconds: float) -> None:
        """Wait until our service has had a text sent here that came after now, for so long at most."""
        latest = max((text.place for text in self.exchange.store.thread(self.number)), default=0)

        def answered() -> bool:
            thread = self.exchange.store.thread(self.number)
            return any(not text.inbound and text.place > latest and text.status != "accepted" for text in thread)

        self.exchange.store.wait(answered, seconds)
