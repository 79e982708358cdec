"""The seed case mutated: what is rare, missing, foreign or hostile in real reports."""

import pandas as pd

from tests.documents.line import Tables, default_tables

SEED = "ZHAO-2025"
GREEK, CHINESE, HEBREW = "Αιμόπτυση μετά από έγχυση", "肺泡出血", "דימום"
LONG = " ".join(f"word{number:04}" for number in range(1111))
"""10,000 characters, every word its own."""
HOSTILE = (
    '=1+1 @SUM(A1) <b>bold</b> &amp; {profile} {{7*7}} %s "quoted" \x0b\x01 ]]> <!-- -- --> https://example.invalid'
)
VISIBLE = ("=1+1 @SUM(A1)", "<b>bold</b>", "&amp;", "{profile}", "{{7*7}}", "%s", "]]>", "<!-- -- -->")

Rows = dict[str, pd.DataFrame]


def fatal(rows: Rows) -> None:
    events = rows["reactions"]["role"].eq("event") & rows["reactions"]["course"].eq("1")
    rows["reactions"].loc[events, ["outcome", "death", "end_lower", "end_upper", "end_scale", "end_origin"]] = [
        "fatal", "yes", "", "", "", "",
    ]  # fmt: skip
    later(rows, gone=True)
    rows["deaths"] = row(
        rows, "deaths", time_date="2022-07-20", cause="respiratory failure", autopsy="yes", relatedness="related"
    )


def later(rows: Rows, *, gone: bool) -> None:
    """Take the second course and all that is said of it away."""
    for table in ("courses", "doses", "reactions", "tests"):
        rows[table] = rows[table][rows[table]["course"] != "2"]
    rows["assessments"] = rows["assessments"].assign(rechallenge="")


def no_dose(rows: Rows) -> None:
    rows["doses"] = rows["doses"].iloc[:0]
    rows["courses"].loc[:, ["planned_doses", "given_lower", "given_upper"]] = "not_stated"


def no_age(rows: Rows) -> None:
    rows["cases"].loc[:, ["age_lower", "age_upper"]] = "not_stated"


def rechallenge_unknown(rows: Rows) -> None:
    later(rows, gone=True)


def two_suspects(rows: Rows) -> None:
    second = row(
        rows,
        "courses",
        course="7",
        drug="Secondab",
        substance="secondumab",
        role="suspect",
        indication="invented arthritis",
        action_taken="not_changed",
        source_id="ZHAO2025",
    )
    rows["courses"] = pd.concat([rows["courses"], second], ignore_index=True)


def foreign(rows: Rows) -> None:
    rows["reports"]["narrative"] = f"{GREEK}. {CHINESE}. {HEBREW}. Конец."
    symptoms = rows["reactions"]["role"].eq("symptom")
    rows["reactions"].loc[symptoms, "term"] = GREEK
    rows["courses"]["indication"] = "relapsing-remitting multiple sclerosis"
    rows["alternatives"]["how"] = CHINESE


def long_narrative(rows: Rows) -> None:
    rows["reports"]["narrative"] = LONG


def hostile(rows: Rows) -> None:
    rows["reports"]["narrative"] = HOSTILE
    rows["alternatives"]["how"] = HOSTILE
    rows["managements"]["measure"] = HOSTILE
    rows["courses"]["premedication"] = HOSTILE
    rows["assessments"]["result"] = "=cmd|' /C calc'!A0"


def bare(rows: Rows) -> None:
    """Only what makes a case: a patient, a drug, an event."""
    for table in ("history", "doses", "tests", "managements", "alternatives", "assessments", "reports"):
        rows[table] = rows[table].iloc[:0]
    rows["reactions"] = (
        rows["reactions"]
        .iloc[:1]
        .assign(
            end_lower="",
            end_upper="",
            end_scale="",
            end_origin="",
            end_basis="",
            outcome="",
            hospitalisation="",
            death="",
        )
    )
    rows["courses"] = (
        rows["courses"]
        .iloc[:1]
        .assign(
            start_date="",
            planned_doses="",
            given_lower="",
            given_upper="",
            action_taken="",
            premedication="",
            ordinal="",
        )
    )


