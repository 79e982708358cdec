"""Many patients: the report keeps the list, their rows stand on pages beside it, and every link finds its page."""

import re
from urllib.parse import unquote

import pandas as pd
import pytest

from scripts.report.page import PATIENTS_A_PAGE, paged, pages
from tests.tables.small import bundle, case

MADE_WITH = '{"dahlia": "1", "contract": 2, "packages": {}}'
UNCHANGED: dict = {"accepted": {}, "sentences": [], "lead_before": "", "groups": [], "new": []}


@pytest.mark.parametrize(("cases", "files"), [(0, 0), (1, 0), (200, 0), (201, 2), (400, 2), (401, 3)])
def test_two_hundred_patients_a_page(cases, files):
    ids = [f"C{number}" for number in range(cases)]
    made = paged(ids)
    assert len(made) == files
    assert [case_id for part in made.values() for case_id in part] == (ids if files else [])


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    ids = [f"C-{number}" for number in range(PATIENTS_A_PAGE + 2)]
    place = {"source_id": "S1", "at_file": "a.csv"}
    made = bundle(
        [case(case_id) for case_id in ids],
        reported={
            "sources": [{"source_id": "S1", "citation": "A 2020", "doi": "10.1/not-one"}],
            "courses": [{"case_id": case_id, "course": "1", "drug": "<i>drug</i>", **place} for case_id in ids],
        },
        found=[{"finding": "F1", "case_id": ids[-1], "severity": "warning", "action": "warn"}],
    )
    made.books["populations"] = pd.DataFrame({"population": "P1", "case_id": ids})
    empty = tmp_path_factory.mktemp("empty")
    (empty / "data_quality.html").write_text("<figure><table><tr><th>F1</th><td>C-201</td></tr></table></figure>")
    (empty / "line_listing.csv").write_text("Case,Outcome\nC-0,recovered\nC-201,died\n")
    return dict(pages(made, [], empty, empty, MADE_WITH, UNCHANGED))


def test_every_link_finds_its_page_and_part(many):
    assert list(many) == ["report.html", "patients/patients-001.html", "patients/patients-002.html"]
    ids = {file: set(re.findall(r'id="([^"]+)"', text)) for file, text in many.items()}
    for file, text in many.items():
        for link in re.findall(r'href="([^"]+)"', text):
            path, _, part = link.partition("#")
            target = path.removeprefix("../") or file
            assert not part or unquote(part) in ids[target], (file, link)
    assert 'href="patients/patients-002.html#case-C-201"' in many["report.html"]


def test_the_words_of_a_reviewer_are_no_markup(tmp_path):
    review = {"who": "<i>A</i>", "when": "2026-01-31", "remark": "<b>x</b>"}
    made = bundle([case("C-1")])
    made.books["populations"] = pd.DataFrame({"population": [], "case_id": []})
    page = dict(
        pages(made, [], tmp_path, tmp_path, MADE_WITH, UNCHANGED | {"accepted": review, "sentences": ["<u>s</u>"]})
    )
    assert "by &lt;i&gt;A&lt;/i&gt; (“&lt;b&gt;x&lt;/b&gt;”)" in page["report.html"]
    assert "<u>s" not in page["report.html"]


def test_the_rows_of_patients_stand_on_their_pages_and_are_no_markup(many):
    assert "<i>drug" not in "".join(many.values())
    assert [text.count("&lt;i&gt;drug&lt;/i&gt;") for text in many.values()] == [0, PATIENTS_A_PAGE, 2]
