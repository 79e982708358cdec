"""What is decided of a patient stands in every product alike: a hard series, run once through the whole line.

Two re-exposures, two event terms, a death of another cause, a message with two lines of the drug, an extract without dates,
a relapse within one exposure.
"""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from lxml import etree, html

from schemas.codes import crosswalk
from scripts.words.wording import coded, name
from tests.conftest import REPOSITORY, once
from tests.decisions import told_of_patients
from tests.documents import opened
from tests.validate.build import CASE, COURSE, EVENT, SOURCE, WHERE
from tests.whole_line import Line

MESSAGE = SOURCE | {"source_id": "M", "kind": "message", "extent_read": "structured"}
EXTRACT = SOURCE | {"source_id": "X", "kind": "database_listing", "extent_read": "structured"}
ENDED = {"end_basis": "clinical", "outcome": "recovered"}


def rows() -> dict[str, list[dict[str, str]]]:
    twice, terms, died, lines, coded_only, back = ({"case_id": f"H-{n}"} for n in range(1, 7))
    message, extract = lines | {"source_id": "M"}, coded_only | {"source_id": "X"}
    given = {"given_lower": "1", "given_upper": "1", "action_taken": "withdrawn", "indication": "itch"}
    return {
        "sources": [SOURCE, MESSAGE, EXTRACT],
        "cases": [CASE | ids for ids in (twice, terms, died, message, extract, back)],
        "reports": [WHERE | message | {"version": "1"}, WHERE | extract | {"version": "1", "serious_death": "yes"}],
        "courses": [
            *(COURSE | twice | given | {"course": str(n), "start_date": f"202{n}-01-01"} for n in (1, 2, 3)),
            COURSE | terms | {"action_taken": "withdrawn"}, COURSE | died | {"action_taken": "not_changed"},
            *(COURSE | message | {"course": str(n)} for n in (1, 2)), COURSE | extract, COURSE | back | given | {"start_date": "2021-01-01"},
        ],
        "reactions": [
            EVENT | twice | ENDED | {"onset_date": "2021-01-03", "end_date": "2021-01-10"},
            EVENT | twice | ENDED | {"reaction": "again", "course": "2", "onset_date": "2022-01-04", "end_date": "2022-01-10"},
            EVENT | twice | {"reaction": "absent", "course": "3", "occurred": "no"},
            EVENT | terms | {"outcome": "recovered"}, EVENT | terms | {"reaction": "worse", "outcome": "not_recovered"},
            EVENT | died | {"outcome": "recovered", "hospitalisation": "yes"},
            EVENT | message | {"course": "", "outcome": "fatal"}, EVENT | extract | {"course": ""},
            EVENT | back | ENDED | {"onset_date": "2021-01-03", "end_date": "2021-01-10"},
            EVENT | back | {"reaction": "again", "onset_date": "2021-02-03", "outcome": "not_recovered"},
        ],
        "tests": [WHERE | twice | {"result": "t", "test": "look", "course": "3", "reading": "shows_no_event"}],
        "deaths": [WHERE | died | {"relatedness": "unrelated"}],
        "assessments": [WHERE | extract | {"assessor": "report", "drug": "examplumab", "reaction": "rash",
                                           "rechallenge": "not_recurred"}],
    }  # fmt: skip


EXPECTED = {
    # case: vital, outcome, dechallenge, rechallenge as reported, strict, re-exposed
    "H-1": ("alive", "recovered", "positive", "recurred", "positive", "yes"),
    "H-2": ("alive", "not_recovered", "negative", "not_stated", "not_stated", "unknown"),
    "H-3": ("died_other", "recovered", "not_applicable", "not_stated", "not_stated", "unknown"),
    "H-4": ("died_of_event", "fatal", "not_assessable", "not_stated", "not_assessable", "not_assessable"),
    "H-5": ("died_relation_not_stated", "", "not_assessable", "unknown", "inconclusive", "yes"),
    "H-6": ("alive", "recovered", "positive", "not_stated", "not_stated", "unknown"),
}
"""Decided by hand (definitions: whether-alive, dechallenge, rechallenge); the products must say the same."""


@pytest.fixture(scope="session")
def done(tmp_path_factory) -> Line:
    def make(home: Path) -> Path:
        (home / "data").mkdir(parents=True)
        for table, table_rows in rows().items():
            columns = list(dict.fromkeys(column for row in table_rows for column in row))
            pd.DataFrame(table_rows, columns=columns).fillna("").to_csv(home / f"data/{table}.csv", index=False)
        shutil.copy(REPOSITORY / "tests/studies/invented/profile.yaml", home / "profile.yaml")
        (home / "study.yaml").write_text(
            "series: hard\nprofile: profile.yaml\ndata_lock: '2025-12-31'\n"
            "sources: [{name: data, format: csv, path: data}]\npolicy: {error: warn}\n"
            "documents: {write: [narratives, e2b_r3, cioms_i, cioms_ii_line_listing, prac_signal_summary]}\n",
            encoding="utf-8",
        )
        Line(home).run()
        return home

    return Line(once(tmp_path_factory, "hard-series", make))


