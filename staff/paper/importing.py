"""What the worker does for this room: it takes in a file of responses that somebody has looked at and said yes to."""

import io

from fieldwork import waves
from fieldwork.database import Session
from fieldwork.faults import Refused
from fieldwork.job_runs import Made, Work
from fieldwork.office import audit
from fieldwork.returns.response_file import ResponseFile
from staff.here import keys, now
from staff.paper.places import pepper


def import_responses(work: Work) -> Made:
    """Look through the file once more, then keep all that is in it together with the job's end, or nothing of it."""
    content, wave_name = work.given or b"", work.arguments["wave_name"]
    twice_all, heard = 2 * (content.count(b"\n") + 1), 0

    def hear(_: bytes) -> None:
        nonlocal heard
        heard += 1
        work.progress(heard, max(heard, twice_all))

    with work.database.reading() as session:
        asks = waves.asked_in(session, waves.find_wave(session, wave_name).id).questionnaire
    file = ResponseFile(io.BytesIO(content), asks, work.arguments["encoding"], hear)
    if list(file.problems()):
        raise Refused("The file", "does not fit what is asked any more.", "Upload it again to see where.")

    def keep(session: Session) -> str:
        wave = waves.find_wave(session, wave_name)
        imported = file.add_to(session, wave, pepper(), now(), keys())
        about = f"{wave_name}: {imported.added} responses"
        audit.record(session, "imported_responses", work.who, inspection_id=work.inspection_id, about=about)
        return f"Responses added: {imported.added:,}. There already: {imported.already_there:,}."

    return Made(keep=keep)
