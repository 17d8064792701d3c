"""The examples in the documentation of the reports are true."""

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import reports

MODULES = [each.name for each in walk_packages(reports.__path__, "reports.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    assert doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS).failed == 0


def test_there_are_examples() -> None:
    assert sum(doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS).attempted for name in MODULES) > 10
