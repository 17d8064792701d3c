"""Signed links to a perspective, for as long as there is no signing in."""

from itsdangerous import BadSignature, URLSafeSerializer

SALT = "perspective"


def perspective_path(secret_key: str, slug: str) -> str:
    """The path of the inspection's perspective; only who holds the key can make it."""
    return f"/perspective/{URLSafeSerializer(secret_key, SALT).dumps(slug)}"


def slug_in(secret_key: str, token: str) -> str | None:
    """The inspection that the link is for; none where it was not made with this key."""
    try:
        return str(URLSafeSerializer(secret_key, SALT).loads(token))
    except BadSignature:
        return None
