"""JADER and VAERS: what is selected, which version counts, what cannot be read, and that no report goes without a line."""

from copy import deepcopy
from functools import reduce

import pandas as pd
import pytest

from scripts.commands.messages import UserError
from scripts.commands.reading import read
from scripts.ingest import csv_extract
from tests.ingest import write_faers, write_jader, write_vaers
from tests.ingest.five_cases import CASES
from tests.room import called

WRITERS = {"jader": write_jader, "vaers": write_vaers}
ASKED = {"drugs": ["dahliumab"], "terms": ["invented LUNG bleeding"]}


def written(form, folder, cases=CASES, change=lambda texts: texts, **more):
    return WRITERS[form].folder(folder, change(WRITERS[form].files(cases, **more)))


def reasons(reading):
    return dict(zip(reading.ledger["reason"], reading.ledger["records"], strict=True))


@pytest.mark.parametrize("form", WRITERS)
def test_drug_and_event_select_and_the_ledger_counts_every_report(form, tmp_path):
    reading = read(form, written(form, tmp_path / "all"), **ASKED, roles=["suspect"])
    assert reasons(reading) == {"none of the drugs in the roles asked for": 1, "read": 4}
    roles = reading.tables["reactions"].groupby("term")["role"].unique().map(list).to_dict()
    assert roles == {"Invented lung bleeding": ["event"], "Invented nausea": ["other"]}
    nothing = read(form, tmp_path / "all", drugs=["dahlium"], terms=["invented lung bleed"])
    assert reasons(nothing) == {"none of the drugs in the roles asked for": 5, "read": 0}
    assert list(nothing.findings["column"]) == ["drugs", "terms"]
    assert "Nearest in the source: invented lung bleeding" in nothing.findings["cure"].iloc[1]


def test_of_several_downloads_the_highest_version_counts(tmp_path):
    later = deepcopy(CASES[:2])
    later[0] |= {"version": "2", "reactions": [later[0]["reactions"][0] | {"outcome": "fatal"}]}
    written("jader", tmp_path / "all")
    written("jader", tmp_path / "all", later, month="202402")
    reading = read("jader", tmp_path / "all", **ASKED)
    assert reasons(reading) == {"the same report again in another extract": 1, "older version": 1,
                                "none of the drugs in the roles asked for": 1, "read": 4}  # fmt: skip
    kept = reading.tables["reactions"].set_index("case_id")["outcome"]
    assert kept["GB-INVENTED-1"] == "fatal"
    assert reading.tables["cases"]["case_id"].is_unique


def test_a_report_in_two_years_of_vaers_is_one_case_of_the_later_file(tmp_path):
    written("vaers", tmp_path / "all", year="2021")
    written("vaers", tmp_path / "all", CASES[:1], year="2022")
    reading = read("vaers", tmp_path / "all", **ASKED)
    assert reasons(reading)["the same report again in another extract"] == 1
    courses_of_case = reading.tables["courses"][reading.tables["courses"]["case_id"] == "GB-INVENTED-1"]
    assert [file.rpartition("/")[2] for file in courses_of_case["at_file"]] == ["2022VAERSVAX.csv"]


BROKEN = {
    "jader": ("drug202311.csv", "LEMDAHLIA", "LEM,DAHLIA"),  # a comma too many, the last cell blank
    "vaers": ("2022VAERSVAX.csv", "LEMDAHLIA", '"LEMDAHLIA'),  # a quotation mark that is never closed
}


@pytest.mark.parametrize("form", WRITERS)
def test_a_line_that_does_not_fit_is_named_and_its_report_not_called_one_without_the_drug(form, tmp_path):
    file, sound, broken = BROKEN[form]
    folder = written(form, tmp_path / "all", change=lambda texts: texts | {file: texts[file].replace(sound, broken, 1)})
    reading = read(form, folder, **ASKED)
    assert reasons(reading)["a line of its drugs could not be read"] == 1
    (fault,) = reading.findings.to_dict("records")
    assert (fault["rule"], fault["row"], fault["file"].rpartition("/")[2]) == ("readable", 2, file)
    (of_case,) = read(form, folder, terms=ASKED["terms"]).findings.to_dict("records")
    assert of_case["case_id"] == "GB-INVENTED-1"
    assert of_case["what"].endswith("; its case is read without it")
    rows = reading.tables["courses"].set_index("case_id")["at_row"]
    assert rows["FR-INVENTED-2"].min() == (3 if form == "vaers" else 4)


