"""The page of requirements is what it is generated from: words of the README, tests that exist, every rule."""

import re

import pytest

from tests import requirements
from tests.requirements import REPOSITORY, held_by, promises, rules


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def readme():
    return plain((REPOSITORY / "README.md").read_text(encoding="utf-8"))


def test_the_page_is_in_step():
    assert requirements.PAGE.read_text(encoding="utf-8") == requirements.page(), "make requirements"


def test_every_promise_stands_in_the_readme_and_its_tests_exist(readme):
    assert [words for words in promises() if plain(words) not in readme] == []
    assert [test for tests in promises().values() for test in tests if not requirements.is_there(test)] == []
    assert all(promises().values())


def test_every_rule_is_held_by_a_test():
    assert [code for code in rules() if not held_by(code)] == []
    assert [test for code in rules() for test in held_by(code) if not requirements.is_there(test)] == []


def test_a_test_that_is_not_there_is_noticed():
    assert not requirements.is_there("tests/test_nothing.py")
    assert not requirements.is_there("tests/house/test_requirements.py::test_nothing")
