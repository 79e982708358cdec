"""A drug stopped and started again: what FAERS sends, and that nothing downstream calls it a rechallenge result."""

from copy import deepcopy

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


RESTARTED = {
    # number of the case: onset, whether the letters of dechallenge and rechallenge are sent; the re-exposures
    # the letter alone says neither when the drug was given again nor whether the event had gone
    "8": ("2021-03", True, [("", "code_only", "1", "inconclusive", "not_stated", "only a code is reported")]),
    "9": ("2021-03", False, []),
    # begun a year after the first had ended: two exposures, though one drug; the end of the event is not told
    "10": ("2020-03-04", False, [("1 part 2", "re_exposure", "", "inconclusive", "not_stated",
                                  "the earlier event is not known to have ended before re-exposure")]),
}  # fmt: skip


def restarted(number, onset, letters):
    """Given from 2 to 6 March 2020 and again from 1 March 2021; the letters are dechal and rechal."""
    case = deepcopy(CASES[1]) | {"caseid": number}
    case["reactions"][0]["onset"] = onset
    if not letters:
        case["drugs"][0]["judged"] = []
    return case


def rechallenges(tables):
    profile = load(REPOSITORY / "tests/studies/invented/profile.yaml").model_copy(deep=True)
    profile.drug.substances[:], profile.event.terms[:] = [DRUG], [EVENT]
    whole = {table_name: tables[table_name] if table_name in tables else empty(table_name) for table_name in TABLES}
    built = series.build(
        whole, NOTHING_FOUND, substances=[DRUG], terms=[EVENT], not_this={}, data_lock="2024-01-01", use_assumed=True
    )
    return derive(built.tables, built.membership, NOTHING_FOUND, profile)["rechallenges"]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The tables of an extract of all cases, and their re-exposures."""
    cases = [restarted(number, onset, letters) for number, (onset, letters, _) in RESTARTED.items()]
    path = zipped(tmp_path_factory.mktemp("faers") / "q.zip", files(cases))
    tables = from_faers_ascii.read(path, drugs=[DRUG], terms=[EVENT]).tables
    return tables | {"rechallenges": rechallenges(tables)}


@pytest.mark.parametrize("number", RESTARTED)
def test_several_therapies_of_one_drug(read, number):
    def rows_of_report(table_name, *columns):
        rows = read[table_name].loc[read[table_name]["case_id"] == number, list(columns)]
        return list(rows.itertuples(index=False, name=None))

    assert rows_of_report("courses", "course", "start_date") == [("1", "2020-03-02")]
    assert rows_of_report("doses", "course", "dose", "time_date", "end_date") == [
        ("1", "1", "2020-03-02", "2020-03-06"),
        ("1", "2", "2021-03-01", "2021-03"),
    ]
    rechallenge_rows = rows_of_report("rechallenges", "course", "kind", "e2b_literal", "event", "symptoms", "why")
    assert rechallenge_rows == RESTARTED[number][2]
    assert {event for *_, event, _, _ in rechallenge_rows}.isdisjoint({"positive", "negative"})
