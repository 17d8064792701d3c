import threading

import pytest

from telephone import errands
from telephone.errands import Errands, TooBusy


@pytest.fixture
def running() -> Errands:
    return Errands(2)


def test_what_is_later_waits_for_its_time(running: Errands) -> None:
    done: list[str] = []
    running.do(lambda: done.append("last"), 0.2)
    running.do(lambda: done.append("second"), 0.1)
    running.do(lambda: done.append("first"))
    assert running.wait_quiet(5)
    assert done == ["first", "second", "last"]


def test_one_that_fails_stops_no_other(running: Errands, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    running.do(done.pop)
    assert running.wait_quiet(5)
    running.do(lambda: done.append("done"))
    assert running.wait_quiet(5)
    assert done == ["done"]
    assert "An errand failed" in caplog.text


def test_quiet_is_waited_for_but_not_for_ever(running: Errands) -> None:
    end = threading.Event()
    running.do(lambda: end.wait(5))
    assert not running.wait_quiet(0.05)
    end.set()
    assert running.wait_quiet(5)


def test_no_more_is_taken_than_can_wait(running: Errands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errands, "MOST_WAITING", 3)
    for _ in range(3):
        running.do(lambda: None, 60)
    with pytest.raises(TooBusy):
        running.do(lambda: None)
    running.close()


def test_after_the_end_nothing_runs(running: Errands) -> None:
    done: list[str] = []
    running.do(lambda: done.append("late"), 0.1)
    running.close()
    running.do(lambda: done.append("after"))
    running.pause(60)  # ends at once
    assert done == []
