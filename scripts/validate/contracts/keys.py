"""Do the rows hang together? Keys once, and every reference leads to a row that exists."""

import difflib
import re
import unicodedata
from collections.abc import Set
from functools import partial

import pandas as pd

from schemas.fields import NO_VALUE, filled
from schemas.reported import TABLES
from scripts.records import patients
from scripts.records.corrections import cells, row_key
from scripts.validate.flags import NONE, flag, matching, narrow, together, worded
from scripts.validate.row_keys import SEPARATOR, joined

FEW_NAMES = 12
MOST_CURED, MOST_KNOWN = 100, 5000
"""At most this many lost names, among at most this many known ones, are given the nearest known name."""
BLANKS = re.compile(r"[^\S\n]+")
LEADING_ZEROS = re.compile(r"(?<![0-9.])0+(?=[0-9])")
KEY_CURE = "Write the row's key as `{}`, its values separated by semicolons, or delete the row of `provenance`."


def find(tables: dict[str, pd.DataFrame], unsound: Set[str] = frozenset()) -> pd.DataFrame:
    """Findings of severity `contract` for repeated keys and for references that lead nowhere.

    unsound: tables not known in full, so that a reference into one of them proves nothing.
    """
    parts = [_repeated(table_name, tables[table_name]) for table_name in tables] + _links(tables)
    parts += [_near(tables["sources"], "sources", "source_id"), _near(tables["cases"], "cases", "case_id")]
    parts += _references(tables, unsound)
    parts += [] if "courses" in unsound else _courses(tables)
    parts += [] if "reactions" in unsound else _origins(tables)
    parts += _marks(tables, unsound)
    return together(parts)


def _repeated(table_name: str, table: pd.DataFrame) -> pd.DataFrame:
    """One finding per key that stands more than once, at its second row."""
    key = TABLES[table_name].metadata["key"]
    if len(table) < 2 or not table.duplicated(key).any():
        return NONE
    several = narrow(table, *key)[table.duplicated(key, keep=False)]
    groups = several.groupby(key, sort=False).ngroup()
    first = several.groupby(groups)["at_row"].first()
    number, place = groups.value_counts(), groups.groupby(groups).cumcount()
    rows, row_groups = several[place == 1], groups[place == 1]
    more = worded(row_groups.map(number) - 2, lambda n: f", and {n} more rows" if n else "")
    what = "same key as row " + worded(row_groups.map(first), str) + more
    cure = f"Each {' + '.join(key)} must be unique. Remove one row, or give it another name."
    value = joined(rows, key).str.replace(SEPARATOR, ";")
    return flag(table_name, rows, "unique_key", key[-1], what, value=value, cure=cure)


def _near(table: pd.DataFrame, table_name: str, column: str) -> pd.DataFrame:
    """A name that differs from another only in what the eye overlooks: capitals, blanks, leading zeros, kinds of letters."""
    rows = narrow(table, column).drop_duplicates(column)
    plain = pd.Series(_seen(rows[column].tolist()), index=rows.index, dtype=object)
    alike = rows[plain.duplicated()]
    if not len(alike):
        return together([])
    first = rows.loc[~plain.duplicated(), column].set_axis(plain[~plain.duplicated()])
    what = "differs from '" + plain[alike.index].map(first) + "' in capitals, blanks or leading zeros only"
    return flag(table_name, alike, "near_name", column, what)


def _seen(names: list[str]) -> list[str]:
    """The names as the eye sees them, all at once: one in each line."""
    if not names:
        return []
    lines = "\n".join(" ".join(identifier.split()) if "\n" in identifier else identifier for identifier in names)
    letters = lines if lines.isascii() else unicodedata.normalize("NFKC", lines)
    return LEADING_ZEROS.sub("", BLANKS.sub(" ", letters.casefold())).split("\n")


