"""Access codes that can be typed, links that cannot be guessed, and the fingerprints that are kept in their place."""

import hashlib
import hmac
import re
import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RANDOM_SYMBOLS = 11
SHOWN_IN = 4
LONGEST_TYPED = 100
LINK_BYTES = 20

_PLACE = {symbol: place for place, symbol in enumerate(ALPHABET)}
_WEIGHTS = range(RANDOM_SYMBOLS + 1, 0, -1)  # all different and none zero modulo 31, which is prime

# Rude or hurtful in English or Welsh, as far as the alphabet can write it. Children read codes aloud.
RUDE = """
    ANUS ARSE ASS BASTARD BUGGER BUM BYGYR CACA CACH CNUCH CRAP CUM CUNT DAMN DEAD DUMB DYKE FAG FANNY FART
    FAT FCK FFS FFWC FFYC FUC FUK GASH GAY GYP HANG HWCH HWREN JAP JEW KAFF KKK KYS MUFF NARK NAZ NEGR NUNS
    PAED PAK PEE PERV PRAT PUBE PUSSY QUEER RAPE RHECH SCUM SEX SHAG SKANK SPAZ SPERM SPUNK STAB STFU SUCK
    TARD TART THUG TRAMP TURD TWAT TWP UFFERN VAG WANC WANK WTF XXX
"""
_LOOKS_LIKE = str.maketrans("23456789V", "ZEASGTBGU")


def new_code() -> str:
    """A fresh code as it is shown: `ABCD-EFGH-JKLM`."""
    while True:
        symbols = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_SYMBOLS))
        code = symbols + _check_symbol(symbols)
        if not is_rude(code):
            return "-".join(code[start : start + SHOWN_IN] for start in range(0, len(code), SHOWN_IN))


def well_formed(typed: str) -> str | None:
    """The twelve symbols of the code that was typed, however it was typed; none where no code looks like that."""
    if len(typed) > LONGEST_TYPED:
        return None
    wide = unicodedata.normalize("NFKC", typed).upper()
    symbols = "".join(symbol for symbol in wide if not _only_parts(symbol))
    if len(symbols) != len(_WEIGHTS) or not set(symbols) <= _PLACE.keys() or _weighed(symbols):
        return None
    return symbols


def new_link_token() -> str:
    """A fresh secret for a link."""
    return secrets.token_urlsafe(LINK_BYTES)


def fingerprint(secret: str, pepper: bytes) -> str:
    """What is kept of a code or a link: nobody gets back from it without the pepper."""
    if not pepper:
        raise ValueError("without a pepper anybody could find the code for a fingerprint")
    return hmac.new(pepper, secret.encode(errors="replace"), hashlib.sha256).hexdigest()


def is_rude(code: str) -> bool:
    """True where some part of the code reads like a rude word, digits and V taken for the letters they look like."""
    return _RUDE.search(code.replace("-", "").translate(_LOOKS_LIKE)) is not None


def _only_parts(symbol: str) -> bool:
    return symbol.isspace() or unicodedata.category(symbol) in {"Pd", "Cf"} or symbol in "-_.·−"


def _weighed(symbols: str) -> int:
    return sum(weight * _PLACE[symbol] for weight, symbol in zip(_WEIGHTS, symbols, strict=False)) % len(ALPHABET)


def _check_symbol(symbols: str) -> str:
    return ALPHABET[-_weighed(symbols) % len(ALPHABET)]


_RUDE = re.compile("|".join(word.translate(_LOOKS_LIKE) for word in RUDE.split()))
