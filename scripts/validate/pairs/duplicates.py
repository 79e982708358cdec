"""Pairs of records that may be one patient, scored and explained field by field. Nothing is merged here.

The score counts bits: how surprising an agreement is between two different patients (a shared sex one bit, a shared age
five), less what conflicts take away. The bits stand in the code list `match_fields`; in large series the rarity of the
value in the series itself counts instead. A pair is a candidate when the agreeing bits exceed what one pair in the series
may share by chance, and LEAST_BITS of them are left after the conflicts. No single conflict rules a pair out: a sex, an
age or a drug may have been typed wrongly. The score is no probability. It is ours so that every pair can be told field by
field in words; a trained model cannot, and a series is too small to train one.
"""

import math
from functools import cache

import numpy as np
import pandas as pd

from schemas.books import CANDIDATE_PAIRS
from schemas.codes import rows as listed
from schemas.plain_rows import plain_rows
from schemas.profile import Profile
from scripts.clock.intervals import EPOCH
from scripts.validate.comparison_records import Records, records, with_onsets
from scripts.validate.pairs.blocking import of_identifiers
from scripts.validate.pairs.blocking import pairs as blocked
from scripts.validate.pairs.first_look import MOST_HISTORY, MOST_PAST_DRUGS, bits_of, promising, rarities

COLUMNS = list(CANDIDATE_PAIRS.columns)
LEAST_BITS, SLACK = 7.0, 6.0
IDENTIFIERS_NEEDED = 2
"""A merge rests on two independent identifiers, never on demographics alone (rule Q26)."""
MOST_LISTED = 10_000

Field = tuple[str, str, str, float]
"""A field of the code list, `agree`, `conflict` or `missing`, the words shown, and the bits."""


