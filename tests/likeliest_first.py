"""A plugin of pytest for `make mutants`: the tests named like the faulty module first, and each test on its own.

mutmut asks for the tests that call the function in no order, most functions of derive are called by every test, and the
first that fails is the last. It asks in processes forked from one in which every test has passed: what the tests of a
file share would be what the sound code answered.
"""

import os
import re

import pytest

from tests.decisions import line


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    module = os.environ.get("MUTANT_UNDER_TEST", "").partition(".x_")[0]
    items.sort(key=lambda item: (not _named_like(item.path.stem, module), item.nodeid))


def _named_like(test: str, module: str) -> bool:
    """Whether a word of the name of the test's file stands in the module's: test_exposures is of derive/exposure.py."""
    return any(word.rstrip("s") in module for word in re.split("_", test.removeprefix("test_")) if len(word) > 4)


def pytest_runtest_setup() -> None:
    line.forget()
