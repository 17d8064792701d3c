"""The list of a wave's comments, and each comment: read by a person, coded to themes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from fieldwork.database import Session
from fieldwork.faults import Refused
from fieldwork.models.comments import Theme
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.reading import comments, reading_clock, theme_counts, themes
from fieldwork.reading.comments import Listed
from fieldwork.safeguarding import concerns
from staff.comments import words
from staff.comments.forms import ButtonForm, CodeForm, show_edition
from staff.comments.opening import found, pepper, questions_of, shown, trail
from staff.doors import Door
from staff.here import InWave, database, keys, now
from staff.pages import page, see_other, told
from staff.permissions import Permission

AT_ONCE = 50  # comments on a page of the list
MEANWHILE = (
    "Somebody else has coded this comment meanwhile. Their themes are ticked below; yours are named beside them."
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the list is narrowed to, as the address says; whatever is not known there narrows nothing."""

    question: str
    state: str
    theme: str

    @classmethod
    def asked(cls) -> "Chosen":
        """What the address asks for."""
        return cls(*(request.args.get(name, "")[:80] for name in ("question", "state", "theme")))

    def fits(self, comment: Listed) -> bool:
        """True if the comment belongs on the list."""
        return (
            self.question in {"", comment.question_id}
            and self.state in {"", comment.state}
            and (not self.theme or self.theme in {str(each) for each in comment.themes} | _without(comment))
        )


def _without(comment: Listed) -> set[str]:
    return set() if comment.coded else {"none"}


def reading(here: InWave) -> Response:
    """Every comment of the wave and none of its words: what nobody has read first, of that what looks worrying."""
    with database().reading() as session:
        everything = comments.listed(session, here.wave_id, pepper())
        questions = questions_of(session, here)
        book = themes.codebook(session, here.wave_id)
        ageing = words.called(reading_clock.ageing(session, [here.wave_id], now()))
    chosen = Chosen.asked()
    fitting = [each for each in everything if chosen.fits(each)]
    number = _page_number(len(fitting))
    return page(
        here,
        "comments/reading",
        comments=fitting[(number - 1) * AT_ONCE : number * AT_ONCE],
        fitting=len(fitting),
        number=number,
        last=_last(len(fitting)),
        states=Counter(each.state for each in everything),
        of_questions=Counter(each.question_id for each in everything),
        questions=questions,
        themes={each.id: each for each in book},
        chosen=chosen,
        ageing=ageing,
        alarm=reading_clock.alarm(ageing),
        may_set_up=here.may(Permission.SET_UP),
        next_page=next_page,
        words=words,
    )


def _page_number(many: int) -> int:
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len("00000") else 1
    return min(max(number, 1), _last(many))


def _last(many: int) -> int:
    return max(1, -(-many // AT_ONCE))


def next_one(here: InWave) -> AnyResponse:
    """On to the comment that is to be read next, or back to the list when all were read."""
    with database().reading() as session:
        key = comments.next_unread(session, here.wave_id, pepper())
    if key is None:
        return see_other("comments.reading", slug=here.slug, wave=here.questionnaire_id)
    return see_other("comments.comment", slug=here.slug, wave=here.questionnaire_id, key=key)


def comment(here: InWave, key: str) -> Response:
    """One comment with its question. That somebody saw it is written down."""
    return _comment(here, key, CodeForm(formdata=None))


def _comment(  # noqa: PLR0913 - which comment, and what went wrong with what was sent about it
    here: InWave, key: str, form: CodeForm, *, status: int = HTTPStatus.OK, fault: str = "", mine: Sequence[UUID] = ()
) -> Response:
    with database().transaction() as session:
        there = shown(session, here, key)
        offered = _offered(session, here, there.comment.themes)
        suggested = {each.theme: each.shared for each in theme_counts.suggested(session, there.comment)}
    show_edition(form, there.comment.edition)
    return page(
        here,
        "comments/comment",
        status=status,
        there=there,
        comment=there.comment,
        form=form,
        fault=fault,
        mine=mine,
        offered=offered,
        suggested=suggested,
        may_approve=here.may(Permission.APPROVE),
        may_release=here.may(Permission.PERSPECTIVE),
        trail=trail(here),
        words=words,
    )


def _offered(session: Session, here: InWave, coded: frozenset[UUID]) -> list[Theme]:
    return [each for each in themes.codebook(session, here.wave_id) if not each.retired or each.id in coded]


def read(here: InWave, key: str) -> AnyResponse:
    """They have read it. On to the next that nobody has read."""
    ButtonForm()
    with database().transaction() as session:
        opened = found(session, here, key)
        comments.mark_read(session, opened, here.who)
        reading_clock.look_at(session, here.wave_id, now())
        following = comments.next_unread(session, here.wave_id, pepper())
    if following is None:
        told("Every comment of this wave has been read.")
        return see_other("comments.reading", slug=here.slug, wave=here.questionnaire_id)
    return see_other("comments.comment", slug=here.slug, wave=here.questionnaire_id, key=following)


def code(here: InWave, key: str) -> Response | AnyResponse:
    """Code the comment to the themes that are ticked, and to no others."""
    form = CodeForm()
    chosen = [UUID(each) for each in form.themes.data or () if _is_id(each)]
    try:
        with database().transaction() as session:
            opened = found(session, here, key)
            themes.code(session, opened, chosen, form.edition.data or 0, here.who)
            reading_clock.look_at(session, here.wave_id, now())
    except ChangedMeanwhile:
        return _comment(here, key, form, status=HTTPStatus.CONFLICT, fault=MEANWHILE, mine=chosen)
    except Refused as refused:
        fault = f"{refused.place} {refused.fault} {refused.remedy}"
        return _comment(here, key, form, status=HTTPStatus.BAD_REQUEST, fault=fault, mine=chosen)
    told("The themes of this comment are kept.")
    return see_other("comments.comment", slug=here.slug, wave=here.questionnaire_id, key=key)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def raise_concern(here: InWave, key: str) -> AnyResponse:
    """Let the safeguarding lead look at a copy of the words. It leads to nobody, and neither back to here."""
    ButtonForm()
    with database().transaction() as session:
        opened = found(session, here, key)
        concerns.raise_from_comment(session, here.wave_id, opened.words.text, here.who, keys(), now())
        comments.mark_read(session, opened, here.who)
        reading_clock.look_at(session, here.wave_id, now())
    told("The safeguarding lead is told, and sees these words. You will not see what comes of it.")
    return see_other("comments.comment", slug=here.slug, wave=here.questionnaire_id, key=key)


def next_page(number: int) -> str:
    """The address of another page of the same list."""
    chosen = {name: value for name, value in request.args.items() if name in {"question", "state", "theme"}}
    return f"{request.path.rpartition('/')[2]}?{urlencode({**chosen, 'page': number})}"


HERE = "/inspections/<slug>/<wave>/comments"
ONE = f"{HERE}/<key>"
DOORS = (
    Door(HERE, reading, Permission.READ_COMMENTS),
    Door(f"{HERE}/next", next_one, Permission.READ_COMMENTS),
    Door(ONE, comment, Permission.READ_COMMENTS),
    Door(f"{ONE}/read", read, Permission.READ_COMMENTS, ("POST",)),
    Door(f"{ONE}/code", code, Permission.READ_COMMENTS, ("POST",)),
    Door(f"{ONE}/concern", raise_concern, Permission.READ_COMMENTS, ("POST",)),
)
