"""Queues of tasks: Huey on SQLite, Redis or PostgreSQL, by one address. A task only hurries what is in the database."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.serializer import SignedSerializer


def queue_at(url: str, secret: str, name: str) -> Huey:
    """The queue of that name, whose tasks are signed: a queue that others can write to runs nothing of theirs.

    Raises:
        ValueError: the address is none of a queue that we know.
    """
    signed: dict[str, Any] = {"serializer": SignedSerializer(secret=secret), "results": False, "utc": True}
    match urlsplit(url).scheme:
        case "sqlite":
            file = Path(url.removeprefix("sqlite:///"))
            file.parent.mkdir(parents=True, exist_ok=True)
            return SqliteHuey(name, filename=str(file), **signed)
        case "redis" | "rediss":
            return RedisHuey(name, url=url, **signed)
        case "postgresql":
            return PostgresHuey(name, dsn=url, **signed)
        case _:
            raise ValueError(
                "QUEUE_URL: write it like sqlite:////var/lib/perspective/queue.sqlite3, redis:// or postgresql://"
            )
