"""How gunicorn serves the application: each value with its why.

Exposed directly (`./run`), one stalled phone must not hold up the others, so there are threads to spare. Behind a proxy
that buffers requests and responses (BEHIND_PROXY=1, docs/deployment.md), workers only ever see complete requests: one
synchronous worker a core is then the quickest.
"""

import gc
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger


class DiscreetLogger(Logger):
    """Says that a request went wrong and where, not whose it was: no address, no peer, nothing that was sent."""

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Log a warning; the one about a malformed request comes with its peer and its first line."""
        discreet = "A malformed request was refused" if msg.startswith("Invalid request") else msg
        super().warning(discreet, *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Log an error and where it happened; in a request, without its words: they may quote what was sent."""
        kind, _, place = sys.exc_info()
        if not msg.startswith("Error handling request") or kind is None:
            super().exception(msg, *args, **kwargs)
            return
        frames = "".join(traceback.format_tb(place))
        super().error("A request was not answered: %s\n%s", kind.__name__, frames)


cores = os.cpu_count() or 1
behind_proxy = os.environ.get("BEHIND_PROXY", "").strip().lower() in {"1", "true", "t", "yes", "y", "on"}

bind = os.environ.get("ADDRESS", "127.0.0.1:8000")
workers = int(os.environ.get("WORKERS") or (cores if behind_proxy else 2))
worker_class = "sync" if behind_proxy else "gthread"

# A phone that stalls holds a thread until the time-out: with 32 in all, 200 such phones stopped everybody else.
threads = 1 if behind_proxy else 128

# Who may say where a request came from: our own proxy, on this machine unless named. Without one, nobody.
forwarded_allow_ips = os.environ.get("PROXY_ADDRESSES", "127.0.0.1,::1") if behind_proxy else ""

# An address can carry a code, and a request's second can point at a person once it is laid beside an answer: so no
# access log. The application logs its own errors, under the names of routes.
accesslog = None
logger_class = DiscreetLogger
errorlog = "-"
loglevel = "warning"

# Our requests are small: the longest address is an invitation's, and a cookie stays under 4 kB.
limit_request_line = 2048
limit_request_fields = 50
limit_request_field_size = 8190

timeout = 30  # seconds for one page; a report of a whole year takes less than one
graceful_timeout = 20  # a new version waits for answers that are on their way
keepalive = 5  # the next question comes over the same connection, if it comes soon

# The application is loaded once, and a worker is a copy of it. When each loaded it for itself, for two seconds, both
# were at times renewed within those two, and nobody was served. Nothing may be open when it is copied: `app:serve`.
preload_app = True

# Memory that leaks over months does not gather; the jitter keeps most renewals apart, for a new copy is slow at first.
max_requests = 20_000
max_requests_jitter = 2_000


def when_ready(_: Any) -> None:
    """Tidy memory once, and count what was read at the start as there to stay.

    Word lists are a quarter of a million objects. While Python looked through them, for 0.15 s, nobody was served.
    """
    gc.collect()
    gc.freeze()


# A worker's heartbeat must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 -- made by gunicorn with a random name

# Else every instance of one user fights for ~/.gunicorn/gunicorn.ctl.
control_socket_disable = True
