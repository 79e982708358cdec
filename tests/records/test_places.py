"""Which row a finding means where several stand at one place, as all rows of a message do."""

import pandas as pd

from scripts.assemble import repairs
from scripts.records.places import meant_by
from scripts.validate import check, decide
from tests.validate.build import COURSE, EVENT, PROFILE, SOURCE, TEST, WHERE, tables

REPORT = {"at_file": "messages.xml", "at_row": 7}


def of_a_message(**rows) -> dict[str, pd.DataFrame]:
    message = SOURCE | {"kind": "message", "extent_read": "structured"}
    return {table_name: table.assign(**REPORT) for table_name, table in tables(sources=[message], **rows).items()}


def test_one_impossible_date_takes_no_other_date_of_the_message_out_of_use():
    placeholder = {"start_date": "1900-01-01"}
    given = of_a_message(
        courses=[COURSE | {"start_date": "2024-05-01"}, COURSE | {"course": "2", "drug": "otherol"} | placeholder],
        reactions=[EVENT | {"onset_date": "2024-05-03"}, EVENT | {"reaction": "fall", "role": "other", "onset_date": "1900-01-01"}],
        tests=[TEST | {"time_date": "2024-05-04"}, TEST | {"result": "t2", "time_date": "1900-01-01"}],
        history=[{"case_id": "C1", "item": item, "kind": "condition", "term": item, "start_date": day} | WHERE
                 for item, day in (("itch", "2015"), ("gout", "1900-01-01"))],
    )  # fmt: skip
    findings = decide(check(given, PROFILE), {"error": "withhold_value", "warning": "warn", "information": "warn"})
    _, printed = repairs.withhold(given, findings)
    assert printed[["key", "column", "printed"]].values.tolist() == [
        ["C1;2", "start_date", "1900-01-01"],
        ["C1;gout", "start_date", "1900-01-01"],
        ["C1;fall", "onset_date", "1900-01-01"],
        ["C1;t2", "time_date", "1900-01-01"],
    ]


def test_by_key_else_by_value_else_every_row_of_the_place():
    rows = of_a_message(
        reactions=[EVENT | {"reaction": key, "onset_lower": day, "onset_upper": "9"} for key, day in ("a1", "b2")]
    )
    fault = {"file": "messages.xml", "row": 7, "key": "", "column": "onset_upper", "value": ""}
    faults = pd.DataFrame(
        [fault | {"key": "C1;b"}, fault | {"value": "1 to 9"}, fault | {"value": "1"}, fault, fault | {"row": 8}]
    )
    meant = meant_by(faults, "reactions", rows["reactions"])
    assert meant.groupby("fault")["at"].agg(list).to_dict() == {0: [1], 1: [0], 2: [0, 1], 3: [0, 1]}
