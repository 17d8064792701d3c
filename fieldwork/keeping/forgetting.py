"""Deleting all that is kept no longer, row by row of the table, in one transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from fieldwork import jobs
from fieldwork.keeping import expiring, retention
from fieldwork.office import audit
from fieldwork.retention_table import Row, kept


def forget_what_is_due(session: Session, now: datetime) -> dict[Row, int]:
    """Delete what is due of every row of the table; how much of each, where that can be counted.

    Run again, it deletes nothing more. What others do meanwhile waits, or goes first.
    """
    forgotten = retention.forget_unsent(session, now)
    counts: dict[Row, int] = {
        "unsent": forgotten.drafts,
        "codes": forgotten.codes,
        "networks": forgotten.networks,
        "contacts": forgotten.contacts,
        "keys": forgotten.keys,
        "files": jobs.forget(session, now),
        "responses": expiring.forget_responses(session, (now - kept("responses").period).date()),
        "concerns": expiring.forget_concerns(session, now - kept("concerns").period),
        "sign_in": expiring.forget_failures(session, now - kept("sign_in").period),
        "audit": audit.forget(session, now - kept("audit").period),
    }
    session.flush()
    return counts