@pytest.mark.parametrize("form", WRITERS)
def test_line_ends_may_be_returns_alone(form, tmp_path):
    def change(texts):
        return {file_name: text.replace("\r\n", "\r") for file_name, text in texts.items()}

    assert reasons(read(form, written(form, tmp_path / "all", change=change), **ASKED))["read"] == 4


def test_a_cell_may_break_into_lines(tmp_path):
    told = [CASES[0] | {"narrative": 'It said "no",\nthen ended.'}, *CASES[1:]]
    tables = read("vaers", written("vaers", tmp_path / "all", told)).tables
    assert tables["reports"]["narrative"].tolist()[0] == 'It said "no",\nthen ended.'
    assert tables["reports"]["at_row"].tolist() == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("form", WRITERS)
def test_what_is_no_extract_is_refused(form, tmp_path, monkeypatch):
    texts = WRITERS[form].files(CASES)
    first, *others = texts
    with pytest.raises(UserError, match="no file of the table"):
        read(form, written(form, tmp_path / "part", change=lambda texts: {file: texts[file] for file in others}))
    turned = texts | {first: texts[first].replace(texts[first].split(",")[1], "other", 1)}
    with pytest.raises(UserError, match="no column"):
        read(form, WRITERS[form].folder(tmp_path / "turned", turned))
    monkeypatch.setattr(csv_extract, "MOST_UNSELECTED", 4)
    with pytest.raises(UserError, match="5 reports and nothing to select them by"):
        read(form, written(form, tmp_path / "all"))


def test_what_jader_says_of_times_and_recurrence(tmp_path):
    """However wide its letters: the drug of one case is written in half width."""

    def change(texts):
        drugs = texts["drug202311.csv"].replace("dahliumab", "ダリアマブ（遺伝子組換え）")
        return texts | {"drug202311.csv": drugs.replace("ダリアマブ", "ﾀﾞﾘｱﾏﾌﾞ", 1)}

    folder = written("jader", tmp_path / "all", change=change)
    reading = read("jader", folder, **ASKED | {"drugs": ["ダリアマブ"]})
    judged = reading.tables["assessments"].set_index("case_id")
    assert judged.loc["FR-INVENTED-2", ["rechallenge", "reaction", "reason"]].tolist() == ["recurred", "1", "有"]
    assert reading.tables["reactions"]["onset_date"].tolist()[:2] == ["2022-07-06", "2021-03"]
    doses = reading.tables["doses"].query("case_id == 'FR-INVENTED-2'")[["time_date", "end_date"]]
    assert doses.to_numpy().tolist() == [["2020-03-02", "2020-03-06"], ["2021-03-01", "2021-03"]]
    ages = reading.tables["cases"].set_index("case_id")[["age_lower", "age_upper"]]
    assert ages.loc["GB-INVENTED-1"].tolist() == ["30", "39"]


def test_several_values_in_a_cell_that_do_not_pair_stay_with_the_first_dosage(tmp_path):
    def change(texts):
        return {file_name: text.replace("20200306;202103", "20200306") for file_name, text in texts.items()}

    doses = read("jader", written("jader", tmp_path / "all", change=change)).tables["doses"]
    dose_times = doses[doses["case_id"] == "FR-INVENTED-2"][["time_date", "end_date"]].to_numpy().tolist()
    assert dose_times == [["2020-03-02", "2020-03-06"], ["2021-03-01", ""]]


def test_what_vaers_says_of_the_whole_report(tmp_path):
    def change(texts):
        vaccines = texts["2022VAERSVAX.csv"].replace("dahliumab,,L1,", "dahliumab,MAKER,L1,2")
        return texts | {"2022VAERSVAX.csv": vaccines}

    tables = read("vaers", written("vaers", tmp_path / "all", change=change)).tables
    assert tables["courses"].set_index("case_id").loc["GB-INVENTED-1", ["ordinal", "role"]].tolist() == ["2", "suspect"]
    assert tables["reports"].set_index("case_id").loc["JP-INVENTED-4", "serious_death"] == "yes"
    several = tables["reactions"].query("case_id == 'US-INVENTED-5'")
    assert several["outcome"].tolist() == ["", ""]
    outcome_words = tables["provenance"].query("column == 'outcome'")["words"].tolist()
    assert outcome_words == ["RECOVD=N, of the whole report"] * 2


