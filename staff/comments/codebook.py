"""The codebook of themes of a wave: added to, renamed, merged, retired."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from flask import Response, abort, url_for
from werkzeug.wrappers import Response as AnyResponse

from fieldwork.database import Session
from fieldwork.faults import Refused
from fieldwork.models.comments import Theme
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.reading import theme_counts, themes
from staff.comments import words
from staff.comments.forms import MergeForm, RenameForm, SeenForm, ThemeForm, show_edition
from staff.comments.opening import trail
from staff.doors import Door
from staff.forms import EditedForm
from staff.here import InWave, database
from staff.pages import page, see_other, told
from staff.permissions import Permission

MEANWHILE = "Somebody else has changed this theme meanwhile: see what it is now. What you typed is still here."


def themes_of_wave(here: InWave) -> Response:
    """The themes, and how many respondents wrote about each."""
    return _themes(here, ThemeForm(formdata=None))


def add_theme(here: InWave) -> Response | AnyResponse:
    """A new theme."""
    form = ThemeForm()
    if form.validate_on_submit():
        try:
            with database().transaction() as session:
                themes.add(session, here.wave_id, form.name.data or "", here.who)
        except Refused as refused:
            form.name.errors = [*form.name.errors, f"{refused.place} {refused.fault} {refused.remedy}"]
        else:
            told("The theme is in the codebook.")
            return see_other("comments.themes_of_wave", slug=here.slug, wave=here.questionnaire_id)
    return _themes(here, form, HTTPStatus.BAD_REQUEST)


def _themes(here: InWave, form: ThemeForm, status: int = HTTPStatus.OK) -> Response:
    with database().reading() as session:
        counts = theme_counts.counts(session, here.wave_id)
    may_set_up = here.may(Permission.SET_UP)
    details = {"counts": counts, "form": form, "may_set_up": may_set_up, "words": words}
    return page(here, "comments/themes", status=status, **details, trail=trail(here))


def theme(here: InWave, theme_id: UUID) -> Response:
    """One theme, to be changed."""
    return _theme(here, theme_id)


def rename(here: InWave, theme_id: UUID) -> Response | AnyResponse:
    """Another name for it."""
    form = RenameForm()

    def change(session: Session, seen: int) -> None:
        themes.rename(session, here.wave_id, theme_id, form.name.data or "", seen, here.who)

    return _changed(here, theme_id, form, change, "The theme has its new name.")


def merge(here: InWave, theme_id: UUID) -> Response | AnyResponse:
    """Put what was coded to it under another."""
    form = MergeForm()
    into = _id(form.into.data)

    def change(session: Session, seen: int) -> None:
        themes.merge(session, here.wave_id, theme_id, into, seen, here.who)

    return _changed(here, theme_id, form, change, "The two themes are one now.")


def retire(here: InWave, theme_id: UUID) -> Response | AnyResponse:
    """Offer it no more."""
    return _retired(here, theme_id, "It is offered no more. What was coded to it stays.", back=False)


def bring_back(here: InWave, theme_id: UUID) -> Response | AnyResponse:
    """Offer it again."""
    return _retired(here, theme_id, "It is offered again.", back=True)


def _retired(here: InWave, theme_id: UUID, done: str, *, back: bool) -> Response | AnyResponse:
    def change(session: Session, seen: int) -> None:
        themes.retire(session, here.wave_id, theme_id, seen, here.who, back=back)

    return _changed(here, theme_id, SeenForm(), change, done)


def _changed(
    here: InWave, theme_id: UUID, form: EditedForm, change: Callable[[Session, int], None], done: str
) -> Response | AnyResponse:
    fault, status = "", HTTPStatus.BAD_REQUEST
    if form.validate():
        try:
            with database().transaction() as session:
                change(session, form.edition.data or 0)
        except ChangedMeanwhile:
            fault, status = MEANWHILE, HTTPStatus.CONFLICT
        except Refused as refused:
            fault = f"{refused.place} {refused.fault} {refused.remedy}"
        else:
            told(done)
            return see_other("comments.themes_of_wave", slug=here.slug, wave=here.questionnaire_id)
    return _theme(here, theme_id, form, fault, status)


def _theme(
    here: InWave, theme_id: UUID, form: EditedForm | None = None, fault: str = "", status: int = HTTPStatus.OK
) -> Response:
    with database().reading() as session:
        book = themes.codebook(session, here.wave_id)
    one = next((each for each in book if each.id == theme_id), None)
    if one is None:
        abort(HTTPStatus.NOT_FOUND)
    naming = form if isinstance(form, RenameForm) else RenameForm(formdata=None, name=one.name)
    merging = form if isinstance(form, MergeForm) else MergeForm(formdata=None)
    merging.into.choices = _others(book, one)
    seeing = SeenForm(formdata=None)
    for each in (naming, merging, seeing):
        show_edition(each, one.edition)
    return page(
        here,
        "comments/theme",
        status=status,
        theme=one,
        form=form if form is not None else seeing,
        naming=naming,
        merging=merging,
        seeing=seeing,
        fault=fault,
        trail=[*trail(here), {"text": "Themes", "href": _address(here)}],
        words=words,
    )


def _others(book: list[Theme], one: Theme) -> list[tuple[str, str]]:
    return [(str(each.id), each.name) for each in book if each.id != one.id]


def _address(here: InWave) -> str:
    return url_for("comments.themes_of_wave", slug=here.slug, wave=here.questionnaire_id)


def _id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return UUID(int=0)


HERE = "/inspections/<slug>/<wave>/themes"
ONE = f"{HERE}/<uuid:theme_id>"
DOORS = (
    Door(HERE, themes_of_wave, Permission.READ_COMMENTS),
    Door(f"{HERE}/add", add_theme, Permission.SET_UP, ("POST",)),
    Door(ONE, theme, Permission.SET_UP),
    Door(f"{ONE}/name", rename, Permission.SET_UP, ("POST",)),
    Door(f"{ONE}/merge", merge, Permission.SET_UP, ("POST",)),
    Door(f"{ONE}/retire", retire, Permission.SET_UP, ("POST",)),
    Door(f"{ONE}/bring-back", bring_back, Permission.SET_UP, ("POST",)),
)