def candidates(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """The table `candidate_pairs` (COLUMNS), best first, with the verdict of `links` where there is one.

    Pairs that a link calls `same` or `suspected` are compared too, however little they are alike.
    """
    if len(tables["cases"]) < 2:
        return pd.DataFrame(columns=COLUMNS, dtype=object)
    known = records(tables, profile)
    rarity, names = rarities(known.table), known.table.index
    pairs = len(names) * (len(names) - 1) / 2
    least = max(LEAST_BITS, math.log2(max(pairs, 1)) - SLACK)
    linked = _linked(tables["links"], names)
    at = promising(known, blocked(known, of_identifiers(known)), rarity, least, LEAST_BITS)
    at = np.unique(np.concatenate([at, np.array(sorted(linked), int).reshape(-1, 2)]), axis=0)
    cells = with_onsets(known.table.loc[names[np.unique(at)]], tables, profile).to_dict("index")
    pair_rows = []
    for a, b in at.tolist():
        fields = compare(known, cells, names[a], names[b], rarity)
        agree, score = _scored(fields)
        if (agree >= least and score >= LEAST_BITS) or (a, b) in linked:
            pair_rows.append(_row(names[a], names[b], fields, score) | {"linked": (a, b) in linked})
    table = pd.DataFrame(pair_rows, columns=[*COLUMNS[:6], "linked"])
    table = table.sort_values(["score", "a", "b"], ascending=[False, True, True], ignore_index=True)
    return _judged(table[table["linked"] | (table.index < MOST_LISTED)], tables["links"])


def _linked(links: pd.DataFrame, names: pd.Index) -> set[tuple[int, int]]:
    """Positions of the records that a link calls `same` or `suspected`, the lower first."""
    alike_links = links[links["verdict"].isin(["same", "suspected"]) & links["a"].isin(names) & links["b"].isin(names)]
    ends = zip(names.get_indexer(alike_links["a"]).tolist(), names.get_indexer(alike_links["b"]).tolist(), strict=True)
    return {(min(pair), max(pair)) for pair in ends if pair[0] != pair[1]}


def _scored(fields: list[Field]) -> tuple[float, float]:
    """Bits of the fields that agree, and what the conflicts leave of them."""
    agree, conflict = (
        sum(bits for _, field_state, _, bits in fields if field_state == state) for state in ("agree", "conflict")
    )
    return agree, agree - conflict


def compare(known: Records, cells: dict, a: str, b: str, rarity: dict[str, dict]) -> list[Field]:
    """Every field of two records: agreeing, conflicting or missing in one of them."""
    record, other = cells[a], cells[b]
    return [
        *_shared("identifier", known.identifiers.get(a), known.identifiers.get(b), 1, conflicts=False),
        _drug(known.drugs.get(a), known.drugs.get(b)),
        _text("country", record, other, rarity),
        _text("sex", record, other, rarity),
        _age(record, other, rarity),
        _text("indication", record, other, rarity),
        _text("event", record, other, rarity),
        _date(record, other),
        _text("ordinal", record, other, rarity),
        _onset(record, other),
        _text("outcome", record, other, rarity),
        *_shared("history", known.history.get(a), known.history.get(b), MOST_HISTORY, conflicts=False),
        *_shared("past_drug", known.past_drugs.get(a), known.past_drugs.get(b), MOST_PAST_DRUGS, conflicts=True),
    ]


@cache
def _label(field: str) -> str:
    return next(row["label"] for row in listed("match_fields") if row["code"] == field)


def _missing(field: str) -> Field:
    return field, "missing", _label(field), 0.0


def _drug(first: frozenset | None, other: frozenset | None) -> Field:
    """Every record of a series has its drug: sharing it says nothing, not sharing it says much."""
    if not first or not other:
        return _missing("drug")
    if first & other:
        return "drug", "agree", f"{_label('drug')} {min(first & other)}", bits_of("drug", "agree")
    words = f"{_label('drug')} {', '.join(sorted(first))} / {', '.join(sorted(other))}"
    return "drug", "conflict", words, bits_of("drug", "conflict")


def _text(field: str, first: dict, other: dict, rarity: dict) -> Field:
    left, right = first[field], other[field]
    if not left or not right:
        return _missing(field)
    if left == right:
        return field, "agree", f"{_label(field)} {left}", rarity.get(field, {}).get(left, bits_of(field, "agree"))
    return field, "conflict", f"{_label(field)} {left} / {right}", bits_of(field, "conflict")


def _age(first: dict, other: dict, rarity: dict) -> Field:
    spans = [(each["age_lower"], each["age_upper"]) for each in (first, other)]
    if any(math.isnan(bound) for span in spans for bound in span):
        return _missing("age")
    words = " / ".join(f"{low:g}" if low == high else f"{low:g} to {high:g}" for low, high in spans)
    apart = max(spans[0][0] - spans[1][1], spans[1][0] - spans[0][1])
    if spans[0] == spans[1] and spans[0][0] == spans[0][1]:
        bits = rarity.get("age", {}).get(spans[0][0], bits_of("age", "agree"))
        return "age", "agree", f"{_label('age')} {spans[0][0]:g}", bits
    if apart <= 0:
        return "age_range", "agree", f"{_label('age_range')}: {words}", bits_of("age_range", "agree")
    if apart <= 1:
        return "age_near", "agree", f"{_label('age_near')}: {words}", bits_of("age_near", "agree")
    return "age", "conflict", f"age {words}", bits_of("age", "conflict")


def _date(first: dict, other: dict) -> Field:
    """When treatment or event was: the same day, month or year; else whether it follows the other's publication."""
    known = [each for each in (first, other) if not math.isnan(each["first"])]
    if len(known) < 2:
        return _after_publication(first, other)
    if first["last"] < other["first"] or other["last"] < first["first"]:
        words = " / ".join(f"{_day(each['first'])}" for each in (first, other))
        return "exposure_day", "conflict", f"date {words}", bits_of("exposure_day", "conflict")
    width = max(each["last"] - each["first"] for each in (first, other))
    field = "exposure_day" if width < 1 else "exposure_month" if width <= 31 else "exposure_year"
    return field, "agree", _label(field), bits_of(field, "agree") if width <= 366 else 0.0


@cache
def _day(days: float) -> str:
    return (np.datetime64(EPOCH) + np.timedelta64(int(days), "D")).astype(str)


def _after_publication(first: dict, other: dict) -> Field:
    for dated, printed in ((first, other), (other, first)):
        if dated["first"] > printed["published"]:
            words = f"treated from {_day(dated['first'])}, the other published by {_day(printed['published'])}"
            return "published", "conflict", words, bits_of("published", "conflict")
    return _missing("exposure_year")


def _onset(first: dict, other: dict) -> Field:
    if math.isnan(first["onset_upper"]) or math.isnan(other["onset_upper"]):
        return _missing("onset")
    low, high = max(first["onset_lower"], other["onset_lower"]), min(first["onset_upper"], other["onset_upper"])
    state = "agree" if low < high or low == first["onset_upper"] == other["onset_upper"] else "conflict"
    words = " / ".join(f"{each['onset_lower']:g} to {each['onset_upper']:g} d" for each in (first, other))
    label = _label("onset") if state == "agree" else "time to onset differs"
    return "onset", state, f"{label}: {words}", bits_of("onset", state)


def _shared(field: str, first: frozenset | None, other: frozenset | None, most: int, conflicts: bool) -> list[Field]:
    """Words that the two share; `asthma` and `mild asthma` are shared, since one holds the other as whole words."""
    if not first or not other:
        return [_missing(field)]
    pairs = sorted({min(left, right, key=len) for left in first for right in other if _holds(left, right)})
    if pairs:
        return [(field, "agree", f"{_label(field)} {word}", bits_of(field, "agree")) for word in pairs[:most]]
    if conflicts:
        words = f"{_label(field)} {', '.join(sorted(first))} / {', '.join(sorted(other))}"
        return [(field, "conflict", words, bits_of(field, "conflict"))]
    return [(field, "missing", f"{_label(field)}: none shared", 0.0)]


def _holds(left: str, right: str) -> bool:
    short, long = sorted((f" {left} ", f" {right} "), key=len)
    return short in long


def _row(a: str, b: str, fields: list[Field], score: float) -> dict:
    shown = {
        state: "; ".join(words for _, field_state, words, _ in fields if field_state == state)
        for state in ("agree", "conflict", "missing")
    }
    return {
        "a": a,
        "b": b,
        "score": round(score, 1),
        "agreeing": shown["agree"],
        "conflicting": shown["conflict"],
        "missing": shown["missing"],
    }


def identifying(agreeing: str) -> int:
    """How many independent identifiers stand among the agreeing fields: an id, a date to the day, a condition, a past
    drug; several conditions count once."""
    kinds = {"identifier": 2, "exposure_day": 1, "exposure_month": 1, "history": 1, "past_drug": 1}
    return sum(
        weight for kind, weight in kinds.items() if any(part.startswith(_label(kind)) for part in agreeing.split("; "))
    )


def _judged(table: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """The verdict of the pair's link, whichever way round it is written; blank where the pair has not been judged."""
    pair_links = links[links["a"].isin(table["a"]) | links["b"].isin(table["a"])].drop_duplicates(["a", "b"])
    link_of_pair = {frozenset((row["a"], row["b"])): row for row in plain_rows(pair_links)}
    rows = [link_of_pair.get(frozenset(pair), {}) for pair in zip(table["a"], table["b"], strict=True)]
    verdicts = {column: [row.get(column, "") for row in rows] for column in ("verdict", "confidence", "reason")}
    return table.reset_index(drop=True).assign(**verdicts)[COLUMNS]