@pytest.mark.parametrize("form", WRITERS)
def test_a_term_sent_twice_is_one_reaction(form, tmp_path):
    cases = deepcopy(CASES[:1])
    cases[0]["reactions"].append(cases[0]["reactions"][0] | {"term": "Invented LUNG bleeding"})
    (told,) = read(form, written(form, tmp_path / "all", cases), **ASKED).tables["reactions"].to_dict("records")
    assert (told["term"], told["outcome"], told["onset_date"]) == ("Invented lung bleeding", "recovered", "2022-07-06")


def test_what_jader_numbers_alike_or_not_at_all_is_told_apart(tmp_path):
    texts = write_jader.files(CASES[:1])
    for table, line in {"drug": "1,併用薬,別の薬", "reac": ",別の事象", "hist": "1,別の病気"}.items():
        (name,) = [name for name in texts if name.startswith(table)]
        width = texts[name].partition("\n")[0].count(",") - 1
        texts[name] += f"GB-INVENTED-1,1,{line}{',' * (width - 1 - line.count(','))}\r\n"
    reading = read("jader", write_jader.folder(tmp_path, texts))
    names = {"courses": "course", "reactions": "reaction", "history": "item"}
    assert {table: reading.tables[table][column].tolist() for table, column in names.items()} == {
        "courses": ["1", "2", "3"], "reactions": ["1", "2"], "history": ["condition 1", "condition 2"],
    }  # fmt: skip
    assert sorted(reading.findings["column"]) == ["course", "item", "reaction"]


@pytest.mark.parametrize("form", [*WRITERS, "faers_ascii"])
def test_lines_of_a_report_that_is_not_there_are_told(form, tmp_path):
    texts = (write_faers.files if form == "faers_ascii" else WRITERS[form].files)(CASES)
    (main,) = [name for name in texts if name.startswith(("DEMO", "demo", "2022VAERSDATA"))]
    head, _, *others = texts[main].split("\r\n")
    texts[main] = "\r\n".join([head, *others])
    folder = write_faers.folder if form == "faers_ascii" else WRITERS[form].folder
    told = read(form, folder(tmp_path, texts), **ASKED).findings.query("rule == 'readable'")["what"].tolist()
    assert told == [
        "lines name what was asked for in 1 report of which the table of reports has no line that can be read"
    ]


def test_a_flag_that_is_neither_set_nor_blank_is_named(tmp_path):
    """Read as blank without a word it would be a death less."""

    def change(texts):
        data = texts["2022VAERSDATA.csv"].splitlines(keepends=True)
        data[4] = data[4].replace(",Y,11/02/2019,", ",y,,", 1)
        return texts | {"2022VAERSDATA.csv": "".join(data)}

    reading = read("vaers", written("vaers", tmp_path / "all", change=change))
    (told,) = reading.findings.to_dict("records")
    assert (told["case_id"], told["value"], told["what"]) == (
        "JP-INVENTED-4",
        "y",
        "DIED is neither Y nor blank, and not read",
    )
    assert "deaths" not in reading.tables


PROFILE = """title: Dahliumab and invented bleeding
drug: {name: dahliumab, substances: [DAHLIUMAB]}
event: {name: bleeding, terms: [Invented lung bleeding]}
groups: {x: [x]}
"""