def _references(tables: dict[str, pd.DataFrame], unsound: Set[str]) -> list[pd.DataFrame]:
    cases, sources = set(tables["cases"]["case_id"]), set(tables["sources"]["source_id"])
    parts = []
    for table_name, table in tables.items():
        may_be_blank = "case_id" in table and TABLES[table_name].columns["case_id"].metadata["kind"] != "key"
        if "cases" not in unsound and "case_id" in table and table_name != "cases" and len(table):
            parts.append(_dangling(table_name, table, "case_id", cases | NO_VALUE if may_be_blank else cases, "cases"))
        if "sources" not in unsound and "source_id" in table and table_name not in ("sources", "provenance"):
            parts.append(_dangling(table_name, table, "source_id", sources, "sources"))
    if "sources" not in unsound:
        parts.append(_dangling("provenance", tables["provenance"], "source_id", sources | NO_VALUE, "sources"))
        parts.append(_dangling("sources", tables["sources"], "summarises", sources | NO_VALUE, "sources"))
    if len(tables["links"]) and not unsound & {"cases", "statements"}:
        aggregates = set(tables["cases"]["aggregate_id"]) | set(tables["statements"]["aggregate_id"])
        known = (cases | aggregates) - {""}
        where = "cases (as case or aggregate)"
        parts += [_dangling("links", tables["links"], side, known, where) for side in ("a", "b")]
        parts += _ends(tables["links"].drop_duplicates(["a", "b"]), cases, aggregates)
    return parts


def _dangling(table_name: str, table: pd.DataFrame, column: str, known: Set[str], where: str) -> pd.DataFrame:
    """Names that lead nowhere, with the nearest known one. A blank where a name must stand is a fault of its contract."""
    lost = set(table[column].tolist()) - known - NO_VALUE
    if not lost:
        return NONE
    rows = narrow(table, column)[table[column].isin(lost)]
    add = f"Add it to `{where.split()[0]}`, or correct the name."
    near = {text: _nearest(text, known) for text in sorted(lost)[:MOST_CURED]} if len(known) <= MOST_KNOWN else {}
    cure = rows[column].map(lambda text: near.get(text, "") + add).astype(object) if near else add
    return flag(table_name, rows, "reference", column, f"not found in {where}", cure=cure)


def _nearest(text: str, known: Set[str]) -> str:
    close = difflib.get_close_matches(text, sorted(known), n=1, cutoff=0.75)
    return f"Did you mean '{close[0]}'? " if close else ""


