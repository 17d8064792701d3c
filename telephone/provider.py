"""The provider's API, as twilio-python speaks it: texts, the messaging service, and what is planted to go wrong."""

import socket
from typing import NoReturn

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from telephone.errands import TooBusy
from telephone.exchange import Exchange
from telephone.faults import Fault
from telephone.listing import page_of
from telephone.orders import order_from
from telephone.refusals import Refused
from telephone.resources import account_json, senders_json, service_json, text_json
from telephone.store import NotFinal, NotThere

ACCOUNT = "/2010-04-01/Accounts/<account>"
MESSAGES = f"{ACCOUNT}/Messages"

blueprint = Blueprint("provider", __name__)


class HungUp(Exception):
    """The connection is closed without an answer."""


def exchange() -> Exchange:
    """The exchange behind this application."""
    found: Exchange = current_app.extensions["exchange"]
    return found


@blueprint.before_request
def check() -> None:
    """Let in who has the token, unless the API is down."""
    if exchange().faults.take(Fault.DOWN):
        raise Refused(20503)
    account = exchange().account
    given = request.authorization
    tokens = [token for token in (account.token, account.second_token) if token]
    password = (given.password if given else None) or ""
    if not (given and given.username == account.sid and password in tokens):
        raise Refused(20003)
    asked = request.view_args or {}
    if asked.get("account", account.sid) != account.sid or asked.get("service", account.service) != account.service:
        raise Refused(20404)


@blueprint.errorhandler(Refused)
def refused(refusal: Refused) -> ResponseReturnValue:
    """A refusal in Twilio's shape."""
    return jsonify(refusal.as_json()), refusal.status


@blueprint.errorhandler(NotThere)
def not_there(_: NotThere) -> ResponseReturnValue:
    """There is no such text."""
    return refused(Refused(20404))


@blueprint.errorhandler(NotFinal)
def not_final(_: NotFinal) -> ResponseReturnValue:
    """The text is still under way."""
    return refused(Refused(20009))


@blueprint.post(f"{MESSAGES}.json")
def create(account: str) -> ResponseReturnValue:  # noqa: ARG001 - checked before
    """Take a text to send, unless something else is planted."""
    order = order_from(request.form, exchange().account)
    before_accepting(order.to)
    try:
        text = exchange().accept(order)
    except TooBusy:
        raise Refused(20429) from None
    after_accepting(order.to)
    return jsonify(text_json(text, exchange().account)), 201


def before_accepting(number: str) -> None:
    """What is planted to go wrong with a text before it is accepted."""
    faults = exchange().faults
    for fault, code in ((Fault.TOO_MANY, 20429), (Fault.ERROR, 20500), (Fault.OPTED_OUT, 21610)):
        if faults.take(fault, number):
            raise Refused(code)
    if faults.take(Fault.DROP, number):
        hang_up()


def after_accepting(number: str) -> None:
    """What is planted to go wrong once it is accepted."""
    faults = exchange().faults
    if slow := faults.take(Fault.SLOW, number):
        exchange().errands.pause(slow.seconds)
    if faults.take(Fault.ERROR_AFTER, number):
        raise Refused(20500)
    if faults.take(Fault.ACCEPT_THEN_DROP, number):
        hang_up()


@blueprint.get(f"{MESSAGES}.json")
def listing(account: str) -> ResponseReturnValue:
    """The texts that are asked for, a page at a time."""
    page = page_of(exchange().store.all_texts(), request.args.to_dict())
    path = f"/2010-04-01/Accounts/{account}/Messages.json"
    return jsonify(
        messages=[text_json(text, exchange().account) for text in page.texts],
        uri=f"{path}?{page.own}",
        first_page_uri=f"{path}?{page.first}",
        next_page_uri=f"{path}?{page.following}" if page.following else None,
        previous_page_uri=None,
        page=page.number,
        page_size=page.size,
        start=page.number * page.size,
        end=page.number * page.size + len(page.texts) - 1,
    )


@blueprint.get(f"{MESSAGES}/<sid>.json")
def fetch(account: str, sid: str) -> ResponseReturnValue:  # noqa: ARG001 - checked before
    """One text."""
    return jsonify(text_json(exchange().store.get(sid), exchange().account))


@blueprint.post(f"{MESSAGES}/<sid>.json")
def blank(account: str, sid: str) -> ResponseReturnValue:  # noqa: ARG001 - checked before
    """Take the words out of a text, once it is final; nothing else about it can be changed."""
    exchange().store.get(sid)
    if request.form.get("Body") != "":
        raise Refused(20001)
    return jsonify(text_json(exchange().store.blank(sid), exchange().account))


@blueprint.delete(f"{MESSAGES}/<sid>.json")
def delete(account: str, sid: str) -> ResponseReturnValue:  # noqa: ARG001 - checked before
    """Forget a text, once it is final."""
    exchange().store.delete(sid)
    return "", 204


@blueprint.get(f"{ACCOUNT}.json")
def whose(account: str) -> ResponseReturnValue:  # noqa: ARG001 - checked before
    """The account."""
    return jsonify(account_json(exchange().account))


@blueprint.get("/v1/Services/<service>")
def settings(service: str) -> ResponseReturnValue:  # noqa: ARG001 - checked before
    """How the messaging service is set up."""
    return jsonify(service_json(exchange().account, request.host_url.rstrip("/")))


@blueprint.get("/v1/Services/<service>/<collection>")
def senders(service: str, collection: str) -> ResponseReturnValue:  # noqa: ARG001 - checked before
    """What the messaging service can send from."""
    try:
        return jsonify(senders_json(collection, exchange().account, request.host_url.rstrip("/")))
    except KeyError:
        raise Refused(20404) from None


def hang_up() -> NoReturn:
    """End the connection without a word."""
    connection: socket.socket | None = request.environ.get("werkzeug.socket")
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
    raise HungUp


@blueprint.errorhandler(HungUp)
def hung_up(_: HungUp) -> Response:
    """What nobody reads any more."""
    return Response(status=500, headers={"Connection": "close"})
