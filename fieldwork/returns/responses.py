"""What was sent, and what reports are made from."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from fieldwork import waves
from fieldwork.entry import answer_json
from fieldwork.entry.drafts import refuse_unless_open
from fieldwork.entry.visits import VisitNow
from fieldwork.faults import AlreadySent, Closed
from fieldwork.models.inspections import Wave
from fieldwork.models.interviews import Case, Draft, DraftAnswer, Visit
from fieldwork.models.responses import StoredResponse
from fieldwork.moments import month_of
from fieldwork.returns import answer_rows
from fieldwork.returns.storing import put_in
from fieldwork.returns.wave_rows import rows_of_wave
from fieldwork.safeguarding import concerns
from fieldwork.sealing import Keys
from fieldwork.texting import cutting
from surveys.answers import Answer
from surveys.interview import Interview, Mode, Response
from surveys.text import Language


def send(  # noqa: PLR0913 - what is sent, and how it came
    session: Session,
    visit: VisitNow,
    language: Language,
    now: datetime,
    *,
    mode: Mode = "web",
    keys: Keys | None = None,
) -> UUID:
    """The id of the response: it is in, the draft is out, the code is burnt and every link between them is cut.

    All of it happens in the caller's transaction, or nothing. Some of the answers may have come by text: with `keys`,
    the words beside them are kept too. Comments with words that worry become a concern, which leads to nobody.

    Raises:
        AlreadySent: it was sent before, or elsewhere at this very moment.
        Closed: the wave takes no more answers.
    """
    refuse_unless_open(visit)
    case_id = _claim(session, visit)
    interview = Interview(visit.questionnaire, _answers_so_far(session, visit))
    finished = interview.finished()
    (response_id,) = store(session, visit.wave_id, [Response(finished, mode, language, month_of(now))])
    if mode != "sms":  # a text was looked at when it came
        concerns.raise_from_answers(session, visit.wave_id, finished.values(), keys, now)
    if visit.draft_id and (case_id or mode == "sms"):  # others cannot have begun by text
        cutting.end_with(session, visit.draft_id, response_id, keys)
    _cut(session, visit, case_id)
    return response_id


def _claim(session: Session, visit: VisitNow) -> UUID | None:
    """Hold the draft, so that whoever else would send it waits and then finds none; the case it belongs to, if any."""
    wanted = select(Draft.case_id, Wave.closed).join(Wave, Wave.id == Draft.wave_id).where(Draft.id == visit.draft_id)
    if (found := session.execute(wanted.with_for_update(of=Draft)).one_or_none()) is None:
        sent = session.scalar(select(Visit.state).where(Visit.id == visit.id)) == "sent"
        raise AlreadySent if sent else Closed
    if found.closed:
        raise Closed
    case_id: UUID | None = found.case_id
    return case_id


def _answers_so_far(session: Session, visit: VisitNow) -> dict[str, Answer]:
    wanted = select(DraftAnswer.question_id, DraftAnswer.answer).where(DraftAnswer.draft_id == visit.draft_id)
    return {question_id: answer_json.read(answer) for question_id, answer in session.execute(wanted)}


def _cut(session: Session, visit: VisitNow, case_id: UUID | None) -> None:
    of_draft = Visit.draft_id == visit.draft_id
    nothing = {"draft_id": None, "begun_minute": None, "last_page_minute": None}
    connection = session.connection()  # there are no objects that a session would have to bring up to date
    connection.execute(delete(DraftAnswer).where(DraftAnswer.draft_id == visit.draft_id))
    connection.execute(update(Visit).where(of_draft).values(state="sent", **nothing))
    connection.execute(delete(Draft).where(Draft.id == visit.draft_id))
    if case_id:
        connection.execute(delete(Case).where(Case.id == case_id))


def add(session: Session, wave: Wave, response: Response) -> UUID:
    """The id under which a finished interview from elsewhere is now kept."""
    return store(session, wave.id, [response])[0]


def store(session: Session, wave_id: UUID, responses: Sequence[Response]) -> list[UUID]:
    """The ids under which these responses are now kept."""
    return put_in(session, wave_id, responses)


def stored(session: Session, response_id: UUID) -> bool:
    """True if the response is there: asked on a fresh connection before anybody is told that it was sent."""
    return session.scalar(select(StoredResponse.id).where(StoredResponse.id == response_id)) is not None


def count(session: Session, wave: Wave) -> int:
    """How many responses the wave has."""
    return session.scalar(select(func.count()).where(StoredResponse.wave_id == wave.id)) or 0


def responses(session: Session, wave: Wave) -> list[Response]:
    """Every response of the wave, in the order of their random keys."""
    questionnaire = waves.asked_in(session, wave.id).questionnaire
    return answer_rows.responses_of(questionnaire, rows_of_wave(session, wave.id))
