"""Every number of the headline set has its row on the page, with its method, its n and its cases."""

import re
from urllib.parse import unquote

import pandas as pd
from lxml import html

from scripts.report.numbers import MOST_CASES, numbers, populations
from scripts.report.patients import patients
from tests.tables.small import bundle, case, result, time

N = {"n": 3.0, "n_total": 4.0}


def test_a_row_goes_by_its_line_and_names_its_cases_once():
    results = pd.DataFrame(
        [
            result("onset", "known_by", set="other", value=9, **N),
            result("onset", "known_by", set="series_plus_new", endpoint="first_symptom", at=2.0, value=1, method="count",
                   population="P1", known_population="P2", counted_population="P2", **N),
            result("robustness", "x", value=1, **N),
            result("rechallenge", "limits", lower=0, upper=0.975, note="exact", **N),
        ]
    )  # fmt: skip
    results["line"] = range(2, 6)
    groups = {group["heading"]: group["rows"] for group in numbers(results)}
    assert groups == {
        "Onset": [{"line": 3, "what": "first symptom, known by, at 2 study day", "number": "1", "of": "3 of 4",
                   "how": "count", "populations": "P1 P2"}],
        "Rechallenge": [{"line": 5, "what": "limits", "number": "0 to 0.975", "of": "3 of 4", "how": "exact",
                         "populations": ""}],
    }  # fmt: skip


def test_a_row_that_is_quoted_is_shown_whatever_its_analysis_and_set():
    results = pd.DataFrame(
        [result("onset", "known_by", set="other", value=9, **N), result("robustness", "x", value=1, **N)]
    )
    groups = numbers(results.assign(line=[2, 3]), {2, 3})
    assert [[row["what"] for row in group["rows"]] for group in groups] == [["known by, other"], ["x"]]


def test_a_long_list_of_cases_says_how_many_more_there_are():
    book = pd.DataFrame({"population": ["P1"] * (MOST_CASES + 3) + ["P2"], "case_id": "C"})
    assert [(entry["name"], len(entry["cases"]), entry["more"]) for entry in populations(book, {"P1"})] == [
        ("P1", MOST_CASES, 3)
    ]


def test_a_patient_comes_with_conclusions_times_rows_and_marks():
    place = {"at_file": "courses.csv", "at_row": "4"}
    made = bundle(
        cases=[case("C1", vital="alive", vital_basis="outcome recovered"), case("C2")],
        times=[time("C1", "first_symptom", 1, 2), time("C1", "diagnosis", 0, 9, state="unknown")],
        reported={
            "courses": [
                {"case_id": "C1", "course": "1", "drug": "drug", "source_id": "S1", "locator": "p. 3", **place}
            ],
            "provenance": [
                {"table": "courses", "key": "C1;1", "column": "drug", "words": "the drug", "status": "derived"}
            ],
        },
        found=[{"finding": "F7", "file": "courses.csv", "row": 4}],
    )
    (patient,) = patients(made, {"C1"})
    assert {"label": "Vital status", "value": "known alive at last report", "basis": "outcome recovered"} in patient[
        "concluded"
    ]
    assert patient["times"] == ["first symptom, from first dose: study day 2"]
    (row,) = patient["rows"]
    assert (row["table"], row["key"], row["source"], row["locator"], row["marks"]) == (
        "courses",
        "1",
        "S1",
        "p. 3",
        ["F7"],
    )
    assert row["said"] == ["drug: derived, “the drug”"]
    assert row["place"] == "courses.csv, row 4"
    assert [value for _, value in row["cells"]] == ["1", "drug"]


def test_a_headline_leads_to_its_rows_these_to_their_cases_and_each_case_to_its_source(default_run):
    page = html.parse(default_run.home / "results/alemtuzumab-dah/report.html").getroot()

    def target(link):
        return page.get_element_by_id(unquote(link.get("href")[1:]))

    (told,) = [dt.getnext() for dt in page.iter("dt") if dt.text == "first symptom, all patients"]
    assert "known 12, possible 15 of 15" in told.text_content()
    rows = [target(link) for link in told.iter("a")]
    (known,) = [row for row in rows if "known by, at 4" in row.text_content()]
    assert [cell.text for cell in known[1:4]] == [
        "first symptom, first dose, all, known by, at 4 study day",
        "12",
        "15 of 15",
    ]
    cases = [list(target(link).getnext().iter("a")) for link in known.iter("a")]
    assert {len(each) for each in cases} == {12, 15}
    patient = next(target(link) for each in cases for link in each if link.text == "ZHAO-2025")
    sources = {target(link).getnext().text_content() for link in patient.iter("a") if link.text == "ZHAO2025"}
    assert ["Successful alemtuzumab retreatment" in source for source in sources] == [True]