@pytest.mark.parametrize(
    ("form", "decided"),
    [
        ("jader", {"FR-INVENTED-2": ("alive", "yes", "recurred"), "JP-INVENTED-4": ("died_of_event", "unknown", "not_stated")}),
        ("vaers", {"JP-INVENTED-4": ("died_relation_not_stated", "unknown", "not_stated"),
                   "US-INVENTED-5": ("unknown", "unknown", "not_stated")}),
    ],
)  # fmt: skip
def test_through_the_line(form, decided, tmp_path):
    given = ["--profile", tmp_path / "profile.yaml", "--settings", tmp_path / "settings.yaml"]
    given[1].write_text(PROFILE, encoding="utf-8")
    given[3].write_text("data_lock: '2025-12-31'\n", encoding="utf-8")
    findings_file, series, out = tmp_path / "findings.csv", tmp_path / "series", tmp_path / "derived"
    asked = tmp_path / "options.yaml"
    asked.write_text("{drugs: [dahliumab], terms: [Invented lung bleeding]}", encoding="utf-8")
    called("ingest", form, written(form, tmp_path / "raw"), "--options", asked, "--out", tmp_path / form)
    called("validate", tmp_path / form, *given, "--out", findings_file)
    assert "contract" not in set(pd.read_csv(findings_file)["severity"])
    called("assemble", tmp_path / form, *given, "--findings", findings_file, "--out", series)
    assert called("derive", series, *given, "--findings", findings_file, "--out", out).returncode == 0
    patients = pd.read_csv(out / "patients.csv", dtype=str).set_index("case_id")
    columns = ["vital", "re_exposed", "rechallenge_reported"]
    assert {case: tuple(patients.loc[case, columns]) for case in decided} == decided
    times = pd.read_csv(out / "times.csv", dtype=str).query("endpoint == 'first_symptom' and clock == 'first_dose'")
    assert times.set_index("case_id").loc["GB-INVENTED-1", ["lower", "upper"]].tolist() == ["2.0", "3.0"]


def with_order(texts, *of_first):
    """The files as they are since 2025: a line for each follow-up, numbered by ORDER; of_first: what changes in those of the first case."""
    ordered = {}
    for file, text in texts.items():
        header, *lines = text.splitlines()
        again = [reduce(lambda line, change: line.replace(*change), of_first, lines[0]).replace(",", ",2,", 1)]
        rest = [line.replace(",", ",1,", 1) for line in lines]
        ordered[file] = "\r\n".join([header.replace(",", ",ORDER,", 1), *again, *rest, ""])
    return ordered


def test_of_follow_ups_of_vaers_the_highest_order_counts_and_its_lines_alone(tmp_path):
    """Lines of all of them were read as one report: the vaccine twice, and of the data those that stood last."""
    change = ("LEMDAHLIA", "LEMDAHLIA NEW"), ("Invented lung bleeding", "Invented rash"), (",F,", ",M,")
    written("vaers", tmp_path / "all", change=lambda texts: with_order(texts, *change))
    written("vaers", tmp_path / "all", CASES[:1], year="2021")
    reading = read("vaers", tmp_path / "all", drugs=["dahliumab"])
    assert reasons(reading) == {"older version": 2, "none of the drugs in the roles asked for": 1, "read": 4}
    told = ("courses", "reactions", "cases", "reports")
    first = {name: reading.tables[name].query("case_id == 'GB-INVENTED-1'") for name in told}
    assert list(first["courses"]["drug"]) == ["LEMDAHLIA NEW"]
    assert list(first["reactions"]["term"]) == ["Invented rash"]
    assert [*first["cases"]["sex"], *first["reports"]["version"]] == ["M", "2"]
    assert reading.findings.empty


def test_an_unreadable_line_that_begins_with_a_quotation_mark_is_told_with_its_case(tmp_path):
    file = "2022VAERSVAX.csv"
    folder = written(
        "vaers", tmp_path / "all", change=lambda texts: texts | {file: texts[file].replace("GB-", '"GB-', 1)}
    )
    (of_case,) = read("vaers", folder, terms=ASKED["terms"]).findings.to_dict("records")
    assert (of_case["case_id"], of_case["row"]) == ("GB-INVENTED-1", 2)


def test_one_byte_that_is_no_utf8_makes_no_other_encoding_of_a_file(tmp_path):
    """Every other letter with an accent was read wrongly without a word, and a download of JADER was refused."""
    for form, file in (("vaers", "2022VAERSVAX.csv"), ("jader", "drug202311.csv")):
        texts = WRITERS[form].files(CASES)
        (tmp_path / form).mkdir()
        for name, text in texts.items():
            content = (
                text.replace("LEMDAHLIA", "LÉMDAHLIÄ").replace("OTHERDAHL", "OTHER@").encode().replace(b"@", b"\xe9")
            )
            (tmp_path / form / name).write_bytes(content)
        reading = read(form, tmp_path / form)
        drugs = {*reading.tables["courses"]["drug"]}
        assert {"LÉMDAHLIÄ", "OTHER\ufffd"} <= drugs
        (told,) = reading.findings.query("severity == 'warning'").to_dict("records")
        assert told["what"] == "not UTF-8 throughout; signs that are none are shown as \ufffd"
        assert told["file"].endswith(file)
