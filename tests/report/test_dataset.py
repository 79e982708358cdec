"""The dataset: plain tables, a codebook and a package that describe every column and code of them."""

import json
import shutil
import subprocess

import pandas as pd
import pytest
from frictionless import Package

from scripts.analyse.estimators.npmle import cdf_bounds, npmle
from scripts.report.dataset import write_dataset
from tests.tables.small import again, bundle, case, time

ONSETS = [(0, 2), (2, 4), (3, 4), (4, 6), (5, 6), (8, 12)]
NUMBERED = [f"C{number}" for number in range(1, len(ONSETS) + 1)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    cases = [case(case_id, sex="F", age_lower="40", age_upper="40") for case_id in NUMBERED]
    cases[1] |= {"sex": "not_stated", "age_lower": "not_stated", "age_upper": "not_stated"}
    times = [time(case_id, "first_symptom", *onset) for case_id, onset in zip(NUMBERED, ONSETS, strict=True)]
    times.append(time("C1", "clinical_resolution", 3, float("inf"), clock="event", state="not_resolved"))
    place = tmp_path_factory.mktemp("dataset")
    write_dataset(bundle(cases, times, rechallenges=[again("C2", reported="recurred", event="positive")]), place)
    return place


def read(folder, table_name):
    return pd.read_csv(folder / f"{table_name}.csv", dtype=str, keep_default_na=False)


def test_cases_carry_the_bounds_of_their_primary_times(folder):
    time_columns = [
        f"{endpoint}_{part}" for endpoint in ("onset", "resolution") for part in ("lower", "upper", "state", "clock")
    ]
    assert read(folder, "cases")[["case_id", *time_columns]].head(2).to_numpy().tolist() == [
        ["C1", "0.0", "2.0", "observed", "first_dose", "3.0", "INF", "not_resolved", "event"],
        ["C2", "2.0", "4.0", "observed", "first_dose", "", "", "", ""],
    ]
    assert read(folder, "times").loc[6, ["case_id", "endpoint", "upper"]].tolist() == [
        "C1",
        "clinical_resolution",
        "INF",
    ]
    assert read(folder, "rechallenges")[["case_id", "reported", "event"]].to_numpy().tolist() == [
        ["C2", "recurred", "positive"]
    ]


def test_the_package_describes_every_column_and_the_codebook_every_code(folder):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    book = read(folder, "codebook")
    assert {resource["path"] for resource in package["resources"]} == {file.name for file in folder.glob("*.csv")}
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == list(read(folder, resource["name"]).columns)
        for field in fields:
            listed = book[
                (book["table"] == resource["name"]) & (book["column"] == field["name"]) & (book["code"] != "")
            ]
            assert listed["code"].tolist() == field.get("constraints", {}).get("enum", [])
            assert listed["label"].ne("").all()
    ages = next(field for field in package["resources"][0]["schema"]["fields"] if field["name"] == "age_lower")
    assert ages["type"] == "number"
    assert {"", "not_stated", "unknown"} <= set(ages["missingValues"])


def test_frictionless_finds_nothing_wrong_and_a_code_of_no_list(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "dataset")
    assert invalid(tmp_path / "dataset") == []
    file = tmp_path / "dataset" / "cases.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",identified,", ",known by name,", 1), encoding="utf-8")
    assert invalid(tmp_path / "dataset") == [["identity", "constraint-error"]]


def invalid(dataset):
    """The faults that Frictionless finds: field and kind."""
    return Package(str(dataset / "datapackage.json")).validate().flatten(["fieldName", "type"])


def test_every_cell_is_of_the_type_that_the_package_says(folder):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        table = read(folder, resource["name"])
        for field in resource["schema"]["fields"]:
            cells = table[field["name"]]
            known = cells[~cells.isin(field.get("missingValues", [""]))]
            if field["type"] == "number":
                assert pd.to_numeric(known).notna().all(), field["name"]
            assert set(known) <= set(field.get("constraints", {}).get("enum", known)), field["name"]


def test_without_any_time_or_re_exposure_the_files_are_there(tmp_path):
    write_dataset(bundle([case("C1")]), tmp_path)
    assert read(tmp_path, "cases")[["onset_lower", "onset_state"]].to_numpy().tolist() == [["", ""]]
    assert len(read(tmp_path, "times")) == len(read(tmp_path, "rechallenges")) == 0


R = """
book <- read.csv('codebook.csv', colClasses = 'character')
data <- read.csv('cases.csv', na.strings = c('', unlist(strsplit(book$missing, ' '))))
codes <- book[book$table == 'cases' & book$column == 'vital' & book$code != '', ]
data$vital <- factor(data$vital, codes$code, codes$label)
stopifnot(is.numeric(data$age_lower), is.na(data$age_lower[2]), is.na(data$sex[2]), is.infinite(data$resolution_upper[1]))
stopifnot(nlevels(data$vital) == nrow(codes))
fit <- survival::survfit(survival::Surv(onset_lower, onset_upper, type = 'interval2') ~ 1, data)
cat(sprintf('%.9f', 1 - summary(fit, times = c(2, 4, 6, 12), extend = TRUE)$surv))
"""


@pytest.mark.r
def test_r_reads_it_and_its_turnbull_curve_is_ours(folder):
    done = subprocess.run(["Rscript", "-e", R], cwd=folder, capture_output=True, text=True, check=True)
    lower, upper = zip(*ONSETS, strict=True)
    assert [float(share) for share in done.stdout.split()] == pytest.approx(
        cdf_bounds(npmle(lower, upper), [2, 4, 6, 12])[0], abs=1e-3
    )
