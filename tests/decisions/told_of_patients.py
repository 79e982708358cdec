"""What every product of a finished run tells of its patients, beside what `derive` decided: for tests of agreement."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from lxml import etree, html

from schemas.codes import SERIOUSNESS, crosswalk
from schemas.codes import rows as listed
from scripts.words.times import of_case
from scripts.words.wording import NOTHING, coded, name
from tests.documents import opened

Told = tuple[str, str, str, bool]
"""Patient, product, fact, and whether the product tells the fact as decided."""
OF_THE_LISTING = ["Alive at last report", "Outcome", "Dechallenge", "Rechallenge, as reported", "Serious"]
DEAD_OR_ALIVE = [
    "vital",
    "outcome",
    "dechallenge",
    "rechallenge_reported",
    "rechallenge_event",
    "re_exposed",
    "serious",
]
KNOWN = {"yes": "yes", "no": "no", "continued": "not_applicable"}
ABATED = {"positive": "yes", "negative": "no", "not_applicable": "not_applicable", "not_assessable": "not_applicable"}
CRITERIA = {row["code"]: row["e2b_r3"] for row in listed("seriousness")}


@dataclass(frozen=True)
class Products:
    """The folder of results of a run, and that of its processed data."""

    results: Path
    processed: Path

    def table(self, path: str) -> pd.DataFrame:
        return pd.read_csv(self.results / path, dtype=str, keep_default_na=False)

    def derived(self, table: str) -> pd.DataFrame:
        return pd.read_csv(self.processed / f"derived/{table}.csv", dtype=str, keep_default_na=False)

    @cached_property
    def patients(self) -> dict[str, dict[str, str]]:
        return {row["case_id"]: row for row in self.derived("patients").to_dict("records")}

    @property
    def by_name(self) -> dict[str, dict[str, str]]:
        """Patients who are no anonymous members of a group: those that forms name."""
        return {case: row for case, row in self.patients.items() if row["identity"] != "anonymous"}

    @cached_property
    def onsets(self) -> dict[str, dict]:
        """First symptom of the index episode from the first dose, in the main set and that of members."""
        times = pd.read_csv(self.processed / "derived/times.csv", keep_default_na=False)
        onsets = times[
            (times["of_index"] == "yes") & (times["endpoint"] == "first_symptom") & (times["clock"] == "first_dose")
        ]
        numbers = onsets.astype({"lower": float, "upper": float})
        return {row["case_id"]: row for row in numbers.drop_duplicates("case_id").to_dict("records")}


def every_fact(run: Products) -> Iterator[Told]:
    """Every fact of every patient in every product that tells it."""
    yield from listing(run)
    yield from forms_of_the_listing(run)
    yield from documents(run)
    yield from messages(run)
    yield from pages(run)
    yield from data(run)


def listing(run: Products) -> Iterator[Told]:
    table = run.table("tables/line_listing.csv")
    onset = next(column for column in table if column.startswith("First symptom"))
    lines = {line["Case"].partition(" (")[0]: line for line in table.to_dict("records")}
    for case, row in run.patients.items():
        line = lines[case]
        serious = row["serious"] or ("stated not" if "the event" in row["not_serious"] else coded("missing", ""))
        yield case, "listing", "vital", coded("vital", row["vital"]) in line["Alive at last report"]
        yield case, "listing", "outcome", line["Outcome"].startswith(coded("outcome", row["outcome"]))
        yield case, "listing", "dechallenge", coded("dechallenge_class", row["dechallenge"]) in line["Dechallenge"]
        yield (
            case,
            "listing",
            "reported",
            (coded("rechallenge_reported", row["rechallenge_reported"]) in line["Rechallenge, as reported"]),
        )
        yield (
            case,
            "listing",
            "strict",
            coded("rechallenge_class", row["rechallenge_event"]) in (line["Rechallenge, strict"]),
        )
        yield case, "listing", "serious", serious in line["Serious"] or not row["serious"] + row["not_serious"]
        yield case, "listing", "onset", words(run.onsets.get(case)) in line[onset]


def words(time: dict | None) -> str:
    told = of_case(time, labelled=False)
    return "not known" if told == NOTHING else told


def forms_of_the_listing(run: Products) -> Iterator[Told]:
    """Page, workbook and document of the tables carry the cells of the CSV, line by line."""
    folder = run.results / "tables"
    page = html.fromstring((folder / "line_listing.html").read_bytes())
    rows = {
        "page": [[" ".join(cell.text_content().split()) for cell in row] for row in page.iter("tr")],
        "workbook": [row for sheet in opened.xlsx(folder / "tables.xlsx").values() for row in sheet],
        "document": [row for table in opened.docx_tables(folder / "tables.docx") for row in table],
    }
    lines = run.table("tables/line_listing.csv").to_dict("records")
    for product, printed in rows.items():
        told = [" | ".join(str(cell) for cell in row) for row in printed]
        for line in lines:
            texts = [text for text in told if line["Case"] in text]
            yield (
                line["Case"],
                product,
                "line",
                all(any(" ".join(line[column].split()) in text for text in texts) for column in OF_THE_LISTING),
            )


def documents(run: Products) -> Iterator[Told]:
    folder, cases = run.results / "documents", run.by_name
    narratives = _sections(opened.docx_text(folder / "narratives.docx"), list(cases))
    sheet = {str(row[0]): row for row in opened.xlsx(folder / "cioms_ii_line_listing.xlsx")["Line listing"]}
    tables = opened.docx_tables(folder / "prac_signal_summary.docx")
    rows = {row[0].partition("\n")[0]: row for table in tables if table[0][0] == "Case, source" for row in table}
    for case, row in cases.items():
        form, _ = opened.pdf_text(folder / f"cioms_i/{case}.pdf")
        texts = {
            "narrative": narratives[case],
            "line listing of authorities": " | ".join(map(str, sheet[case])),
            "signal summary": " | ".join(rows[case]),
            "form": form,
        }
        facts = {
            "vital": coded("vital", row["vital"]),
            "dechallenge": name(row["dechallenge"]),
            "reported": f"as reported: {coded('rechallenge_reported', row['rechallenge_reported'])}",
            "outcome": coded("outcome", row["outcome"]) if row["outcome"] else "",
        }
        criteria = [criterion for criterion in row["serious"].split("; ") if criterion]
        for product, text in texts.items():
            for fact, expected in facts.items():
                yield case, product, fact, expected in text
            yield case, product, "serious", all(criterion in text for criterion in criteria)
        known = run.onsets.get(case, {"state": ""})["state"] == "observed"
        for product in ("line listing of authorities", "signal summary"):
            yield case, product, "onset", not known or words(run.onsets[case]) in texts[product]


def _sections(text: str, cases: list[str]) -> dict[str, str]:
    """The narrative of each case: from the line with its name to the next such line."""
    sections: dict[str, list[str]] = {}
    section: list[str] = []
    for line in text.split("\n"):
        if line in cases:
            section = sections.setdefault(line, [])
        section.append(line)
    return {case: "\n".join(lines) for case, lines in sections.items()}


def messages(run: Products) -> Iterator[Told]:
    """E2B(R3): the outcome of the event's terms, and the criteria that are true; what nobody stated stays open there."""
    codes = crosswalk("outcome", "e2b_r3")
    open_elements = run.table("documents/e2b_r3/open_elements.csv")
    open_death = set(open_elements.loc[open_elements["element"] == "E.i.3.2a", "case_id"])
    for case, row in run.by_name.items():
        root = etree.parse(str(run.results / f"documents/e2b_r3/{case}.xml"))
        observed = "//*[local-name()='code'][@code='{}']/following-sibling::*[local-name()='value']"
        sent = {value.get("code") for value in root.xpath(observed.format("27"))}
        yield case, "message", "outcome", not row["outcome"] or codes.get(row["outcome"], "0") in sent
        for criterion in SERIOUSNESS:
            true = "true" in root.xpath(observed.format(CRITERIA[criterion]) + "/@value")
            met = criterion.replace("_", " ") in row["serious"].split("; ")
            yield case, "message", criterion, true or not met or (criterion == "death" and case in open_death)


