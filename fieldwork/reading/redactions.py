"""A comment becomes a quotation by two people: one redacts it, another approves exactly that. Then it may be released.

An approval is bound to the question, the comment and the redacted words. Any change of them voids it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound, Refused
from fieldwork.models.comments import Comment, Redaction
from fieldwork.office import editions
from fieldwork.office.audit import Who
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.reading import comments
from fieldwork.reading.comments import Opened
from fieldwork.reading.quotations import question_of
from fieldwork.upserts import Upsert
from surveys.reading import tidy
from surveys.redaction import wording
from surveys.redaction.quotation import binding, mark_of
from surveys.redaction.wording import NotTheirWords


@dataclass(frozen=True, slots=True)
class Jigsaw:
    """What whoever approves has to ask: could the quotation be put together with something that is known?"""

    worker_would_know: bool
    matches_example: bool
    names_an_event: bool
    reasons: str = ""
    """Why it may be printed all the same; needed where an answer is yes."""

    @property
    def needs_reasons(self) -> bool:
        """True where one of the answers is yes."""
        return self.worker_would_know or self.matches_example or self.names_an_event


def redaction_of(session: Session, comment: Opened) -> Redaction | None:
    """What was proposed for this comment, and how it stands; none where nothing was."""
    return session.get(Redaction, comment.words.id, populate_existing=True)


def propose(session: Session, comment: Opened, words: str, seen: int, who: Who) -> Redaction:
    """Propose these words to be printed. Whatever was approved or released of this comment is so no longer.

    `seen` is the edition of what was proposed before, nought where nothing was.

    Raises:
        Refused: the respondent did not agree to be printed, or the words are not all theirs.
        ChangedMeanwhile: somebody else proposed, approved or sent back something since.
    """
    proposer = _signed_in(who)
    told = tidy(words)
    _refuse_what_may_not_be_printed(comment, told)
    comments.make_row(session, comment)
    bound_to = binding(question_of(session, comment.wave_id, comment.words).en, mark_of(comment.words.text), told)
    if seen == 0:
        if not _first(session, comment, words=told, bound_to=bound_to, proposed_by=proposer, proposed_by_name=who.name):
            raise ChangedMeanwhile
        row = _held(session, comment)
    else:
        row = _held(session, comment)
        editions.take(row, seen)
        row.words, row.bound_to, row.state = told, bound_to, "proposed"
        row.proposed_by, row.proposed_by_name, row.sent_back_why = proposer, who.name, ""
        _void(row)
        session.flush()
    comments.write_down(session, "proposed_redaction", who, comment)
    return row


def approve(session: Session, comment: Opened, jigsaw: Jigsaw, seen: int, who: Who) -> None:
    """Another person agrees to exactly these words.

    Raises:
        NotFound: nothing was proposed.
        Refused: it is their own proposal, it does not wait for approval, or a yes has no reason.
        ChangedMeanwhile: it was changed, approved or sent back since edition `seen`.
    """
    approver, row = _signed_in(who), _held(session, comment)
    editions.take(row, seen)
    _refuse_unless_waiting(row, approver)
    if jigsaw.needs_reasons and not tidy(jigsaw.reasons):
        remedy = "Say why it may be printed all the same, or send it back."
        raise Refused("A question", "was answered with yes, and no reason is given.", remedy)
    if row.bound_to != binding(
        question_of(session, comment.wave_id, comment.words).en, mark_of(comment.words.text), row.words
    ):
        raise Refused("The comment", "is not the one that was redacted any more.", "Redact it again.")
    row.state, row.approved_by, row.approved_by_name, row.approved_as = "approved", approver, who.name, row.bound_to
    row.worker_would_know, row.matches_example = jigsaw.worker_would_know, jigsaw.matches_example
    row.names_an_event, row.reasons = jigsaw.names_an_event, tidy(jigsaw.reasons)
    session.flush()
    comments.write_down(session, "approved_redaction", who, comment)


def send_back(session: Session, comment: Opened, why: str, seen: int, who: Who) -> None:
    """Another person does not agree; whoever redacts it next is told why.

    Raises:
        NotFound: nothing was proposed.
        Refused: it is their own proposal, it does not wait for approval, or no reason is given.
        ChangedMeanwhile: it was changed, approved or sent back since edition `seen`.
    """
    approver, row = _signed_in(who), _held(session, comment)
    editions.take(row, seen)
    _refuse_unless_waiting(row, approver)
    if not tidy(why):
        raise Refused("The reason", "is missing.", "Say what has to be changed.")
    row.state, row.sent_back_why = "sent_back", tidy(why)
    session.flush()
    comments.write_down(session, "sent_back_redaction", who, comment)


def release(session: Session, comment: Opened, seen: int, who: Who) -> None:
    """Put the quotation into the perspective.

    Raises:
        NotFound: nothing was proposed.
        Refused: it was not approved, or is in already.
        ChangedMeanwhile: it was changed since edition `seen`.
    """
    releaser, row = _signed_in(who), _held(session, comment)
    editions.take(row, seen)
    if row.state != "approved":
        raise Refused("The quotation", "is not approved, or is released already.", "Another person has to approve it.")
    row.state, row.released_by, row.released_by_name = "released", releaser, who.name
    session.flush()
    comments.write_down(session, "released_quotation", who, comment)


def take_back(session: Session, comment: Opened, seen: int, who: Who) -> None:
    """Take the quotation out of the perspective; it stays approved.

    Raises:
        NotFound: nothing was proposed.
        Refused: it is not in.
        ChangedMeanwhile: it was changed since edition `seen`.
    """
    _signed_in(who)
    row = _held(session, comment)
    editions.take(row, seen)
    if row.state != "released":
        raise Refused("The quotation", "is not in the perspective.", "Nothing has to be done.")
    row.state, row.released_by, row.released_by_name = "approved", None, ""
    session.flush()
    comments.write_down(session, "took_back_quotation", who, comment)


def waiting(session: Session, wave_ids: Sequence[UUID], who: Who) -> list[tuple[UUID, UUID, bool]]:
    """Wave, comment, and whether this person may approve it, of each redaction of these waves that waits."""
    wanted = (
        select(Comment.wave_id, Comment.id, Redaction.proposed_by)
        .join(Redaction, Redaction.comment_id == Comment.id)
        .where(Comment.wave_id.in_(wave_ids), Redaction.state == "proposed")
        .order_by(Comment.wave_id, Comment.id)
    )
    return [(wave_id, comment_id, proposer != who.id) for wave_id, comment_id, proposer in session.execute(wanted)]


_FIRST = Upsert(Redaction, key=["comment_id"])


def _first(session: Session, comment: Opened, **proposal: object) -> bool:
    nothing = {"sent_back_why": "", "approved_by_name": "", "reasons": "", "released_by_name": ""}
    return _FIRST.run(session, comment_id=comment.words.id, state="proposed", edition=1, **nothing, **proposal)


def _void(row: Redaction) -> None:
    row.approved_by = row.approved_as = row.released_by = None
    row.worker_would_know = row.matches_example = row.names_an_event = None
    row.approved_by_name = row.reasons = row.released_by_name = ""


def _held(session: Session, comment: Opened) -> Redaction:
    wanted = select(Redaction).where(Redaction.comment_id == comment.words.id).with_for_update()
    if found := session.scalar(wanted.execution_options(populate_existing=True)):
        return found
    raise NotFound(comment.key, "nothing of it was proposed to be printed.", "Propose it first.")


def _signed_in(who: Who) -> UUID:
    if who.id is None:
        raise Refused("Redacting", "is done by people who have signed in.", "Sign in to the office.")
    return who.id


def _refuse_unless_waiting(row: Redaction, approver: UUID) -> None:
    if row.state != "proposed":
        raise Refused("The redaction", "does not wait for approval.", "Load the page again.")
    if row.proposed_by == approver:
        raise Refused("The redaction", "is your own proposal.", "Another person has to approve it.")


def _refuse_what_may_not_be_printed(comment: Opened, words: str) -> None:
    if not comment.words.may_quote:
        raise Refused("The comment", "may not be printed: whoever wrote it did not agree to that.", "Code it instead.")
    if len(words) > wording.LONGEST:
        raise Refused("The quotation", "is too long.", f"Use at most {wording.LONGEST:,} letters.")
    try:
        wording.check(comment.words.text, words)
    except NotTheirWords as theirs:
        fault = f"holds words that do not stand in the comment at that place: “{theirs.words[:100]}”."
        raise Refused(
            "The quotation", fault, "Put what is not theirs in square brackets, and cut with three dots."
        ) from theirs
