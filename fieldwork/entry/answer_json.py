"""An answer as the draft keeps it: a few characters of JSON."""

import json
from functools import lru_cache
from typing import Any, assert_never

from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim


def written(answer: Answer) -> str:
    """The answer as JSON.

    >>> written(Chosen(("yes",)))
    '{"codes":["yes"]}'
    """
    return json.dumps(_parts(answer), ensure_ascii=False, separators=(",", ":"))


def _parts(answer: Answer) -> dict[str, Any]:
    match answer:
        case Chosen():
            return {"codes": answer.codes}
        case Number():
            return {"number": answer.value}
        case Verbatim():
            return {"text": answer.text, "may_quote": answer.may_quote}
        case NoAnswer():
            return {"silence": answer.reason.value}
        case _:
            assert_never(answer)


def read(json_text: str) -> Answer:
    """The answer that `written` wrote.

    >>> read('{"number":70}')
    Number(value=70)
    """
    return _read(json_text) if json_text.startswith(_OWN_WORDS) else _read_again(json_text)


def _read(json_text: str) -> Answer:
    match json.loads(json_text):
        case {"codes": codes}:
            return Chosen(tuple(codes))
        case {"number": value}:
            return Number(value)
        case {"text": text, "may_quote": may_quote}:
            return Verbatim(text, may_quote)
        case {"silence": reason}:
            return NoAnswer(Silence(reason))
        case _:
            raise ValueError("a draft holds something that is not an answer")


# The few answers that everybody gives are read once; nobody's own words stay in memory.
_OWN_WORDS = '{"text"'
_read_again = lru_cache(maxsize=4096)(_read)
