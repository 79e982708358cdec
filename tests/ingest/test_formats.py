"""Every reader keeps its contract: FORMAT for the help text, its Options, and read(path, **options)."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest

from schemas.column_map import ColumnMap
from scripts.commands.messages import UserError
from scripts.commands.reading import option_faults, read
from scripts.ingest import formats

OF_REPORTS = ["drugs", "terms", "roles", "period", "deleted", "case_ids", "source_id"]


@pytest.mark.parametrize("form", formats())
def test_contract_of_a_reader(form):
    module = import_module(formats()[form])
    assert module.FORMAT
    assert "\n" not in module.FORMAT
    names = [parameter.kind for parameter in inspect.signature(module.read).parameters.values()]
    assert names == [inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.VAR_KEYWORD]


def test_the_formats_of_the_issue_are_all_there():
    wanted = {"e2b_r2", "e2b_r3", "eudravigilance_listing", "faers_ascii", "openfda"}
    assert wanted <= set(formats())


@pytest.mark.parametrize("form", formats())
def test_every_format_declares_its_options_with_a_description_each(form):
    options = import_module(formats()[form]).Options
    others = {"csv": [], "xlsx": [], "table": [*ColumnMap.model_fields, "map"]}
    assert list(options.model_fields) == others.get(form, OF_REPORTS)
    assert all(field.description for field in options.model_fields.values())


@pytest.mark.parametrize(
    ("form", "options", "said"),
    [
        ("faers_ascii", {}, []),
        ("faers_ascii", {"drugs": "x", "terms": [10012345], "period": [2017, "2017-06"], "deleted": [], "roles": ["concomitant"]}, []),
        ("e2b_r3", {"period": ["2017-04-01", "2017"]}, []),
        ("faers_ascii", {"perod": ["2017", "2018"]},
         ["perod: there is no such option. Did you mean 'period'? There are: drugs, terms, roles, period, deleted, case_ids, source_id."]),
        ("csv", {"drugs": ["x"]}, ["drugs: there is no such option. The format csv has none."]),
        ("openfda", {"period": "2017"},
         ["period: a pair of days is wanted, from and to, for example [2012-10, 2024-12] (found '2017')"]),
        ("openfda", {"period": ["2017-13", "2018"]},
         ["period: '2017-13' is no day, month or year. Write it as 2024-12-31, 2024-12 or 2024 (found '['2017-13', '2018']')"]),
        ("openfda", {"period": ["2018-02", "2018-01-31"]},
         ["period: the period ends before it starts (found '['2018-02', '2018-01-31']')"]),
        ("openfda", {"drugs": None, "terms": [" "], "source_id": 5},
         ["drugs: a text is wanted, or a list of texts, none of them blank. Leave the option out to ask nothing (found 'None')",
          "terms: a text is wanted, or a list of texts, none of them blank. Leave the option out to ask nothing (found '[' ']')",
          "source_id: Input should be a valid string (found '5')"]),
        ("e2b_r2", {"roles": ["suspct"]},
         ["roles: 'suspct': there is no such role. Did you mean 'suspect'? There are: suspect, concomitant, "
          "interacting, not_administered. (found '['suspct']')"]),
        ("fears_ascii", {},
         ["format: fears_ascii: there is no such format. Did you mean 'faers_ascii'? There are: "
          "csv, e2b_r2, e2b_r3, eudravigilance_listing, faers_ascii, jader, openfda, table, vaers, xlsx."]),
    ],
)  # fmt: skip
def test_what_a_format_does_not_have_is_named(form, options, said):
    assert option_faults(form, options) == said


def test_options_are_judged_before_anything_is_read():
    with pytest.raises(UserError, match=r"^nowhere\.zip: perod: there is no such option"):
        read("faers_ascii", Path("nowhere.zip"), perod=["2017", "2018"])
