"""What a run says before anything else: the three kinds, each with its number, and no id that may not be shown."""

import pytest

from workflow import books, open_points

LEDGER = "stage,source,record,records,decision,reason,rule\n"
FINDINGS = "finding,rule,action,file,what\n"
PAIRS = "a,b,verdict\n"
SPENT = "columns without a target are kept as notes of the case"


@pytest.mark.parametrize(
    ("book", "rows", "said"),
    [
        ("ledger", LEDGER + "version,S,A-1,1,out,after the data lock point 2021,data_lock\nseries,S,A-2,1,in,,\n",
         ["1 case is later than the data lock point and left out: A-1. Move `data_lock` in the config to include it."]),
        ("ledger", LEDGER + "".join(f"version,S,A-{n},1,out,late,data_lock\n" for n in range(7)),
         ["7 cases are later than the data lock point and left out: A-0, A-1, A-2, A-3, A-4, 2 more. Move `data_lock` in the config to include them."]),
        ("ledger", LEDGER + "version,S,Jane Doe,1,out,late,data_lock\n",
         ["1 case is later than the data lock point and left out: 1 whose ids are more than one word. Move `data_lock` in the config to include it."]),
        ("findings", FINDINGS + f"F1,unplaced,warn,raw/a.csv,\"2 {SPENT}: Lot, Remark\"\n", [f"a.csv: 2 {SPENT}: Lot, Remark."]),
        ("candidate_pairs", PAIRS + "A-1,B-1,\nA-2,B-2,suspected\nA-3,B-3,different\n",
         ["2 pairs of records may be one patient: A-1 and B-1; A-2 and B-2. Compare them in candidate_pairs.csv and record the verdict in `links`."]),
        ("candidate_pairs", PAIRS + "Jane Doe,B-1,\n",
         ["1 pair of records may be one patient. Compare them in candidate_pairs.csv and record the verdict in `links`."]),
        ("ledger", LEDGER, []),
    ],
)  # fmt: skip
def test_what_needs_a_person_is_said_with_its_number(tmp_path, book, rows, said):
    (tmp_path / f"{book}.csv").write_text(rows, encoding="utf-8")
    assert open_points.lines(tmp_path, books.rows(tmp_path / "findings.csv")) == said
