"""Every reported value of a patient stands on the page as printed (definitions: properties)."""

import html
import re

import pytest

from schemas.fields import NO_VALUE
from schemas.reported import TABLES

AS_PRINTED = ("text", "number", "whole", "date")
"""Kinds of cells; codes, origins and reasons for missing stand there in words."""


@pytest.fixture(params=["default_run", "invented_run"])
def run(request):
    return request.getfixturevalue(request.param)


def test_every_reported_value_of_a_patient_stands_on_the_page(run):
    page = (run.home / "results" / run.series / "report.html").read_text(encoding="utf-8")
    shown = html.unescape(re.sub(r"<[^>]+>", " ", page))
    lost, seen = [], 0
    for table_name in (table_name for table_name, table in TABLES.items() if "case_id" in table.columns):
        rows = run.processed(f"series/{table_name}.csv")
        for column, schema in TABLES[table_name].columns.items():
            if schema.metadata["kind"] in AS_PRINTED:
                cells = set(rows[column]) - set(NO_VALUE)
                seen += len(cells)
                lost += [(table_name, column, cell) for cell in cells if cell not in shown]
    assert lost == []
    assert seen > 50
