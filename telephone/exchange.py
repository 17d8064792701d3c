"""The network between our service and the phones: carries texts both ways, and tells our service."""

import base64
import threading
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import assert_never

from telephone import tellings, webhooks
from telephone.account import Account
from telephone.errands import Errands
from telephone.faults import Fault, Faults
from telephone.journeys import Journey, journey
from telephone.keywords import Keyword, keyword_in
from telephone.numbers import e164
from telephone.orders import Order
from telephone.store import MOST_TEXTS, Store
from telephone.texts import Text, Told, Webhook

WORKERS = 32
MOST_HELD = 50  # on one phone; the oldest go first
ANOTHER_TOKEN = "somebody else's token"  # noqa: S105 - opens nothing: that is its use


class Exchange:
    """Everything behind the API and the screen. Threads may share it."""

    def __init__(
        self,
        account: Account,
        *,
        pace: float = 0.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        most_texts: int = MOST_TEXTS,
    ) -> None:
        """`pace`: seconds from one status of a text to its next."""
        self.account = account
        self.store = Store(now, most_texts)
        self.faults = Faults()
        self.errands = Errands(WORKERS)
        self._pace = pace
        self._now = now
        self._held: dict[str, deque[Text]] = {}
        self._holding = threading.Lock()

    def accept(self, order: Order) -> Text:
        """Take a text that our service sends, and carry it.

        Raises:
            TooBusy: nothing is taken; try later.
        """
        text = self.store.add(
            direction="outbound-api",
            sender=self.account.number,
            to=order.to,
            body=order.body,
            status="accepted",
            callback=order.callback or self.account.status_callback,
            validity=order.validity,
        )
        way = journey(text, self.faults)
        self.errands.do(lambda: self._carry(text.sid, way), way.stages[0].wait + self._pace)
        return text

    def text(  # noqa: PLR0913 - each is one thing that can be odd about a text
        self,
        number: str,
        body: str,
        *,
        copies: int = 1,
        late: float = 0.0,
        held: bool = False,
        pictures: int = 0,
        in_base64: bool = False,
    ) -> Text:
        """A phone writes to our service, which is told about it.

        `copies`: posted so many times, side by side. `late`: after so many seconds. `held`: only after the phone's next
        text, so that two come in the other order. `in_base64`: as a long text sometimes arrives. Two texts that follow
        each other are posted side by side: `wait_quiet` between them keeps their order.

        Raises:
            ValueError: the number is no telephone number.
            TooBusy: too much is waiting.
        """
        words = body.encode("utf-8", "replace").decode()
        keyword = None if pictures else keyword_in(words)
        text = self.store.add(
            direction="inbound",
            sender=e164(number),
            to=self.account.number,
            body=base64.b64encode(words.encode()).decode() if in_base64 else words,
            on_the_phone=words,
            status="received",
            sent=self._now(),
            media=pictures,
            opt_out_type=keyword.opt_out_type if keyword else None,
        )
        if keyword:
            self._obey(text.number, keyword)
        if held:
            with self._holding:
                self._held.setdefault(text.number, deque(maxlen=MOST_HELD)).append(text)
            return text
        for _ in range(copies):
            self.errands.do(lambda: self._hand_over(text), late)
        return text

    def release(self, number: str) -> None:
        """Hand over what was held back on that phone."""
        with self._holding:
            waiting = self._held.pop(number, deque())
        for text in waiting:
            self.errands.do(lambda text=text: self._hand_over(text))  # type: ignore[misc]  # binds each text, not the last

    def held(self, number: str) -> list[str]:
        """The names of the texts that wait for the phone's next one."""
        with self._holding:
            return [text.sid for text in self._held.get(number, ())]

    def wait_quiet(self, seconds: float = 10.0) -> None:
        """Wait until nothing is under way.

        Raises:
            TimeoutError: something still is.
        """
        if not self.errands.wait_quiet(seconds):
            raise TimeoutError(f"The practice telephone still has something to do after {seconds:g} seconds.")

    # --- To the phone ---

    def _carry(self, sid: str, way: Journey, at: int = 0, untold: tuple[Text, ...] = ()) -> None:
        """Let the text reach its next stage; `untold` are the stages our service has not heard of, the latest first."""
        stage = way.stages[at]
        sent = {"sent": self._now()} if stage.status == "sent" else {}
        text = self.store.change(sid, status=stage.status, error=stage.error, read_aloud=stage.read_aloud, **sent)
        if text is None:
            return
        untold = (text, *untold)
        at += 1
        if at == len(way.stages) or not way.told_backwards:
            for each in untold:
                self._tell(each, "status", each.callback, tellings.status(each, self.account, self._now()))
            untold = ()
        if at < len(way.stages):
            self.errands.do(lambda: self._carry(sid, way, at, untold), way.stages[at].wait + self._pace)

    # --- From the phone ---

    def _obey(self, number: str, keyword: Keyword) -> None:
        """What the provider does itself with one of its words. A second STOP is not confirmed again."""
        was_out = self.faults.holds(Fault.OPTED_OUT, number)
        match keyword.opt_out_type:
            case "STOP" if was_out:
                return
            case "STOP":
                self.faults.add(Fault.OPTED_OUT, number)
            case "START":
                self.faults.remove(Fault.OPTED_OUT, number)
            case "HELP":
                pass
            case _:
                assert_never(keyword.opt_out_type)
        if keyword.confirmation:
            self.store.add(
                direction="outbound-reply",
                sender=self.account.number,
                to=number,
                body=keyword.confirmation,
                status="delivered",
                sent=self._now(),
            )

    def _hand_over(self, text: Text) -> None:
        parameters = tellings.inbound(text, self.account)
        told = self._tell(text, "inbound", self.account.inbound_url, parameters)
        if told and told.fault and (told.answer is None or told.answer >= 400):  # noqa: PLR2004 - HTTP's own classes
            because = [("ErrorCode", "11200"), ("ErrorUrl", str(self.account.inbound_url))]
            self._tell(text, "inbound", self.account.fallback_url, [*parameters, *because], about="fallback")
        self.release(text.number)

    def _tell(
        self, text: Text, webhook: Webhook, url: str | None, parameters: webhooks.Parameters, about: str = ""
    ) -> Told | None:
        """Post to our service, with what goes wrong on the way; none where nothing was posted at all."""
        if not url or self.errands.closed or self.faults.take(Fault.LOSE, text.number, webhook):
            return None
        forged = self.faults.take(Fault.FORGE, text.number, webhook)
        again = self.faults.take(Fault.DUPLICATE, text.number, webhook)
        token = ANOTHER_TOKEN if forged else self.account.token
        told = None
        for _ in range(1 + (again.copies if again else 0)):
            answer = webhooks.post(url, parameters, token, self.account.deliver_to, self.errands.pause)
            told = Told(webhook, about or text.status, url, answer.status, answer.fault, answer.tries, answer.seconds)
            self.store.note(text.sid, told)
        return told