def _courses(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """A row that names a course names one of its own case."""
    courses = tables["courses"]
    parts = []
    for table_name in ("doses", "reactions", "tests", "assessments"):
        table = tables[table_name]
        lost = _without_course(table, courses) & table["case_id"].isin(tables["cases"]["case_id"])
        cure = "Add the course to `courses`, or correct the number."
        parts.append(
            flag(
                table_name,
                narrow(table, "course")[lost],
                "reference",
                "course",
                "no such course of this case",
                cure=cure,
            )
        )
    return parts


def _without_course(table: pd.DataFrame, courses: pd.DataFrame) -> pd.Series:
    """Rows that name a course their case does not have; the few names of courses are gone through one by one."""
    names = [course_name for course_name in table["course"].unique() if course_name != ""]
    if len(names) > FEW_NAMES:
        known = set(joined(courses, ["case_id", "course"]))
        return filled(table["course"]) & ~joined(table, ["case_id", "course"]).isin(known)
    lost = pd.Series(False, index=table.index)
    for course_name in names:
        lost |= (table["course"] == course_name) & ~table["case_id"].isin(
            courses.loc[courses["course"] == course_name, "case_id"]
        )
    return lost


def _origins(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """`onset:<reaction>`, and the reaction that is judged, must name a reaction of the same case."""
    judged = narrow(tables["assessments"], "reaction")
    judged = judged[~judged["reaction"].isin(NO_VALUE)]
    parts = [_no_reaction("assessments", judged, "reaction", judged["reaction"], tables)]
    for table_name, table in tables.items():
        for column in [column for column in table.columns if column.endswith("_origin")]:
            named = [origin for origin in table[column].unique() if origin.startswith("onset:")]
            if named:
                rows = narrow(table, column)[table[column].isin(named)]
                parts.append(_no_reaction(table_name, rows, column, rows[column].str.removeprefix("onset:"), tables))
    return parts


def _no_reaction(
    table_name: str, rows: pd.DataFrame, column: str, reaction: pd.Series, tables: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    reactions = narrow(tables["reactions"], "reaction")
    known = joined(reactions[reactions["case_id"].isin(rows["case_id"])], ["case_id", "reaction"])
    lost = rows[~(rows["case_id"] + SEPARATOR + reaction).isin(known)]
    cure = "Name a reaction of the same case by its short name, the column `reaction` of `reactions`."
    return flag(table_name, lost, "reference", column, "no such reaction of this case", cure=cure)


def _marks(tables: dict[str, pd.DataFrame], unsound: Set[str]) -> list[pd.DataFrame]:
    """A row of `provenance` speaks of a cell that exists: table, column (or the prefix of several) and key of a row."""
    marks = narrow(tables["provenance"], "table", "key", "column")
    parts = [flag("provenance", marks[~marks["table"].isin(TABLES)], "reference", "table", "no such table")]
    for table_name, rows in marks[marks["table"].isin(set(TABLES) - unsound)].groupby("table", sort=False):
        strange = rows[~matching(rows["column"], partial(cells, str(table_name)))]
        lost = rows[~rows["key"].isin(row_key(tables[str(table_name)], str(table_name)))]
        parts += [
            flag("provenance", strange, "reference", "column", f"no such column of `{table_name}`"),
            flag(
                "provenance",
                lost,
                "reference",
                "key",
                f"no such row of `{table_name}`",
                cure=KEY_CURE.format("; ".join(TABLES[str(table_name)].metadata["key"])),
            ),
        ]
    return parts


def _links(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """A pair has one verdict whichever way round it is named, and nothing is linked to itself."""
    links = tables["links"].drop_duplicates(["a", "b"])
    itself = links[links["a"] == links["b"]]
    low = links["a"].where(links["a"] < links["b"], links["b"])
    high = links["b"].where(links["a"] < links["b"], links["a"])
    turned = links[pd.DataFrame({"low": low, "high": high}).duplicated()]
    return [
        flag("links", itself, "links", "b", "a record is linked to itself"),
        flag("links", turned, "links", "a", "the pair is already there, the other way round", value=turned["verdict"]),
        _broken_chains(links),
    ]


def _broken_chains(links: pd.DataFrame) -> pd.DataFrame:
    """Two records said to be different must not be joined by a chain of `same`."""
    first = patients.joined(links)
    apart = links[links["verdict"] == "different"]
    patient, other = (apart[side].map(first) for side in ("a", "b"))
    what = "said to be different, yet the same through other links"
    return flag("links", apart[patient.notna() & (patient == other)], "links", "verdict", what)


def _ends(links: pd.DataFrame, cases: Set[str], aggregates: Set[str]) -> list[pd.DataFrame]:
    """One patient are two cases, and a member is a case of an aggregate: no other link joins or counts patients."""
    case = [links[side].isin(cases) for side in ("a", "b")]
    whole = [links[side].isin(aggregates - cases - NO_VALUE) for side in ("a", "b")]
    same = (links["verdict"] == "same") & (whole[0] | whole[1])
    member = (links["verdict"] == "member_of") & ((case[0] & case[1]) | (whole[0] & whole[1]))
    what = "member_of joins a case and an aggregate, not two of a kind"
    return [
        flag("links", links[same], "links", "verdict", "same joins two cases; an aggregate is not a patient"),
        flag("links", links[member], "links", "verdict", what),
    ]
