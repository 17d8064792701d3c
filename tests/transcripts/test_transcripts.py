"""Each transcript, played."""

from collections.abc import Callable, Mapping

import pytest
from flask import Flask

from surveys.answers import Answer
from tests.transcripts import player
from tests.transcripts.reading import Transcript, transcripts

TRANSCRIPTS = transcripts()
IN_SEVERAL_MODES = [each for each in TRANSCRIPTS if len(each.modes) > 1]
IN_WELSH = [each for each in TRANSCRIPTS if "welsh" in each.path.name]

OTHER_MODES: Mapping[str, Callable[[Transcript, Flask], Mapping[str, Answer]]] = {
    "web": player.on_the_web,
    "terminal": lambda transcript, _: player.in_a_terminal(transcript),
}


@pytest.mark.req("M8")
@pytest.mark.req("M15")
@pytest.mark.req("T8")
@pytest.mark.req("W15")
@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda each: each.path.stem)
def test_the_conversation_goes_as_it_is_written(transcript: Transcript, database_url: str) -> None:
    with player.by_text(transcript, database_url):
        pass


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("transcript", IN_SEVERAL_MODES, ids=lambda each: each.path.stem)
def test_the_same_replies_end_in_the_same_answers_in_every_mode(
    transcript: Transcript, database_url: str, app: Flask
) -> None:
    with player.by_text(transcript, database_url) as exchange:
        by_text = exchange.answers()
    for mode in transcript.modes:
        if mode != "text":
            assert OTHER_MODES[mode](transcript, app) == by_text, mode


@pytest.mark.req("C9")
def test_there_are_conversations_in_welsh() -> None:
    assert len(IN_WELSH) >= 3


def test_there_is_a_transcript_for_each_mode() -> None:
    assert {mode for each in IN_SEVERAL_MODES for mode in each.modes} == {"text", "web", "terminal"}