def test_what_was_decided(done):
    patients = pd.read_csv(done.place.processed / "derived/patients.csv", dtype=str, keep_default_na=False)
    columns = ["vital", "outcome", "dechallenge", "rechallenge_reported", "rechallenge_event", "re_exposed"]
    assert {row["case_id"]: tuple(row[c] for c in columns) for row in patients.to_dict("records")} == EXPECTED


def words(case: str) -> dict[str, str]:
    vital, outcome, dechallenge, reported, strict, _ = EXPECTED[case]
    return {"vital": coded("vital", vital), "outcome": coded("outcome", outcome), "dechallenge": name(dechallenge),
            "reported": coded("rechallenge_reported", reported), "strict": strict}  # fmt: skip


@pytest.mark.parametrize("series", ["hard", "default", "invented"])
def test_every_product_tells_of_every_patient_what_was_decided(request, series):
    if series == "hard":
        place = request.getfixturevalue("done").place
        run = told_of_patients.Products(place.results, place.processed)
    else:
        kept = request.getfixturevalue(f"{series}_run")
        run = told_of_patients.Products(kept.home / "results" / kept.series, kept.home / "data/processed" / kept.series)
    facts = list(told_of_patients.every_fact(run))
    assert {case for case, *_ in facts} >= set(run.patients)
    assert [fact for *fact, agrees in facts if not agrees] == []


@pytest.mark.parametrize("case", EXPECTED)
def test_the_listing_says_so(done, case):
    table = pd.read_csv(done.place.results / "tables/line_listing.csv", dtype=str, keep_default_na=False)
    line, case_words = table[table["Case"].str.match(rf"{case}($|,| )")].iloc[0], words(case)
    assert case_words["vital"] in line["Alive at last report"]
    assert line["Outcome"].startswith(case_words["outcome"])
    assert coded("dechallenge_class", EXPECTED[case][2]) in line["Dechallenge"]
    assert case_words["reported"] in line["Rechallenge, as reported"]
    assert coded("rechallenge_class", case_words["strict"]) in line["Rechallenge, strict"]


@pytest.mark.parametrize("case", EXPECTED)
def test_narrative_form_and_table_for_authorities_say_so(done, case):
    documents, case_words = done.place.results / "documents", words(case)
    text = opened.docx_text(documents / "narratives.docx").split(f"{case}\n")[1].split("\nH-")[0]
    line = next(row for row in opened.xlsx(documents / "cioms_ii_line_listing.xlsx")["Line listing"] if row[0] == case)
    table = next(
        table for table in opened.docx_tables(documents / "prac_signal_summary.docx") if table[0][0] == "Case, source"
    )
    row = next(row for row in table if row[0].startswith(f"{case}\n"))
    for product in (text, " | ".join(map(str, line)), " | ".join(row)):
        assert case_words["vital"] in product
        assert case_words["dechallenge"] in product
        assert f"as reported: {case_words['reported']}" in product
        assert case_words["outcome"] in product


COLUMNS = {"Alive at last report": "vital", "Outcome": "outcome", "Rechallenge, as reported": "reported"}


def test_every_form_of_the_listing_says_so(done):
    """Page, workbook and document of the tables carry the cells of the CSV."""
    folder = done.place.results / "tables"
    page = html.fromstring((folder / "line_listing.html").read_bytes())
    sheets = [rows for sheet, rows in opened.xlsx(folder / "tables.xlsx").items() if "isting" in sheet]
    told = {
        "page": " | ".join(" ".join(cell.split()) for cell in page.itertext()),
        "workbook": " | ".join(str(cell) for rows in sheets for row in rows for cell in row),
        "document": " | ".join(
            cell for table in opened.docx_tables(folder / "tables.docx") for row in table for cell in row
        ),
    }
    for case in EXPECTED:
        for product, text in told.items():
            assert case in text, product
            for column in COLUMNS.values():
                assert words(case)[column] in text, (product, case, column)


@pytest.mark.parametrize("case", EXPECTED)
def test_the_table_of_patients_the_report_and_the_form_say_so(done, case):
    case_words, results = words(case), done.place.results
    rows = pd.read_csv(results / "tables/patients.csv", dtype=str, keep_default_na=False).set_index("Patient")
    assert rows.loc[case, "Outcome"].startswith(f"{case_words['outcome']}; {case_words['vital']}")
    assert rows.loc[case, "Given again, as reported"] == case_words["reported"]
    page = html.fromstring((results / "report.html").read_bytes()).get_element_by_id(f"case-{case}")
    told = " ".join(page.text_content().split())
    assert f"Vital status: {case_words['vital']}" in told
    assert f"Dechallenge: {case_words['dechallenge']}" in told
    assert f"Rechallenge, as reported: {case_words['reported']}" in told
    assert f"Rechallenge, strict: {coded('rechallenge_class', EXPECTED[case][4])}" in told
    form, _ = opened.pdf_text(results / f"documents/cioms_i/{case}.pdf")
    for fact in (f"Alive or dead: {case_words['vital']}", f"Dechallenge (derived): {case_words['dechallenge']}",
                 f"event as reported: {case_words['reported']}"):  # fmt: skip
        assert fact in form


