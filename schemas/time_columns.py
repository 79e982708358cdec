"""Which columns of the reported tables are a time, a date or a length of time: the one place that is asked."""

from schemas.reported import TABLES

LENGTHS = {
    "courses": {"gap_lower": "gap_scale", "gap_upper": "gap_scale"},
    "doses": {"duration": "duration_scale"},
    "reactions": {"duration": "duration_scale"},
    "assessments": {"start_to_onset": "start_to_onset_scale", "last_to_onset": "last_to_onset_scale"},
}
"""Lengths of time and their units, by table."""
GOING_ON = ("end_date", "end_lower", "end_upper", "interval", "duration")
"""Columns of `doses` that, where filled, say that an administration went on after its time."""
CLINICAL = ("history", "courses", "doses", "reactions", "tests", "managements", "deaths")
"""Tables whose dates are those of a patient."""


def times_of(prefix: str) -> list[str]:
    """The columns of a time."""
    return [f"{prefix}_{part}" for part in ("date", "lower", "upper", "scale", "origin")]


def is_time(table_name: str, prefix: str) -> bool:
    """Whether the columns of a table that begin with this prefix are a time: a date, or bounds with scale and origin."""
    return f"{prefix}_date" in TABLES[table_name].columns


def time_prefixes(table_name: str) -> list[str]:
    """The times of a table, in its order; a length of time has a unit and no date, and is none."""
    prefixes = [column.removesuffix("_scale") for column in TABLES[table_name].columns if column.endswith("_scale")]
    return [prefix for prefix in prefixes if is_time(table_name, prefix)]


def date_columns(table_name: str) -> list[str]:
    """The columns of a table that hold dates, those of times included."""
    return [column for column, contract in TABLES[table_name].columns.items() if contract.metadata["kind"] == "date"]
