"""What other programs plant and ask over HTTP: `/faults`, and `/phones/NUMBER` for a phone in a terminal."""

from dataclasses import asdict

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from telephone.errands import TooBusy
from telephone.faults import Fault, Rule
from telephone.numbers import e164
from telephone.phones import LONGEST_WAIT, Phone
from telephone.provider import exchange

blueprint = Blueprint("control", __name__)


class Written(BaseModel):
    """A text that a phone writes; for its fields see `Exchange.text`."""

    model_config = ConfigDict(extra="forbid")

    body: str = ""
    copies: int = Field(1, ge=1, le=100)
    late: float = Field(0.0, ge=0, le=86_400)
    held: bool = False
    pictures: int = Field(0, ge=0, le=10)
    in_base64: bool = False


@blueprint.errorhandler(ValidationError)
def wrong(error: ValidationError) -> ResponseReturnValue:
    """What was sent cannot be read: where, and why."""
    return jsonify(wrong=[{"where": list(each["loc"]), "what": each["msg"]} for each in error.errors()]), 400


@blueprint.errorhandler(ValueError)
def unusable(error: ValueError) -> ResponseReturnValue:
    """A number that is none, or too many faults."""
    return jsonify(wrong=str(error)), 400


@blueprint.errorhandler(TooBusy)
def too_busy(_: TooBusy) -> ResponseReturnValue:
    """So much is waiting that no more is taken."""
    return jsonify(wrong="Too much is waiting. Try again later."), 503


@blueprint.get("/faults")
def planted() -> ResponseReturnValue:
    """The faults that are planted now."""
    return jsonify([rule.model_dump(mode="json", exclude_none=True) for rule in exchange().faults.rules()])


@blueprint.post("/faults")
def plant() -> ResponseReturnValue:
    """Plant one: `{"fault": "too_many", "times": 3}`."""
    rule = exchange().faults.plant(Rule.model_validate(request.get_json()))
    return jsonify(rule.model_dump(mode="json", exclude_none=True)), 201


@blueprint.delete("/faults")
def clear() -> ResponseReturnValue:
    """Take them all away, or those of one kind: `/faults?fault=landline&number=07700900123`."""
    if fault := request.args.get("fault"):
        exchange().faults.remove(fault, request.args.get("number"))
    else:
        exchange().faults.clear()
    return "", 204


@blueprint.get("/phones/<number>")
def texts(number: str) -> ResponseReturnValue:
    """The texts of a phone. With `?since=N&wait=S`, once something has changed since N, or after S seconds."""
    phone = Phone(exchange(), e164(number))
    phone.wait(request.args.get("since", -1, int), min(request.args.get("wait", 0.0, float), LONGEST_WAIT))
    landline = exchange().faults.holds(Fault.LANDLINE, phone.number)
    return jsonify(since=phone.changes(), landline=landline, texts=[asdict(each) for each in phone.bubbles()])


@blueprint.post("/phones/<number>")
def write(number: str) -> ResponseReturnValue:
    """A phone writes: `{"body": "1", "copies": 2}`."""
    written = Written.model_validate(request.get_json())
    text = exchange().text(e164(number), **written.model_dump())
    return jsonify(sid=text.sid), 201
