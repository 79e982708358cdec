"""One row per case: the spine of every table. A cell holds the value, or the reason for having none."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from schemas.codes import crosswalk, labels
from schemas.derived_patients import PATIENTS
from schemas.endpoints import COUNTED_INSIDE
from schemas.fields import NO_VALUE, OUT_OF_USE
from schemas.profile import Certainty, Profile
from schemas.rows_by_case import Row
from scripts.clock.intervals import as_date, calendar
from scripts.derive.exposure import of_exposure
from scripts.derive.oxygenation import lowest_saturation, ventilation
from scripts.derive.provenance import says_about
from scripts.derive.told.distinct_words import distinct
from scripts.derive.told.reported_times import Terms, bounds, date
from scripts.records.corrections import cells
from scripts.records.drugs import is_suspect, of_the_drug
from scripts.records.events import SIGNS, shows_event
from scripts.words import times
from scripts.words.drugs import drug

Tables = dict[str, pd.DataFrame]
OF_THE_EXPOSURE = [
    "drug", "exposure", "course", "ordinal", "planned_doses", "given_lower", "given_upper", "dose", "premedication",
]  # fmt: skip
"""Cells of the exposure of the index episode that a patient carries."""


def patients(
    tables: Tables,
    index: pd.DataFrame,
    membership: pd.DataFrame,
    decided: pd.DataFrame,
    judged: pd.DataFrame,
    terms: Terms,
    profile: Profile,
) -> pd.DataFrame:
    """The table `patients`. tables: placed. index: the exposure of each case's index episode. membership: the sets of the series.

    decided: what the tables before have decided, by case; its columns are taken as they are. judged: the table `judgements`.
    terms: of the reactions, as reported.
    """
    cases = tables["cases"].set_index("case_id")
    columns = {
        **_identity(tables, cases, membership, index),
        **_exposure(tables, index),
        "other_suspects": _other_suspects(tables["courses"], profile.drug.substances),
        "concomitants": _concomitants(tables["courses"], terms),
        **_course_of_event(tables, index, terms),
        "e2b_coded": _coded(tables["assessments"], terms),
        "lowest_saturation": lowest_saturation(of_exposure(tables["tests"], index), cases.index, profile.oxygenation),
        "ventilation": ventilation(tables["managements"], cases.index, profile.oxygenation),
        "certainty": certainties(tables, index, profile.event.certainty),
        "causality": _joined(judged[judged["judged_besides"] == ""], _judgement),
        **{column: decided[column] for column in decided},
    }
    table = pd.DataFrame({column: pd.Series(values) for column, values in columns.items()}, index=cases.index)
    filled = table.fillna("").rename_axis("case_id").reset_index()
    return PATIENTS.validate(filled[list(PATIENTS.columns)], inplace=True)


def _identity(tables: Tables, cases: pd.DataFrame, membership: pd.DataFrame, index: pd.DataFrame) -> dict:
    inside = membership[membership["set"] == COUNTED_INSIDE].set_index("case_id")["inside"]
    sources = tables["sources"].set_index("source_id")
    of_case = cases["source_id"]
    return {
        "counted": pd.Series(np.where(cases.index.isin(inside.index), "inside", "in"), index=cases.index),
        "identity": cases["identity"],
        "aggregate_id": inside.reindex(cases.index).fillna(cases["aggregate_id"]),
        **_indexed(index, ["group", "indication"]),
        "source_ids": of_case,
        "locators": cases["locator"],
        "published": of_case.map(_published(sources)),
        "evidence_level": of_case.map(sources["evidence_level"]),
        "report_type": _first(tables["reports"], "report_type"),
        "reporter": _first(tables["reports"], "reporter_qualification"),
        "country": cases["country"],
        "sex": cases["sex"],
        "age_lower": cases["age_lower"],
        "age_upper": cases["age_upper"],
        "age_approximate": says_about(cases["age_as_reported"]),
        "history": _joined(tables["history"], lambda row: row["term"] if row["kind"] != "smoking" else ""),
    }


def _published(sources: pd.DataFrame) -> pd.Series:
    """When a source's cases became known: the date of the source it summarises, else its own."""
    original = sources["summarises"].map(sources["published"])
    return original.where(original.notna() & ~original.isin(NO_VALUE), sources["published"])


def _exposure(tables: Tables, index: pd.DataFrame) -> dict:
    return {**_indexed(index, OF_THE_EXPOSURE), "first_dose": _first_dose(index)}


def _other_suspects(courses: pd.DataFrame, substances: list[str]) -> pd.Series:
    """Every other drug that may have caused the event, whatever was done with it."""
    return _joined(courses[is_suspect(courses) & ~of_the_drug(courses, substances)], drug)


def _concomitants(courses: pd.DataFrame, terms: Terms) -> pd.Series:
    """Concomitant drugs, each with its start as reported."""

    def told(row: Row) -> str:
        start = date(row, "start") or bounds(row, "start", terms)
        return drug(row) + (f" ({start})" if start else "")

    return _joined(courses[courses["role"] == "concomitant"], told)


