"""A drug stopped and started again: what FAERS sends, and that nothing downstream calls it a rechallenge result."""

from copy import deepcopy

import pandas as pd
import pytest

from schemas.findings import findings
from schemas.profile import load
from schemas.reported import TABLES
from scripts.assemble import series
from scripts.derive.derived import derive
from scripts.files.tablefiles import empty
from scripts.ingest.faers import from_faers_ascii
from tests.conftest import REPOSITORY
from tests.ingest.five_cases import CASES
from tests.ingest.write_faers import files, zipped

DRUG, EVENT = "dahliumab", "invented lung bleeding"
NOTHING_FOUND = findings([]).astype({"row": int})


def restarted(onset, letters):
    """Given from 2 to 6 March 2020 and again from 1 March 2021; the letters are dechal and rechal."""
    case = deepcopy(CASES[1]) | {"caseid": "8"}
    case["reactions"][0]["onset"] = onset
    if not letters:
        case["drugs"][0]["judged"] = []
    return case


def rechallenges(tables):
    profile = load(REPOSITORY / "tests/studies/invented/profile.yaml").model_copy(deep=True)
    profile.drug.substances[:], profile.event.terms[:] = [DRUG], [EVENT]
    whole = {name: tables[name] if name in tables else empty(name) for name in TABLES}
    built = series.build(
        whole, NOTHING_FOUND, substances=[DRUG], terms=[EVENT], not_this={}, data_lock="2024-01-01", use_assumed=True
    )
    return derive(built.tables, built.membership, NOTHING_FOUND, profile)["rechallenges"]


@pytest.mark.parametrize(
    ("onset", "letters", "expected"),
    [
        # the letter alone says neither when the drug was given again nor whether the event had gone
        ("2021-03", True, [["", "code_only", "1", "inconclusive", "not_stated", "only a code is reported"]]),
        ("2021-03", False, []),
        # begun a year after the first had ended: two exposures, though one drug; the end of the event is not told
        ("2020-03-04", False, [["1 part 2", "re_exposure", "", "inconclusive", "not_stated",
                                "the earlier event is not known to have ended before re-exposure"]]),
    ],
)  # fmt: skip
def test_several_therapies_of_one_drug(tmp_path, onset, letters, expected):
    path = zipped(tmp_path / "q.zip", files([restarted(onset, letters)]))
    tables = from_faers_ascii.read(path, drugs=[DRUG], terms=[EVENT]).tables
    assert tables["courses"][["course", "start_date"]].values.tolist() == [["1", "2020-03-02"]]
    assert tables["doses"][["course", "dose", "time_date", "end_date"]].values.tolist() == [
        ["1", "1", "2020-03-02", "2020-03-06"],
        ["1", "2", "2021-03-01", "2021-03"],
    ]
    found = rechallenges(tables)[["course", "kind", "e2b_literal", "event", "symptoms", "why"]]
    assert found.values.tolist() == expected
    assert not pd.Series(found["event"]).isin(["positive", "negative"]).any()
