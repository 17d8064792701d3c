"""Hold a message against the lists quickly: each word becomes a letter, each phrase a small pattern of letters.

Words that stand in the same steps share a letter. A phrase is tried only where its rarest word is in the message, so an
ordinary message costs little more than one look into a dictionary for each word.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from surveys.screening.lists import WordList
from surveys.screening.phrases import WORDS_IN_A_GAP, Step, Vocabulary
from surveys.screening.words import ENDS, guesses, misspellings

_UNKNOWN = "_"
_END = "."
_FIRST_LETTER = 0xE000  # letters for private use: nobody types them, and no pattern gives them a meaning

_Anchored = Mapping[str, list[tuple[str, re.Pattern[str]]]]


class Matcher:
    """The lists, made ready once."""

    def __init__(self, lists: Sequence[WordList]) -> None:
        """Give each word its letter in each list, and each phrase its pattern."""
        self._lists = [_ReadyList(words) for words in lists]
        known = {word for each in self._lists for word in each.known}
        slips = {slip for each in self._lists for slip in each.slips}
        told = {word: tuple(each.known.get(word, _UNKNOWN) for each in self._lists) for word in known}
        self._guessable = {word: letters for word, letters in told.items() if "" not in letters}
        self._letters = {word: tuple(each.letter(word) for each in self._lists) for word in known | slips}
        self._letters |= dict.fromkeys(ENDS, (_END,) * len(self._lists))
        self._unknown = (_UNKNOWN,) * len(self._lists)

    def topics_in(self, words: Iterable[str]) -> set[str]:
        """The topics of which a list has a phrase that is in the words; ends of sentences stand among them."""
        letters_of = self._letters.get
        rows = [letters if (letters := letters_of(word)) is not None else self._guessed(word) for word in words]
        found: set[str] = set()
        for ready, letters in zip(self._lists, zip(*rows, strict=True), strict=False):
            found |= ready.topics_in("".join(letters))
        return found

    def _guessed(self, word: str) -> tuple[str, ...]:
        """The letters of what an unknown word may be: no slip of a slip, and no word that is left out."""
        return next((self._guessable[each] for each in guesses(word) if each in self._guessable), self._unknown)


class _ReadyList:
    """One list: its letters, and its patterns under their anchors."""

    def __init__(self, words: WordList) -> None:
        by_topic = [(topic, steps) for topic, phrases in words.topics.items() for steps in phrases]
        harmless = [("harmless", steps) for steps in words.harmless]
        phrases = [steps for _, steps in by_topic + harmless]
        letters = _letters(phrases)
        busy = Counter(word for steps in phrases for step in steps for word in step.words)
        self.known = _of_every_word(letters, words.vocabulary)
        self.slips = {slip: self.known[word] for word in sorted(self.known) for slip in sorted(misspellings(word))}
        self._every_topic = set(words.topics)
        self._topics = _by_anchor(by_topic, letters, busy)
        self._harmless = _by_anchor(harmless, letters, busy)

    def letter(self, word: str) -> str:
        return self.known.get(word, self.slips.get(word, _UNKNOWN))

    def topics_in(self, letters: str) -> set[str]:
        """A topic's phrase may go over the end of a sentence, for many people type none; a harmless one may not."""
        found = self._found_in(letters.replace(_END, ""), self._every_topic)
        passed = self._harmless_places(letters) if found else ()
        if not passed:
            return found
        left = "".join(_UNKNOWN if place in passed else each for place, each in enumerate(letters))
        return self._found_in(left.replace(_END, ""), found)

    def _found_in(self, letters: str, looked_for: set[str]) -> set[str]:
        missing = set(looked_for)
        for topic, pattern in _at(self._topics, letters):
            if topic in missing and pattern.search(letters):
                missing.remove(topic)
        return looked_for - missing

    def _harmless_places(self, letters: str) -> set[int]:
        """Where the words of harmless phrases stand; what stands in their gaps is not passed over."""
        return {
            place
            for _, pattern in _at(self._harmless, letters)
            for match in pattern.finditer(letters)
            for group in range(1, pattern.groups + 1)
            for place in range(*match.span(group))
        }


def _at(patterns: _Anchored, letters: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns whose anchor is among the letters."""
    for letter in set(letters):
        yield from patterns.get(letter, ())


def _letters(phrases: Iterable[tuple[Step, ...]]) -> dict[str, str]:
    """A letter for each word; two words that stand in the same steps have the same one."""
    standing: defaultdict[str, list[int]] = defaultdict(list)
    for number, words in enumerate({step.words for steps in phrases for step in steps}):
        for word in words:
            standing[word].append(number)
    letter_of: dict[tuple[int, ...], str] = {}
    return {
        word: letter_of.setdefault(tuple(numbers), chr(_FIRST_LETTER + len(letter_of)))
        for word, numbers in standing.items()
    }


def _of_every_word(letters: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    """The letter of each word that the list knows, whichever way it is read; no letter at all for what is left out."""
    read_as_another = {word: letters.get(reading, _UNKNOWN) for word, reading in vocabulary.same.items()}
    return dict(letters) | read_as_another | dict.fromkeys(vocabulary.skipped, "")


def _by_anchor(
    phrases: Iterable[tuple[str, tuple[Step, ...]]], letters: Mapping[str, str], busy: Mapping[str, int]
) -> _Anchored:
    """Each phrase's pattern under the letters of the step whose words stand in the fewest phrases: the rarest words."""
    found: defaultdict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
    for topic, steps in phrases:
        pattern = re.compile("".join(_pattern(step, letters) for step in steps))
        must_be_there = [step.words for step in steps if not step.optional]
        anchor = min(must_be_there, key=lambda words: max(busy[word] for word in words))
        for letter in {letters[word] for word in anchor}:
            found[letter].append((topic, pattern))
    return found


def _pattern(step: Step, letters: Mapping[str, str]) -> str:
    any_of = "".join(sorted({letters[word] for word in step.words}))
    gap = f"[^{_END}]{{0,{WORDS_IN_A_GAP}}}?" if step.after_gap else ""
    return f"{gap}([{any_of}])" + ("?" if step.optional else "")