def pages(run: Products) -> Iterator[Told]:
    page = html.fromstring((run.results / "report.html").read_bytes())
    table = run.table("tables/patients.csv").set_index("Patient")
    for case, row in run.by_name.items():
        told = " ".join(page.get_element_by_id(f"case-{case}").text_content().split())
        yield case, "page", "vital", f"Vital status: {coded('vital', row['vital'])}" in told
        yield case, "page", "dechallenge", f"Dechallenge: {name(row['dechallenge'])}" in told
        again = coded("rechallenge_reported", row["rechallenge_reported"])
        yield case, "page", "reported", f"Rechallenge, as reported: {again}" in told
        strict = coded("rechallenge_class", row["rechallenge_event"])
        yield case, "page", "strict", f"Rechallenge, strict: {strict}" in told
        line = next(line for patient, line in table.iterrows() if str(patient).partition(" (")[0] == case)
        outcome = f"{coded('outcome', row['outcome'])}; {coded('vital', row['vital'])}"
        yield case, "table of patients", "outcome", line["Outcome"].startswith(outcome)
        yield case, "table of patients", "reported", line["Given again, as reported"] == again


def data(run: Products) -> Iterator[Told]:
    """The data behind figures, and the dataset."""
    flow = run.table("figures/rechallenge_flow.csv").set_index(["case_id", "stage"])["state"].to_dict()
    onset = run.table("figures/onset.csv").query("case_id != ''").set_index("case_id").to_dict("index")
    dead = run.table("figures/swimmer.csv")
    dead_cases = set(dead.loc[(dead["panel"] == "resolution") & (dead["what"] == "death"), "case_id"])
    published = run.table("dataset/cases.csv").set_index("case_id").to_dict("index")
    for case, row in run.patients.items():
        same = all(published[case][column] == row[column] for column in DEAD_OR_ALIVE)
        yield case, "dataset", "decided columns", same
        if row["counted"] != "in":
            continue
        yield (
            case,
            "flow",
            "survived",
            flow[case, "Survived the event"] == KNOWN.get(row["survived_event"], "not_known"),
        )
        yield (
            case,
            "flow",
            "abated",
            flow[case, "Drug stopped, event abated"] == ABATED.get(row["dechallenge"], "not_known"),
        )
        yield case, "flow", "re-exposed", flow[case, "Re-exposed"] == KNOWN.get(row["re_exposed"], "not_known")
        yield case, "swimmer", "death", (case in dead_cases) == row["vital"].startswith("died")
        time = run.onsets[case]
        yield case, "figure of onset", "state", onset[case]["state"] == time["state"]
        if time["state"] == "observed":
            bounds = (float(onset[case]["lower"]), float(onset[case]["upper"]))
            yield case, "figure of onset", "bounds", bounds == (time["lower"], time["upper"])
