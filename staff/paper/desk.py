"""The desk: the next booklet to key, what is in hand, what waits, and how many answers two people keyed differently."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import waves
from fieldwork.entry import serials
from fieldwork.faults import NotFound, Refused
from fieldwork.office import audit
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.paper import booklets, keying, paper_progress
from fieldwork.waves import find_wave
from staff.here import InWave, database
from staff.pages import page, see_other, told
from staff.paper.forms import SPOKEN, BeginForm, NumberForm, PrintForm, SecondForm
from staff.paper.places import key_in, languages_of, pepper, to_desk, to_desk_with
from staff.permissions import Permission


def desk(here: InWave) -> Response:
    """Where a booklet is begun."""
    return shown(here)


def shown(  # noqa: PLR0913 - one form of each kind
    here: InWave,
    *,
    begin: BeginForm | None = None,
    number: NumberForm | None = None,
    printing: PrintForm | None = None,
    second: SecondForm | None = None,
    status: int = 200,
) -> Response:
    """The desk, with what was typed into one of its forms."""
    with database().reading() as session:
        found = paper_progress.progress(session, here.wave_id, here.staff_id)
        languages = languages_of(session, here)
        closed = find_wave(session, here.wave_name).closed
    counts = found.counts
    if second is None:
        second = SecondForm(formdata=None, share=str(counts.second_share), edition=counts.edition)
    forms = [begin or BeginForm(formdata=None), number or NumberForm(formdata=None)]
    printing = printing or PrintForm(formdata=None, copies="10", language=languages[0])
    printing.language.choices = forms[1].booklet_language.choices = [(each, SPOKEN[each]) for each in languages]
    return page(
        here,
        "paper/desk",
        form=next((form for form in (*forms, printing, second) if form.errors), forms[0]),
        begin=forms[0],
        number=forms[1],
        printing=printing,
        second=second,
        progress=found,
        counts=counts,
        languages=languages,
        closed=closed,
        may_settle=here.may(Permission.SETTLE),
        may_print=here.may(Permission.HAND_OUT_CODES),
        may_set_up=here.may(Permission.SET_UP),
        keeps_focus=True,  # it stays where the next number is typed; what is told is read out all the same
        trail=[{"text": "Paper"}],
        status=status,
    )


def begin(here: InWave) -> Response | AnyResponse:
    """Take a booklet in hand, by its number."""
    form = BeginForm()
    try:
        with database().transaction() as session:
            booklet = keying.begin(session, here.wave_id, form.serial.data or "", here.staff_id, pepper())
    except Refused as fault:
        form.serial.errors = [f"{fault.place} {fault.fault} {fault.remedy}"]
        return shown(here, begin=form, status=400)
    return see_other("paper.key", slug=here.slug, wave=here.questionnaire_id, booklet=booklet)


def number(here: InWave) -> Response | AnyResponse:
    """Give a number to a booklet that came without one, and take it in hand."""
    form = NumberForm()
    if not form.validate_on_submit():
        return shown(here, number=form, status=400)
    with database().transaction() as session:
        wave = waves.find_wave(session, here.wave_name)
        (serial,) = serials.give(session, wave, form.booklet_language.data, 1, pepper())
        audit.record(
            session, "gave_serials", here.who, inspection_id=here.inspection_id, about=f"{here.wave_name}: 1 booklet"
        )
        booklet = keying.begin(session, here.wave_id, serial, here.staff_id, pepper())
    told(f"Write this number on the front of the booklet: {serial}")
    return see_other("paper.key", slug=here.slug, wave=here.questionnaire_id, booklet=booklet)


def second(here: InWave) -> Response | AnyResponse:
    """Say how many booklets are keyed twice."""
    form = SecondForm()
    if not form.validate_on_submit() or form.share.number is None:
        return shown(here, second=form, status=400)
    try:
        with database().transaction() as session:
            paper_progress.key_twice(session, here.wave_id, form.share.number, form.edition.data or 0)
            about = f"{here.wave_name}: {form.share.number} of 100"
            audit.record(session, "changed_second_keying", here.who, inspection_id=here.inspection_id, about=about)
    except ChangedMeanwhile:
        with database().reading() as session:
            now = paper_progress.progress(session, here.wave_id, here.staff_id).counts
        form.edition.data, form.edition.raw_data = now.edition, None
        form.share.errors = [
            f"Somebody else has changed this meanwhile, to {now.second_share}. Keep yours, or leave it."
        ]
        return shown(here, second=form, status=409)
    told(f"Of 100 booklets, {form.share.number} are keyed twice from now on.")
    return to_desk(here)


def throw_away(here: InWave, booklet: str) -> AnyResponse:
    """Throw away what lies half keyed: one's own, or for who may settle anybody's."""
    keyer = None if here.may(Permission.SETTLE) else here.staff_id
    try:
        with database().transaction() as session:
            serial = booklets.throw_away(session, here.wave_id, key_in(booklet), keyer)
            audit.record(
                session,
                "threw_keying_away",
                here.who,
                inspection_id=here.inspection_id,
                about=f"{here.wave_name}: 1 booklet",
            )
    except NotFound as fault:
        return to_desk_with(here, fault)
    told(f"What was keyed of {serial} is thrown away. The booklet can be keyed afresh.")
    return to_desk(here)