def dated(rows: Rows) -> None:
    """Calendar dates throughout: doses on 4 to 6 July, haemoptysis on 7 July 2022 (definitions: days-and-intervals)."""
    first = rows["doses"]["course"].eq("1") & rows["doses"]["given"].ne("no")
    rows["doses"].loc[first, "time_date"] = ["2022-07-04", "2022-07-05", "2022-07-06"]
    rows["doses"].loc[:, ["time_lower", "time_upper", "time_scale", "time_origin"]] = ""
    sign = rows["reactions"]["reaction"].eq("haemoptysis")
    rows["reactions"].loc[sign, ["onset_date", "onset_lower", "onset_upper", "onset_scale", "onset_origin"]] = [
        "2022-07-07",
        "",
        "",
        "",
        "",
    ]
    rows["doses"] = rows["doses"][rows["doses"]["course"] == "1"]
    rows["courses"].loc[rows["courses"]["role"].eq("suspect"), "start_date"] = ["2022-07-04", "2023-07"]


def recurred(rows: Rows) -> None:
    """The event again in the second course, with treatments out of the order of time and one cell assumed."""
    again = rows["reactions"]["reaction"].eq("dah_2")
    rows["reactions"].loc[again, ["occurred", "outcome", "onset_lower", "onset_upper", "onset_scale", "onset_origin"]] = [
        "yes", "recovered", "2", "2", "study_day", "first_dose",
    ]  # fmt: skip
    rows["reactions"].loc[again, "status"] = "assumed"
    rows["tests"] = rows["tests"][rows["tests"]["course"] != "2"]
    rows["assessments"] = rows["assessments"].assign(rechallenge="")
    late = row(
        rows,
        "managements",
        item="a",
        measure="late measure",
        time_lower="9",
        time_upper="9",
        time_scale="study_day",
        time_origin="first_dose",
    )
    early = late.assign(item="b", measure="early measure", time_lower="2", time_upper="2")
    rows["managements"] = pd.concat([late, early], ignore_index=True)


def died_of_another_cause(rows: Rows) -> None:
    """Recovered from the event, and dead of something else a year later."""
    rows["deaths"] = row(
        rows, "deaths", time_date="2024-01-05", cause="road accident", autopsy="no", relatedness="unrelated"
    )


def odd_name(rows: Rows) -> None:
    """Nothing but its identifier, which holds what file systems and sheets refuse."""


MUTATIONS = {
    "FATAL": fatal, "NO-DOSE": no_dose, "NO-AGE": no_age, "RECHALLENGE-UNKNOWN": rechallenge_unknown,
    "TWO-SUSPECTS": two_suspects, "FOREIGN": foreign, "LONG": long_narrative, "HOSTILE": hostile, "BARE": bare,
    "DATED": dated, "RECURRED": recurred, "DIED-OTHER": died_of_another_cause, "../ODD: name/with*signs?[1] and a length that no sheet can hold": odd_name,
}  # fmt: skip


def row(rows: Rows, table: str, **cells: str) -> pd.DataFrame:
    """One row of a table for the same case and source."""
    home = rows["cases"].iloc[0]
    case_cells = {column: home[column] for column in ("case_id", "source_id", "locator", "status", "at_file", "at_row")}
    return pd.DataFrame([dict.fromkeys(rows[table].columns, "") | case_cells | cells])


def tables() -> Tables:
    """A series of one case per mutation, and nothing else."""
    default = default_tables()
    parts: dict[str, list[pd.DataFrame]] = {title: [] for title in default}
    for case, mutate in MUTATIONS.items():
        rows = {title: table[table["case_id"] == SEED].copy() for title, table in default.items() if "case_id" in table}
        mutate(rows)
        for title, table in rows.items():
            parts[title].append(table.assign(case_id=case))
    shared = {"sources": default["sources"]}
    return {
        title: shared[title]
        if title in shared
        else (pd.concat(parts[title], ignore_index=True) if parts[title] else default[title].iloc[:0])
        for title in default
    }
