"""Which themes a comment may belong to, by words that it shares with comments already coded. A person decides."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from surveys.screening.words import words_of

Theme = TypeVar("Theme", bound=Hashable)
SHORTEST = 4  # letters of a word that can say what a comment is about
MOST_WORDS = 5  # that are shown
EVERYWHERE = 0.5  # a word that stands in more than this share of all coded comments tells nothing
_SAYS_NOTHING = frozenset(
    words_of(
        "about after again also always because been before being could didn didnt doesnt dont each even ever "
        "every from good  great have having help helped helps into it's just know like liked made make more most "
        "much never nice nothing only  other people really said should some something stuff than that thats their "
        "them then there they theyre thing things  this those time very want wanted were what when where which "
        "will with without work worked worker would yeah your  youre wedi roedd mewn dydyn doedd hynny maen eich "
        "iawn nhw gyda"
    )
)


@dataclass(frozen=True, slots=True)
class Suggestion(Generic[Theme]):
    """A theme, and the words that the comment shares with comments coded to it, the most telling first."""

    theme: Theme
    shared: tuple[str, ...]


def suggestions(comment: str, coded: Mapping[Theme, Iterable[str]]) -> list[Suggestion[Theme]]:
    """The themes that may fit, the likeliest first; `coded` has the comments of each theme.

    >>> suggestions("he listened to me", {"listening": ["she always listened"], "food": ["more pizza"]})
    [Suggestion(theme='listening', shared=('listened',))]
    """
    words = _telling(comment)
    used = {theme: [_telling(each) for each in comments] for theme, comments in coded.items()}
    everywhere = _everywhere([each for comments in used.values() for each in comments])
    weights = {
        theme: Counter(word for each in comments for word in each & words if word not in everywhere)
        for theme, comments in used.items()
    }
    in_order = sorted(weights.items(), key=lambda each: (-sum(each[1].values()), str(each[0])))
    return [
        Suggestion(theme, tuple(sorted(weight, key=lambda word: (-weight[word], word))[:MOST_WORDS]))
        for theme, weight in in_order
        if weight
    ]


def _telling(comment: str) -> set[str]:
    return {word for word in words_of(comment) if len(word) >= SHORTEST and word not in _SAYS_NOTHING}


def _everywhere(comments: list[set[str]]) -> set[str]:
    """Words of more than half of the comments; of few comments none can be said to be everywhere."""
    counted = Counter(word for each in comments for word in each)
    enough = len(comments) >= MOST_WORDS * 2
    return {word for word, times in counted.items() if enough and times > len(comments) * EVERYWHERE}
