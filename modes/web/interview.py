"""One question a page: show it, keep what was said, go on. Then the check page, Send, and thank you."""

from flask import Response, request

from fieldwork.entry import drafts
from fieldwork.entry.visits import VisitNow, mark_read
from fieldwork.faults import AlreadySent
from fieldwork.returns import responses
from modes.web import browser
from modes.web.browser import go
from modes.web.checking import rows_of
from modes.web.forms import Posted, posted
from modes.web.pages import page, page_for_everybody
from modes.web.places import CHECK, Places, page_numbered
from modes.web.questions import Given, draw_question, given_before
from modes.web.visiting import database, during_visit, elsewhere, keys, now, stay, visit_now
from surveys.answers import Answer
from surveys.interview import Interview, Mode
from surveys.questionnaire import Information, Question
from surveys.reading import Fault, InvalidAnswer

NO_SLIP = {Fault.UNKNOWN_CATEGORY, Fault.MORE_THAN_ONE}  # no form of ours sends these: somebody's tool did


def safe() -> Response:
    """Keeping safe: shown before the first question, whoever comes."""
    visit = visit_now()
    return page_for_everybody("safe", visit) if visit and visit.state == "open" else elsewhere(visit)


def go_on() -> Response:
    """Keeping safe has been read: to the first question that waits."""
    visit = visit_now()
    if visit is None or visit.state != "open":
        return elsewhere(visit)
    if not visit.read_safe:
        with database().transaction() as work:
            mark_read(work, visit)
    stay(visit)
    return go(Places(_interview(visit)).right_one())


@during_visit
def right_question(visit: VisitNow) -> Response:
    """Lead to the page that comes next for this respondent."""
    return go(Places(_interview(visit)).right_one())


@during_visit
def question(visit: VisitNow, number: str) -> Response:
    """One page of the questionnaire; a page that is not theirs leads to the one that is."""
    interview = _interview(visit)
    places, found = Places(interview), page_numbered(interview, number)
    if found is None or found[0] not in places.on_route:
        return go(places.right_one())
    place = places.place(found[0], changing=request.args.get("change") == "yes")
    return _html(draw_question(visit, found[1], place, given_before(visit, found[1])))


def answer(number: str) -> Response:
    """Keep what was said, even when the visit has been idle for long, and go on."""
    visit = visit_now()
    if visit is None or not visit.takes_answers:
        return elsewhere(visit)
    found = page_numbered(_interview(visit), number)
    if found is None or not visit.read_safe:
        return go("/question")
    stay(visit)
    return _keep(visit, *found)


def _keep(visit: VisitNow, number: int, asked: Question | Information) -> Response:
    form, interview = posted(), _interview(visit)
    if browser.remember(request.form) and visit.state == "open":  # with script, what is filled in goes along
        return again(visit, str(number), form, None, status=200)
    if not isinstance(asked, Information):
        try:
            said = form.read(asked)
        except InvalidAnswer as fault:
            status = 400 if fault.fault in NO_SLIP else 200
            return again(visit, str(number), form, fault.message(browser.language()), status=status)
        if _changes_something(visit, asked, said):
            with database().transaction() as work:
                drafts.keep(work, visit, asked.id, said, now())
            interview = interview.keep(asked.id, said)
    if visit.state == "idle":
        return go("/question")
    return go(Places(interview).after(number, changing=form.changing))


def _changes_something(visit: VisitNow, asked: Question, said: Answer) -> bool:
    """False for silence about an answer of an earlier visit: going on deletes nothing that one cannot see."""
    earlier = visit.answers.get(asked.id)
    hidden = earlier is not None and earlier.says_something and asked.id not in visit.shown
    return said.says_something or not hidden


def again(visit: VisitNow, number: str, form: Posted, fault: str | None, *, status: int) -> Response:
    """The page once more, with all that was typed and what is wrong with it, if something is."""
    interview = _interview(visit)
    places, found = Places(interview), page_numbered(interview, number)
    if visit.state == "idle" or found is None or found[0] not in places.on_route:
        return go("/question")
    place = places.place(found[0], changing=form.changing)
    given = Given(form.typed, may_quote=form.may_quote, error=fault)
    return _html(draw_question(visit, found[1], place, given), status)


@during_visit
def check(visit: VisitNow) -> Response:
    """All answers of this visit, to be changed or sent; of those of earlier visits only that they are there."""
    return page("check", visit, back=Places(_interview(visit)).last, rows=rows_of(visit, browser.language()))


@during_visit
def send(visit: VisitNow) -> Response:
    """Send, look whether the answers have arrived, and only then say thank you."""
    try:
        with database().transaction() as work:
            mode: Mode = "kiosk" if visit.on_tablet else "web"
            sent = responses.send(work, visit, browser.language(), now(), mode=mode, keys=keys())
    except AlreadySent:
        return go(CHECK)
    with database().reading() as look:
        arrived = responses.stored(look, sent)
    return go("/sent") if arrived else page("not_sure", visit, status=500)


def sent() -> Response:
    """Thank you, and people to talk to."""
    visit = visit_now()
    if visit is None or visit.state != "sent":
        return elsewhere(visit)
    thanks = page_for_everybody("sent", visit)
    thanks.headers["Clear-Site-Data"] = browser.CLEARED
    return thanks


def _interview(visit: VisitNow) -> Interview:
    return Interview(visit.questionnaire, visit.answers)


def _html(body: str, status: int = 200) -> Response:
    return Response(body, status, mimetype="text/html")
