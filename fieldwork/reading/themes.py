"""The codebook of themes of a wave, and the coding of its comments. Only people code; a machine suggests."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound, Refused
from fieldwork.models.comments import Coding, Comment, Theme
from fieldwork.models.inspections import Wave
from fieldwork.office import audit, editions
from fieldwork.office.audit import Who
from fieldwork.reading import comments
from fieldwork.reading.comments import Opened
from surveys.reading import tidy

LONGEST = 80


def codebook(session: Session, wave_id: UUID, *, retired: bool = True) -> list[Theme]:
    """The themes of the wave by name, retired ones last, or not at all."""
    wanted = select(Theme).where(Theme.wave_id == wave_id).order_by(Theme.retired, Theme.plain_name)
    return list(session.scalars(wanted if retired else wanted.where(~Theme.retired)))


def add(session: Session, wave_id: UUID, name: str, who: Who) -> Theme:
    """The new theme.

    Raises:
        Refused: it has no name, too long a one, or one that is there already.
    """
    theme = Theme(wave_id=wave_id, **_named(name))
    _refuse_a_twin(session, theme)
    _write_down(session, theme, who, "added")
    return theme


def rename(  # noqa: PLR0913, PLR0917 - which theme, what becomes of it, who
    session: Session, wave_id: UUID, theme_id: UUID, name: str, seen: int, who: Who
) -> None:
    """Call the theme something else; what was coded to it stays.

    Raises:
        NotFound: the wave has no such theme.
        Refused: as for `add`.
        ChangedMeanwhile: somebody else changed it since edition `seen`.
    """
    theme = _held(session, wave_id, theme_id)
    editions.take(theme, seen)
    named = _named(name)
    theme.name, theme.plain_name = named["name"], named["plain_name"]
    _refuse_a_twin(session, theme)
    _write_down(session, theme, who, "renamed")


def merge(  # noqa: PLR0913, PLR0917 - which theme, what becomes of it, who
    session: Session, wave_id: UUID, theme_id: UUID, into_id: UUID, seen: int, who: Who
) -> None:
    """Put all that was coded to one theme under another, and do without the first.

    Raises:
        NotFound: the wave has not got both.
        Refused: they are one and the same.
        ChangedMeanwhile: somebody else changed it since edition `seen`.
    """
    if theme_id == into_id:
        raise Refused("This theme", "cannot be merged into itself.", "Choose another.")
    first, second = sorted((theme_id, into_id))  # in one order, so that nobody waits for each other
    held = {each: _held(session, wave_id, each) for each in (first, second)}
    theme, into = held[theme_id], held[into_id]
    editions.take(theme, seen)
    there = select(Coding.comment_id).where(Coding.theme_id == into_id)
    moving = select(Coding.comment_id).where(Coding.theme_id == theme_id, Coding.comment_id.not_in(there))
    session.add_all(Coding(comment_id=each, theme_id=into_id) for each in session.scalars(moving).all())
    session.flush()
    session.execute(delete(Coding).where(Coding.theme_id == theme_id))
    session.delete(theme)
    session.flush()
    into.retired = False
    _write_down(session, into, who, f"took in theme {theme_id}")


def retire(  # noqa: PLR0913 - as above
    session: Session, wave_id: UUID, theme_id: UUID, seen: int, who: Who, *, back: bool = False
) -> None:
    """Offer the theme no more, or again with `back`; what was coded to it stays.

    Raises:
        NotFound: the wave has no such theme.
        ChangedMeanwhile: somebody else changed it since edition `seen`.
    """
    theme = _held(session, wave_id, theme_id)
    editions.take(theme, seen)
    theme.retired = not back
    _write_down(session, theme, who, "brought back" if back else "retired")


def code(session: Session, comment: Opened, themes: Collection[UUID], seen: int, who: Who) -> None:
    """The comment is about these themes: several, one, or none that the codebook has. It counts as read from now on.

    Raises:
        NotFound: one of them is no theme of the wave.
        Refused: one of them is retired, and the comment was not coded to it.
        ChangedMeanwhile: somebody else has coded it since edition `seen`.
    """
    if comments.make_row(session, comment) and seen == 0:
        seen = 1
    row = session.get_one(Comment, comment.words.id, with_for_update=True, populate_existing=True)
    if seen == 0 and not row.coded:  # somebody has only read it meanwhile
        seen = row.edition
    editions.take(row, seen)
    _refuse_what_is_not_offered(session, comment, themes)
    session.execute(delete(Coding).where(Coding.comment_id == row.id))
    session.add_all(Coding(comment_id=row.id, theme_id=each) for each in sorted(set(themes)))
    row.coded = True
    session.flush()
    comments.write_down(session, "coded_comment", who, comment)


def _refuse_what_is_not_offered(session: Session, comment: Opened, themes: Collection[UUID]) -> None:
    there = {each.id: each for each in codebook(session, comment.wave_id)}
    for theme_id in themes:
        if theme_id not in there:
            raise NotFound(str(theme_id), "is no theme of this wave any more.", "Load the page again.")
        if there[theme_id].retired and theme_id not in comment.themes:
            raise Refused(there[theme_id].name, "is retired.", "Choose another theme, or bring it back.")


def _held(session: Session, wave_id: UUID, theme_id: UUID) -> Theme:
    wanted = select(Theme).where(Theme.id == theme_id, Theme.wave_id == wave_id).with_for_update()
    if found := session.scalar(wanted.execution_options(populate_existing=True)):
        return found
    raise NotFound(str(theme_id), "is no theme of this wave any more.", "Load the page again.")


def _named(name: str) -> dict[str, str]:
    told = " ".join(tidy(name).split())
    if not told:
        raise Refused("The theme", "has no name.", "Say in a few words what comments are about: Being listened to.")
    if len(told) > LONGEST:
        raise Refused("The theme", f"has a name of {len(told)} letters.", f"Use at most {LONGEST}.")
    return {"name": told, "plain_name": told.casefold()}


def _refuse_a_twin(session: Session, theme: Theme) -> None:
    name = theme.name
    try:
        with session.begin_nested():
            session.add(theme)
            session.flush()
    except IntegrityError:
        raise Refused(name, "is a theme already.", "Use the one that is there, or another name.") from None


def _write_down(session: Session, theme: Theme, who: Who, did: str) -> None:
    inspection_id = session.scalar(select(Wave.inspection_id).where(Wave.id == theme.wave_id))
    audit.record(session, "changed_themes", who, inspection_id=inspection_id, about=f"theme {theme.id}: {did}")
