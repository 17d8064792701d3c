"""A text that came in: kept, read, decided upon and answered in one transaction. The outbox carries the answer."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from uuid import UUID

from fieldwork import waves
from fieldwork.database import Database, Session
from fieldwork.entry.answer_json import written
from fieldwork.faults import AlreadySent, Closed
from fieldwork.models.concerns import ConcernKind
from fieldwork.models.texts import Kind
from fieldwork.numbers import suppression
from fieldwork.safeguarding import concerns
from fieldwork.sealing import Keys, Vault, vaults
from fieldwork.texting import conversations, inbound, outbox, text_interviews
from fieldwork.texting.conversations import ConversationNow
from fieldwork.texting.text_interviews import InterviewNow
from modes.sms import ladder
from modes.sms.consent import Consent, consent
from modes.sms.folding import folded
from modes.sms.going_on import DAY, START_AGAIN, Going, Here, Links
from modes.sms.ladder import About, Rung, Standing, Step
from modes.sms.replies import Outcome, Reading, understand
from modes.sms.spellings import willingness
from modes.sms.texts import texts
from surveys.text import Language

LONGEST_TEXT = 1_600  # letters; the provider joins no more
CORRECTED_WITHIN = 60  # seconds after an answer


@dataclass(frozen=True, slots=True)
class Inbound:
    """A text as the provider brings it."""

    sid: str
    sender: str
    body: str
    media: int = 0
    opt_out_type: str | None = None
    sent: datetime | None = None
    """When it came to the provider; none where it is brought at once."""


@cache
def make_ready() -> None:
    """Read the word lists, which takes a second, once in a process: before anybody's turn at writing, not in it."""
    understand("eighty", question=None)  # numbers in words are a list too
    texts()


def receive(database: Database, keys: Keys, text: Inbound, now: datetime, links: Links) -> None:
    """Keep the text, and do what follows from it, once, however often it is brought.

    Raises:
        Busy: the database could not take it in time. Nothing was kept, and it may be brought again.
    """
    make_ready()
    text = replace(text, body=_as_it_can_be_kept(text.body))
    try:
        with database.transaction() as session:
            _handle(session, keys, text, now, links)
    except (AlreadySent, Closed):  # on the web, at this very moment: now it stands elsewhere
        with database.transaction() as session:
            _handle(session, keys, text, now, links)


def _as_it_can_be_kept(body: str) -> str:
    """The text with its halves of emoji joined; a half alone, which is no letter, becomes the sign for that."""
    return body.encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:LONGEST_TEXT]


def _handle(session: Session, keys: Keys, text: Inbound, now: datetime, links: Links) -> None:
    known = vaults(session, keys)
    found = conversations.hold(session, [vault.index(text.sender) for vault in known])
    if not found:
        _stranger(session, keys, text, now)
        return
    one = found[0]
    if one.state == "unreachable":  # they are not: here is a text of theirs
        one = replace(one, state="asking" if one.visit_id else "invited")
    vault = next(each for each in known if each.inspection_id == one.inspection_id)
    interview = text_interviews.interview_of(session, one, now)
    here = Here(session, keys, vault, now, links, found, waves.asked_in(session, one.wave_id))
    _decide(here, text, one, interview)


def _stranger(session: Session, keys: Keys, text: Inbound, now: datetime) -> None:
    """Only a count is kept; but who wants no texts from us will never get one."""
    if text.sent is None:  # one that we listed ourselves may have been counted when it came
        inbound.count_stranger(session, now.date())
    reading = understand(text.body, question=None, media=text.media, opt_out_type=text.opt_out_type)
    if reading.outcome is Outcome.STOP:
        suppression.suppress(session, text.sender, keys, now.date())


def _decide(here: Here, text: Inbound, one: ConversationNow, interview: InterviewNow | None) -> None:
    about = _about(here, text, one, interview)
    reading = understand(text.body, question=about.question, media=text.media, opt_out_type=text.opt_out_type)
    agreement = consent(text.body) if about.question is None else None
    by_provider = text.opt_out_type == "HELP"
    standing = _standing(here, text, one, about, agreement)
    step = ladder.step(standing, reading, text.media, answered_by_provider=by_provider)
    text_id = inbound.remember(
        here.session,
        here.keys,
        text.sid,
        conversation_id=one.id,
        body=text.body,
        vault=here.vault,
        now=here.now,
        rung=step.rung,
        question_id=step.about,
        read_as=written(step.answer) if step.answer else None,
        for_a_person=step.for_a_person,
    )
    if text_id is None:
        return
    if step.rung is Rung.STARTED:
        suppression.lift(here.session, text.sender, here.keys)
    for kind in step.concerns:
        _raise(here, text, one, kind, reading)
    match step.rung:
        case Rung.STOP:
            _stop(here, text)
        case Rung.NOT_ME:
            _not_me(here, text, one, step, text_id)
        case _:
            Going(here, one, interview).on(step, _chosen(one, agreement, text.body), text_id)