def _coded(assessments: pd.DataFrame, terms: Terms) -> pd.Series:
    """Every reaction with a code of re-exposure to the drug, with its E2B number."""
    numbers = crosswalk("rechallenge", "e2b_r3")
    coded_rows = assessments[(assessments["other_drug"] == "") & assessments["rechallenge"].isin(list(numbers))]

    def told(row: Row) -> str:
        return f"{terms.get((row['case_id'], row['reaction']), 'event')}: {numbers[row['rechallenge']]}"

    return _joined(coded_rows, told)


def _first_dose(index: pd.DataFrame) -> pd.Series:
    """The day of the first dose, or the days between which it was: as the start is typed where it says just that."""
    began = index.set_index("case_id")[["start_date", "began_first", "began_last"]]
    typed = calendar(began["start_date"])
    same = (typed["first"] == began["began_first"]) & (typed["last"] == began["began_last"])
    told = pd.Series(map(as_date, began["began_first"], began["began_last"]), began.index, dtype=object)
    return told.mask(same | (told == ""), began["start_date"])


def _course_of_event(tables: Tables, index: pd.DataFrame, terms: Terms) -> dict:
    reactions = of_exposure(tables["reactions"], index)
    seen = reactions[(reactions["occurred"] == "yes") & reactions["role"].isin(SIGNS)]
    alternatives = tables["alternatives"]
    return {
        "symptoms": _joined(seen, lambda row: row["term"]),
        "investigations": _joined(of_exposure(tables["tests"], index), _investigation),
        "alternatives_excluded": _joined(alternatives[alternatives["excluded"] == "yes"], lambda row: row["cause"]),
        "treatment": _joined(tables["managements"], _measure),
        "death": _joined(tables["deaths"], lambda row: _death(row, terms)),
    }


def certainties(tables: Tables, index: pd.DataFrame, rule: Certainty) -> pd.Series:
    """Level of diagnostic certainty by case: confirmed, probable, possible (the profile prints the definition)."""
    tests = of_exposure(tables["tests"], index)
    shown = tests[shows_event(tests)]
    reactions = of_exposure(tables["reactions"], index)
    present = reactions[(reactions["occurred"] == "yes") & (reactions["attribution"] != "unlikely")]
    signs = pd.concat(
        [
            shown[["case_id", "test"]].set_axis(["case_id", "sign"], axis=1),
            present[["case_id", "term"]].set_axis(["case_id", "sign"], axis=1),
        ]
    )
    listed = {sign.casefold() for sign in rule.signs}
    number = signs[signs["sign"].str.casefold().isin(listed)].drop_duplicates().groupby("case_id").size()
    proof = {test.casefold() for test in rule.confirmed_by}
    confirmed = set(shown.loc[shown["test"].str.casefold().isin(proof), "case_id"])
    excluded = set(tables["alternatives"].query("excluded == 'yes'")["case_id"])
    probable = {case for case, k in number.items() if k >= rule.signs_needed and case in excluded}
    levels = [
        "confirmed" if case in confirmed else "probable" if case in probable else "possible"
        for case in index["case_id"]
    ]
    return pd.Series(levels, index=index["case_id"])


def _indexed(table: pd.DataFrame, columns: list[str]) -> dict[str, pd.Series]:
    indexed_table = table.set_index("case_id")
    return {column: indexed_table[column] for column in columns}


def _first(table: pd.DataFrame, column: str) -> pd.Series:
    return table.drop_duplicates("case_id").set_index("case_id")[column]


def _joined(rows: pd.DataFrame, words: Callable[[Row], str]) -> pd.Series:
    return pd.Series(distinct(rows, words), dtype=str)


def _judgement(row: Row) -> str:
    """A result with whose it is and by which method; results of different scales are never told alike."""
    if row["result"] in NO_VALUE:
        return row["result"]
    method = f", {row['method']}" if row["method"] not in NO_VALUE else ""
    return f"{row['result']} ({row['assessor']}{method})"


def _investigation(row: Row) -> str:
    finding = row["finding"] if row["finding"] not in NO_VALUE else labels("reading").get(row["reading"], "")
    printed = "" if row["value"] in NO_VALUE else f" {row['value']} {row['unit_as_printed']}".rstrip()
    return f"{row['test']}{printed}: {finding}" if finding else f"{row['test']}{printed}"


def _measure(row: Row) -> str:
    if row["detail"] in ("not_stated", "not_seen"):
        return ""
    return f"{row['measure']} ({row['detail']})" if row["detail"] not in NO_VALUE else row["measure"]


def _death(row: Row, terms: Terms) -> str:
    """When the patient died; a time of which every cell is out of use was reported and is withheld by a check."""
    if all(row[column] == OUT_OF_USE for column in cells("deaths", "time")):
        return f"time {times.NOT_USABLE}"
    if calendar(pd.Series([row["time_date"]]))["first"].notna().iloc[0]:
        return row["time_date"]
    return bounds(row, "time", terms) or "time not known"
