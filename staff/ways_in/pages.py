"""The pages of the ways in. Codes are printed in the reply to the form that makes them, and are never shown again."""

from dataclasses import dataclass

from flask import Response, abort, current_app, url_for
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import waves
from fieldwork.database import Session
from fieldwork.entry import open_links, sheets, wrong_codes
from fieldwork.entry.sheets import Slip
from fieldwork.faults import Refused
from fieldwork.models.audit import Act
from fieldwork.models.inspections import Wave
from fieldwork.office import audit
from modes.paper.handouts import Handout, square
from staff.doors import Door
from staff.here import InWave, database, now
from staff.pages import page, see_other, told
from staff.permissions import Permission
from staff.ways_in import printing
from staff.ways_in.forms import CodesForm, LostForm, Printed, RenewForm
from surveys.text import Language

POSTER_NOTE = ("Anybody who has this link can answer, more than once too. Put it up only where that is meant.",)


@dataclass(frozen=True, slots=True)
class OpenLink:
    """The open link of a wave: what to print, and what to name when it is renewed."""

    slug: str
    address: str
    square: str


def ways(here: InWave) -> Response:
    """All ways into the wave, and how many codes were handed out. No page of the office shows whether one was used."""
    with database().reading() as session:
        wave = waves.find_wave(session, here.wave_name)
        return page(
            here,
            "ways_in/ways",
            wave=wave,
            handed_out=sheets.handed_out(session, wave.id),
            open_link=_open_link(wave),
            form=RenewForm(seen=wave.open_slug),
            wrong=wrong_codes.too_many(session, now()),
            trail=[{"text": "Ways in"}],
        )


def codes(here: InWave) -> Response:
    """New codes, printed in the reply."""
    form = CodesForm()
    if form.validate_on_submit():
        try:
            with database().transaction() as session:
                wave = waves.find_wave(session, here.wave_name)
                count = form.number.number or 0
                slips = sheets.make(session, wave, form.sheet_name, count, _pepper(), letters=_letters(form.printed))
                _note(session, here, "made_codes", f"{_counted(count)}, sheet {form.sheet_name}")
                languages = wave.inspection.languages
        except Refused as fault:
            form.number.errors = [f"{fault.fault} {fault.remedy}"]
        else:
            return _printed(here, languages, form, slips)
    form.name_a_sheet()
    return page(here, "ways_in/codes", form=form, trail=_trail(here, "Make codes"), status=400 if form.errors else 200)


def lost(here: InWave) -> Response | AnyResponse:
    """Codes made void, and others printed in their place. The reply is the same whether they had been used or not."""
    form = LostForm()
    if form.validate_on_submit():
        try:
            slips, languages = _replaced(here, form)
        except Refused as fault:
            form.lost.errors = [*form.lost.errors, f"{fault.fault} {fault.remedy}"]
        else:
            if slips:
                return _printed(here, languages, form, slips)
            told("It is void from now on. Nobody can answer with it.")
            return see_other("ways_in.ways", slug=here.slug, wave=here.questionnaire_id)
    form.name_a_sheet()
    return page(
        here, "ways_in/lost", form=form, trail=_trail(here, "Replace codes"), status=400 if form.errors else 200
    )


def _replaced(here: InWave, form: LostForm) -> tuple[list[Slip], tuple[Language, ...]]:
    """What takes the place of the lost ones, if anything is to."""
    with database().transaction() as session:
        wave = waves.find_wave(session, here.wave_name)
        found = sheets.lost(session, wave, form.lost.data or "", _pepper())
        if form.then.data == "void":
            sheets.void(session, wave, found)
            _note(session, here, "voided_codes", _counted(found.slips))
            return [], ()
        letters = _letters(form.printed)
        slips = sheets.replace(session, wave, form.sheet_name, found, _pepper(), letters=letters)
        _note(session, here, "replaced_codes", f"{_counted(found.slips)}, sheet {form.sheet_name}")
        return slips, wave.inspection.languages


def poster(here: InWave) -> Response:
    """The poster of the open link, as a page to print."""
    return printing.as_page(here, _poster(here), POSTER_NOTE)


def poster_pdf(here: InWave) -> Response:
    """The same as a PDF."""
    return printing.as_pdf(_poster(here), f"poster-{here.slug}-{here.questionnaire_id}")


def _poster(here: InWave) -> Handout:
    with database().reading() as session:
        wave = waves.find_wave(session, here.wave_name)
        if not open_links.may_be_used(wave):
            abort(404)
        return printing.of_open_link(here, wave.inspection.languages, wave.open_slug)


def renew(here: InWave) -> AnyResponse:
    """A new open link; the old one leads nowhere from now on."""
    form = RenewForm()
    with database().transaction() as session:
        wave = waves.find_wave(session, here.wave_name)
        open_links.renew(session, wave, form.seen.data or "")
        _note(session, here, "renewed_open_link", "1 link")
    told("There is a new open link. The old one leads nowhere from now on: take its posters down.")
    return see_other("ways_in.ways", slug=here.slug, wave=here.questionnaire_id)


def _open_link(wave: Wave) -> OpenLink | None:
    if not open_links.may_be_used(wave):
        return None
    address = printing.open_address(wave.open_slug)
    return OpenLink(wave.open_slug, address, square(address))


def _printed(here: InWave, languages: tuple[Language, ...], form: CodesForm | LostForm, slips: list[Slip]) -> Response:
    printed = printing.of_slips(here, languages, form.printed, slips)
    if form.file.data == "pdf":
        return printing.as_pdf(printed, f"{form.printed}-{form.sheet_name}")
    return printing.as_page(here, printed)


def _note(session: Session, here: InWave, act: Act, counts: str) -> None:
    about = f"{here.wave_name}: {counts}"
    audit.record(session, act, here.who, inspection_id=here.inspection_id, about=about, now=now())


def _counted(count: int) -> str:
    return f"{count:,} {'code' if count == 1 else 'codes'}"


def _letters(kind: Printed) -> bool:
    return kind == "letters"


def _pepper() -> bytes:
    found: bytes = current_app.extensions["pepper"]
    return found


def _trail(here: InWave, text: str) -> list[dict[str, str]]:
    return [
        {"text": "Ways in", "href": url_for("ways_in.ways", slug=here.slug, wave=here.questionnaire_id)},
        {"text": text},
    ]


PLACE = "/inspections/<slug>/<wave>/ways-in"
HAND_OUT = Permission.HAND_OUT_CODES
BOTH = ("GET", "POST")
DOORS = (
    Door(PLACE, ways, HAND_OUT),
    Door(f"{PLACE}/codes", codes, HAND_OUT, BOTH, fresh=True),
    Door(f"{PLACE}/lost", lost, HAND_OUT, BOTH, fresh=True),
    Door(f"{PLACE}/poster", poster, HAND_OUT),
    Door(f"{PLACE}/poster.pdf", poster_pdf, HAND_OUT),
    Door(f"{PLACE}/open-link", renew, HAND_OUT, ("POST",)),
)
