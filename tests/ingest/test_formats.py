"""Every reader keeps its two-line contract: FORMAT for the help text, and read(path, **options)."""

import inspect
from importlib import import_module

import pytest

from scripts.ingest import formats


@pytest.mark.parametrize("form", formats())
def test_contract_of_a_reader(form):
    module = import_module(formats()[form])
    assert module.FORMAT
    assert "\n" not in module.FORMAT
    names = [one.kind for one in inspect.signature(module.read).parameters.values()]
    assert names == [inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.VAR_KEYWORD]


def test_the_formats_of_the_issue_are_all_there():
    wanted = {"e2b_r2", "e2b_r3", "eudravigilance_listing", "faers_ascii", "openfda"}
    assert wanted <= set(formats())