def test_the_data_behind_figures_and_the_dataset_say_so(done):
    """Stages of the flow, the lanes of the death and the published rows are those of the patients."""
    flow = pd.read_csv(done.place.results / "figures/rechallenge_flow.csv").set_index(["case_id", "stage"])["state"]
    abated = {"positive": "yes", "negative": "no"}
    again = {"yes": "yes", "unknown": "not_known", "not_assessable": "not_known"}
    for case, (_, _, dechallenge, _, _, re_exposed) in EXPECTED.items():
        assert flow[case, "Drug stopped, event abated"] == abated.get(dechallenge, "not_applicable")
        assert flow[case, "Re-exposed"] == again[re_exposed]
    lanes = pd.read_csv(done.place.results / "figures/swimmer.csv")
    dead = set(lanes.loc[(lanes["panel"] == "resolution") & (lanes["what"] == "death"), "case_id"])
    assert dead == {case for case, (vital, *_) in EXPECTED.items() if vital.startswith("died")}
    ends = pd.read_csv(done.place.results / "figures/resolution.csv").dropna(subset=["case_id"])
    assert ends.set_index("case_id")["state"].to_dict() == {
        "H-1": "observed", "H-2": "not_resolved", "H-3": "unknown", "H-4": "died", "H-5": "unknown", "H-6": "observed"}  # fmt: skip
    published = pd.read_csv(done.place.results / "dataset/cases.csv", dtype=str, keep_default_na=False)
    columns = ["vital", "outcome", "dechallenge", "rechallenge_reported", "rechallenge_event", "re_exposed"]
    assert {row["case_id"]: tuple(row[c] for c in columns) for row in published.to_dict("records")} == EXPECTED


def test_index_onset_and_seriousness_are_one_everywhere(done):
    """The first case and the last began on study day 3, the third was in hospital; nobody else has either."""
    results = done.place.results
    listing = pd.read_csv(results / "tables/line_listing.csv", dtype=str, keep_default_na=False).set_index("Case")
    onset = next(column for column in listing if column.startswith("First symptom"))
    index = listing[~listing.index.str.contains("episode 2")]
    assert [str(told).startswith("3") for told in index[onset]] == [True, False, False, False, False, True]
    serious = next(column for column in listing if column.startswith("Serious"))
    assert ["hospitalisation" in told for told in index[serious]] == [False, False, True, False, False, False]
    bounds = pd.read_csv(results / "figures/onset.csv").dropna(subset=["case_id"]).set_index("case_id")
    assert bounds.loc[["H-1", "H-6"], ["lower", "upper"]].values.tolist() == [[2, 3], [2, 3]]
    assert (bounds.drop(index=["H-1", "H-6"])["state"] == "unknown").all()
    for case in EXPECTED:
        root = etree.parse(str(results / f"documents/e2b_r3/{case}.xml"))
        met = root.xpath("//*[local-name()='code'][@code='33']/following-sibling::*[local-name()='value']/@value")
        assert ("true" in met) is (case == "H-3")


@pytest.mark.parametrize("case", EXPECTED)
def test_the_message_carries_the_outcome_of_every_term(done, case):
    root = etree.parse(str(done.place.results / f"documents/e2b_r3/{case}.xml"))
    sent = root.xpath("//*[local-name()='code'][@code='27']/following-sibling::*[local-name()='value']/@code")
    terms = [row.get("outcome", "") for row in rows()["reactions"]
             if row["case_id"] == case and row["occurred"] == "yes"]  # fmt: skip
    assert sorted(sent) == sorted(crosswalk("outcome", "e2b_r3").get(outcome, "0") for outcome in terms)


def test_the_headlines_count_the_same_patients(done):
    told = pd.read_csv(done.place.results / "headlines.csv", dtype=str).set_index("headline")["shown"]
    assert told["alive or dead"] == (
        "known alive at last report 3 of 6, died 3 (of the event 1, of another cause 1, relation not stated 1), not known 0"
    )
    assert told["rechallenge ladder"] == (
        "cases 6 → survived the event 3 (no 1, not known 2) → stopped 3 (no 1, not known 2) → re-exposed 2 (no 0, not known 3) "
        "→ informative 1 → recurred 1"
    )
    assert told["recurred on re-exposure: event"].startswith(
        "re-exposed 2 (restarted before the end, apart: 0; not assessable: 1): recurred 1, reported not to have recurred 0 "
        "(strictly negative 0), not known 1 · as reported 1 of 1 (0.025 to 1), bounds 1 to 2 of 2"
    )
