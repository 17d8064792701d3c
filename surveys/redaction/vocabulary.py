"""The lists of words that the rules go by: words.toml."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

WORDS: Mapping[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8")).items()
}
