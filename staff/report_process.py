"""Reports run in a process of their own: workers that serve respondents never load pandas, nor wait for a report."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

LONGEST = 60.0
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@cache
def _process() -> ProcessPoolExecutor:
    # Spawned, not forked: a fork would share the worker's database connections.
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))


def in_report_process(work: Callable[Arguments, Result], *given: Arguments.args, **named: Arguments.kwargs) -> Result:
    """What the work returns, done in this worker's report process; started anew where it had died.

    Raises:
        TimeoutError: the work took longer than a minute.
    """
    try:
        return _process().submit(work, *given, **named).result(timeout=LONGEST)
    except BrokenProcessPool:
        _process.cache_clear()
        return _process().submit(work, *given, **named).result(timeout=LONGEST)