OF_RESULTS = ("characteristics", "times", "rechallenge", "sensitivity")
"""Tables whose cells are results; the others show cases, records and findings."""


def test_a_number_in_a_table_leads_to_its_row_of_results(default_run):
    page = html.parse(default_run.home / "results/alemtuzumab-dah/report.html").getroot()
    numbers_of = {row.get("id"): row[2].text_content() for row in page.xpath("//tr[starts-with(@id, 'row-')]")}
    for table in OF_RESULTS:
        (figure,) = page.xpath(f"//figure[@id='table-{table}']")
        links = figure.xpath(".//a[@class='number']")
        assert len(links) > 60, table
        assert {link.get("href")[1:] for link in links} <= set(numbers_of), table
    counted = [
        link for link in page.xpath("//figure[@id='table-characteristics']//a[@class='number']") if "%" in link.text
    ]
    assert len(counted) >= 20
    for link in counted:
        assert link.text.split()[0] == numbers_of[link.get("href")[1:]].split()[0], link.text
    (by_day,) = page.xpath("//figure[@id='table-times']//tbody[1]/tr[1]//td[.//br and contains(., 'by study day 2')]")
    told = [(link.text, numbers_of[link.get("href")[1:]]) for link in by_day.iter("a")]
    assert told == [
        ("by study day 2: 1 to 15 of 15 (0.002 to 1)", "1"),
        ("by study day 4: 12 to 15 of 15 (0.519 to 1)", "12"),
    ]


def test_a_figure_and_each_first_sentence_lead_to_their_rows(default_run):
    page = html.parse(default_run.home / "results/alemtuzumab-dah/report.html").getroot()
    for figure, printed_number in (
        ("onset", "12"),
        ("symptoms", "11"),
        ("case_flow", "25"),
        ("rechallenge_flow", "15"),
        ("influence", "0.8"),
    ):
        rows = [link.get("href")[1:] for link in page.xpath(f"//figure[@id='figure-{figure}']/figcaption//span//a")]
        assert printed_number in [page.get_element_by_id(row)[2].text for row in rows], figure
    behind = [link.get("href")[1:] for link in page.xpath("//p[@class='lead']/sup/a")]
    assert behind == [
        f"numbers-{matter}" for matter in ("characteristics", "onset", "death", "resolution", "rechallenge")
    ]
    assert all(page.get_element_by_id(target).xpath(".//tr[@id]") for target in behind)


def test_every_other_number_of_the_text_leads_to_its_rows_or_patients(default_run):
    """Headlines, warnings, and what a patient is compared by; a figure without results, and a group, to the patients."""
    page = html.parse(default_run.home / "results/alemtuzumab-dah/report.html").getroot()

    def behind(path):
        return [page.get_element_by_id(unquote(link.get("href")[1:])) for link in page.xpath(f"{path}//a")]

    told = {dt.text: dt.getnext() for dt in page.xpath("//dl[@class='headlines']/dt")}
    assert [name for name, dd in told.items() if re.search(r"\d", dd.text or "") and not len(dd)] == []
    (inside,) = behind("//dl[@class='headlines']/dt[starts-with(., 'reports of patients')]/following-sibling::dd[1]")
    assert [cell.text for cell in inside[1:4]] == ["counted inside", "3", "25 of 25"]
    warnings = page.xpath("//h3[.='Read with care']/following-sibling::ul[1]/li[contains(., 'decides the curve')]")
    assert [bool(each.xpath("./span[@class='rows']/a")) for each in warnings] == [True, True]
    moved = behind("//details[@id='case-ZHAO-2025']/h4/following-sibling::p[1]/span[last()]")
    assert {row[1].text.partition(", all, ")[2] for row in moved} >= {"without case, ZHAO-2025: known by 2"}
    assert {row[2].text for row in moved} >= {"0", "0.067", "0.786", "0.8"}
    assert [part.get("id") for part in behind("//figure[@id='figure-swimmer']/figcaption/span")] == ["one-by-one"]
    (group,) = behind("//figure[@id='table-patients']//tbody/tr[1]/th")
    assert len(group.getnext().findall("a")) == 14
    (record,) = {
        part.get("id") for part in behind("//figure[@id='table-data_quality']//tr[contains(., 'BAYAS-2020')]")
    } & {"record-BAYAS-2020"}
    assert page.get_element_by_id(record).text == "BAYAS-2020"