# --- Where it stands --------------------------------------------------------------------------------------------------


def _about(here: Here, text: Inbound, one: ConversationNow, interview: InterviewNow | None) -> About:
    """The question that this text can be about: the one that was out when the text was sent."""
    if interview is None or one.question_id is None or one.state not in {"asking", "paused"}:
        return ladder.NOTHING
    visit, by_id = interview.visit, here.asked.questionnaire.by_id
    question = by_id.get(one.question_id)
    is_fresh = one.answered_second is not None and 0 <= here.second - one.answered_second <= CORRECTED_WITHIN
    if question and question.id in visit.answers:
        if question.id not in visit.shown:
            return About("elsewhere")
        return About("earlier", question, visit.answers[question.id], is_fresh=is_fresh, is_lost=True)
    if question and _was_seen(text, interview):
        return About("out", question)
    earlier = by_id.get(one.earlier_question_id or "")
    said = visit.answers.get(earlier.id) if earlier else None
    return About("earlier", earlier, said, is_fresh=is_fresh, is_lost=interview.arrival == "lost")


def _was_seen(text: Inbound, interview: InterviewNow) -> bool:
    """True if the question was handed over before this text was sent."""
    if interview.arrival != "seen":
        return False
    return text.sent is None or text.sent.timestamp() >= (interview.asked_second or 0)


def _standing(here: Here, text: Inbound, one: ConversationNow, about: About, agreement: Consent | None) -> Standing:
    session, left, over = here.session, one.state in ladder.LEFT, one.state in {"finished", "partial"}
    told: Kind = "after_the_end" if over else "closed"
    return Standing(
        state=one.state,
        wave_closed=one.closed is not None,
        about=about,
        misread=one.misread,
        has_begun=one.visit_id is not None,
        agrees=agreement is not None and agreement.agrees,
        declines=agreement is not None and not agreement.agrees,
        suppressed=left and suppression.is_suppressed(session, text.sender, here.keys),
        start_asked=left
        and one.question_id == START_AGAIN
        and outbox.handed_over(session, one, START_AGAIN) is not None,
        told_it_is_over=not one.is_open and not left and conversations.was_sent(session, one, told),
        helped=one.helped_second is not None and 0 <= here.second - one.helped_second < DAY,
    )


def _chosen(one: ConversationNow, agreement: Consent | None, words: str) -> Language | None:
    """The language to go on in: the one they agreed in, unless they chose one before and do not name another now."""
    if agreement is None or agreement.language is None:
        return None
    said, called = folded(words), willingness().called[agreement.language]
    names_it = any(True for place in range(len(said)) for _ in called.ends(said, place))
    return agreement.language if one.language is None or names_it else one.language


# --- What follows -----------------------------------------------------------------------------------------------------


def _raise(here: Here, text: Inbound, one: ConversationNow, kind: ConcernKind, reading: Reading) -> None:
    """Tell a person, who finds the words and the way to reach whoever wrote them."""
    version = reading.concern.version if reading.concern else ""
    concerns.raise_concern(here.session, one, kind, text.body or None, version, here.vault, here.now)


def _stop(here: Here, text: Inbound) -> None:
    """No more texts to this number, from whatever inspection. The provider answers; we do not."""
    suppression.suppress(here.session, text.sender, here.keys, here.now.date())
    for each in here.of_number:
        conversations.break_off(here.session, each)


def _not_me(here: Here, text: Inbound, one: ConversationNow, step: Step, text_id: UUID) -> None:
    """No more texts to this number but one, after which it is erased, and no answers of whoever has it."""
    suppression.suppress(here.session, text.sender, here.keys, here.now.date())
    told = conversations.was_sent(here.session, one, "not_me")
    ended = [conversations.break_off(here.session, each, "wrong_person") for each in here.of_number]
    if step.reply and not told:
        Going(here, next(each for each in ended if each.id == one.id), None).say_only(step.reply, text_id)


def resume(database: Database, keys: Keys, conversation_id: UUID, now: datetime, links: Links) -> None:
    """Let a conversation go on that was paused so that a person could look, and ask the next question.

    Raises:
        NotFound: there is none, or nobody can be reached any more.
        Refused: it is not paused, or they have had as many texts from us as may be.
    """
    with database.transaction() as session:
        one = conversations.resume(session, conversation_id)
        interview = text_interviews.interview_of(session, one, now)
        if interview is None:
            return
        asked = waves.asked_in(session, one.wave_id)
        here = Here(session, keys, Vault(session, keys, one.inspection_id), now, links, [one], asked)
        Going(here, one, interview).on(Step(rung=Rung.KEPT, reply="question"), None, None)
