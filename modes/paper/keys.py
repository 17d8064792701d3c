"""One key for each category: printed beside its box, pressed by whoever keys the booklet. 1 to 9, then letters."""

KEYS = "123456789abcdefghijklmnopqrstvwxyz"  # no 0, which is "no answer", and no u, which is "undo"


def key_of(place: int) -> str:
    """The key of the category in that place, from 0; empty for one so far down that no key is left.

    >>> key_of(0), key_of(9)
    ('1', 'a')
    """
    return KEYS[place] if place < len(KEYS) else ""
