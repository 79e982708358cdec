"""Quarters of FAERS made of the five cases, read, and the steps at which their reports left."""

from copy import deepcopy

from scripts.ingest.faers import from_faers_ascii
from tests.ingest.five_cases import CASES

BLEEDING = {"drugs": ["dahliumab", "lemdahlia"], "terms": ["invented lung bleeding"]}


def case(number, caseid, version="1", **changes):
    return deepcopy(CASES[number]) | {"caseid": caseid, "version": version} | changes


def read(path, **options):
    return from_faers_ascii.read(path, **options)


def steps(reading):
    return {line["reason"]: line["records"] for line in reading.ledger.to_dict("records")}
