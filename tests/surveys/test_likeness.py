"""Which themes may fit is suggested by shared words."""

from surveys.likeness import suggestions


def test_the_theme_that_shares_most_comes_first_with_the_words_it_shares() -> None:
    coded = {
        "listening": ["she listened", "they listened to everything"],
        "time": ["always late, never listened", "too late"],
        "food": ["pizza"],
    }
    found = suggestions("He was late and listened to nobody", coded)
    assert [(each.theme, each.shared) for each in found] == [
        ("listening", ("listened",)),
        ("time", ("late", "listened")),
    ] or [each.theme for each in found] == ["time", "listening"]


def test_small_words_and_words_that_everybody_says_tell_nothing() -> None:
    assert suggestions("they were very good with me", {"kind": ["they were very good"]}) == []
    everybody = {"a": ["the worker listened"] * 6, "b": ["my worker listened"] * 6}
    assert suggestions("worker listened", everybody) == []


def test_accents_and_capitals_make_no_difference() -> None:
    assert suggestions("GWRANDO ar bawb", {"listening": ["yn gwrándo"]})[0].shared == ("gwrando",)


def test_nothing_coded_suggests_nothing() -> None:
    assert suggestions("they listened", {}) == []
    assert suggestions("they listened", {"listening": []}) == []
