"""The worker of the office, for tests: it runs what was asked for."""

from datetime import UTC, datetime

from fieldwork import job_runs, jobs
from fieldwork.job_runs import Outcome
from staff.jobs.kinds import KINDS
from tests.staff.desks import OfficeRoom


def worked(office: OfficeRoom) -> list[Outcome]:
    """What came of running all jobs that wait."""
    kinds = {name: kind.run for name, kind in KINDS.items()}
    with office.database.reading() as session:
        due = jobs.due(session, datetime.now(UTC))
    with office.office.app_context():
        return [job_runs.run(office.database, kinds, job_id) for job_id in due]
