"""What a printed time means, as bounds that `derive` turns into days, and that what is printed can be read again."""

import re
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.codes import codes
from scripts.clock.intervals import elapsed
from scripts.ingest.table.grammar import Printed, bounds, parse, printed
from scripts.ingest.table.unreadable import UnreadableError


def in_days(text: str, unit: str = "d", origin: str = "first_dose") -> tuple[float, float]:
    """(lower, upper] in days, by the clock of the line."""
    parsed = parse(text, unit)
    low, high = bounds(parsed, origin in ("first_dose", "last_dose"))
    time = pd.DataFrame({"x_lower": [low], "x_upper": [high], "x_scale": [parsed.unit], "x_origin": [origin]})
    interval = elapsed(time, "x").iloc[0]
    return interval["lower"], interval["upper"]


@pytest.mark.parametrize(
    ("text", "after_a_dose", "between_events"),
    [
        ("5", (5, 6), (5, 5)),
        ("5 d", (5, 6), (5, 5)),
        ("5*", (5, 6), (5, 5)),
        ("3-5 d", (3, 6), (3, 5)),
        ("3–5", (3, 6), (3, 5)),
        ("3 to 5 days", (3, 6), (3, 5)),
        ("between 3 and 5", (3, 6), (3, 5)),
        ("3‒5 d", (3, 6), (3, 5)),
        ("3 or 5 d", (3, 6), (3, 5)),
        ("five day(s)", (5, 6), (5, 5)),
        ("5 d ᵃ", (5, 6), (5, 5)),
        ("5\u2009d¹", (5, 6), (5, 5)),
        ("=<16", (0, 17), (0, 16)),
        ("c. 3 wk", (21, 21), (21, 21)),
        ("≤16", (0, 17), (0, 16)),
        ("<= 16", (0, 17), (0, 16)),
        ("within 16 d", (0, 17), (0, 16)),
        ("up to 16 days", (0, 17), (0, 16)),
        ("<14", (0, 14), (0, 13)),
        ("less than 14 days", (0, 14), (0, 13)),
        (">30", (31, float("inf")), (30, float("inf"))),
        ("≥30", (30, float("inf")), (30, float("inf"))),
        ("~7", (7, 8), (7, 7)),
        ("about 7 days", (7, 8), (7, 7)),
        ("1.5", (1.5, 1.5), (1.5, 1.5)),
        ("<1.5 d", (0, 1.5), (0, 1.5)),
        ("within 48 h", (0, 2), (0, 2)),
        ("2 wk", (14, 14), (14, 14)),
        ("2 mo", (60.875, 60.875), (60.875, 60.875)),
        ("1-2 weeks", (7, 14), (7, 14)),
        ("-3", (-3, -2), (-3, -3)),
        ("−3 d", (-3, -2), (-3, -3)),
    ],
)
def test_what_a_time_means(text, after_a_dose, between_events):
    assert in_days(text) == after_a_dose
    assert in_days(text, origin="diagnosis") == between_events


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("day 4", (3, 4)),
        ("Day 4", (3, 4)),
        ("D4", (3, 4)),
        ("days 4-6", (3, 6)),
        ("D 4", (3, 4)),
        ("day4", (3, 4)),
        ("on day 4 to day 6", (3, 6)),
        ("D4-D6", (3, 6)),
        ("study day 4 to 6", (3, 6)),
        ("by day 4", (0, 4)),
        ("<day 4", (0, 3)),
        (">day 4", (4, float("inf"))),
    ],
)
def test_study_days_are_those_of_the_clock(text, meant):
    assert in_days(text) == meant


@pytest.mark.parametrize("comma", [False, True])
def test_the_decimal_sign_is_that_of_the_file(comma):
    mark, other = (",", ".") if comma else (".", ",")
    assert parse(f"1{mark}5 months", comma=comma) == Printed("1.5", unit="mo")
    with pytest.raises(UnreadableError):
        parse(f"1{other}286 d", comma=comma)


@pytest.mark.parametrize(
    ("text", "date"),
    [("4-Mar-2019", "2019-03-04"), ("Mar 4, 2019", "2019-03-04"), ("2019/3/4", "2019-03-04"), ("2019-03", "2019-03"), ("2019-03-04", "2019-03-04"), ("2019", "2019"), ("Mar 2019", "2019-03"),
     ("4 March 2019", "2019-03-04"), ("sept. 2019", "2019-09"), ("2019-03-04~", "2019-03-04~"), ("3/2019", "2019-03")],
)  # fmt: skip
def test_dates_in_a_column_of_dates(text, date):
    assert parse(text, "date") == Printed(date=date)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("44300", "a number where a date is expected; spreadsheet programs count the days of dates like this"),
        ("2019-03-04 14:30", "a date with a time of day"),
        ("5", "a number without a unit"),
        ("3-5", "a number without a unit"),
        ("03/18/21", "a date with a year of two digits"),
        ("POD 3", "a day counted from an operation"),
        ("5 March", "a unit of time that is not known"),
        ("early March 2021", "not a date that can be read"),
        ("13/25/2021", "not a date that can be read"),
    ],
)
def test_what_is_no_date_says_why(text, what):
    with pytest.raises(UnreadableError, match=f"^{re.escape(what)}$"):
        parse(text, "date", dates="month_first")


FRACTION = (
    "a fraction: in British notes 2/7 is two days, 3/52 three weeks, 2/12 two months; elsewhere a date or a share"
)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("2019-03-05", "a date in a column that counts time"),
        ("5 (3-7)", "more than a time: something in brackets"),
        ("03/04/2019", "a date of which the file does not say whether the day or the month comes first"),
        ("1:30", "a time of day, or hours and minutes: which is not said"),
        ("D+4", "a day with a plus sign, which may be counted from a day 0 or a day 1"),
        ("day +4", "a day with a plus sign, which may be counted from a day 0 or a day 1"),
        ("day-4", "not a time that can be read"),
        ("4 d after 2nd infusion", "counted from something that the cell names, and not its column"),
        ("half an hour", "words without a number"),
        ("several days", "words without a number"),
        ("1 week (range 1-3)", "more than a time: something in brackets"),
        ("soon", "words without a number"),
        ("<1/24", FRACTION),
        ("2-3/7", FRACTION),
        ("3/52", FRACTION),
        ("1 and 3", "two times in one cell"),
        ("day 3 & day 5", "two times in one cell"),
        ("14+", "a plus sign behind a number"),
        ("2+ weeks", "a plus sign behind a number"),
        ("week 2", "a week, month or hour by its number, of which the first may be 0 or 1"),
        ("C1D8", "a day of a cycle"),
        ("4 1/2 d", "a fraction"),
        ("1 week later", "counted from something that the cell names, and not its column"),
        ("POD 3", "a day counted from an operation"),
        ("10 days post-op", "a day counted from an operation"),
        ("same day", "a day in words"),
        ("1st day", "a day in words"),
        ("1 hr 30 min", "two units in one cell"),
        ("2x24 h", "not a time that can be read"),
        ("1½ weeks", "a fraction"),
        ("ongoing at 6 mo", "no end, but that there was none yet"),
        ("5 m", "'m' may be minutes or months"),
        ("5 fortnights", "a unit of time that is not known"),
        ("5 a", "a unit of time that is not known"),
        ("5 h - 2 d", "two units in one cell"),
        ("day 5 d", "two units in one cell"),
        ("<3-5", "a limit and a range in one cell"),
        ("5-3", "a range that ends before it begins"),
        ("1,286", "a comma in a number"),
        ("day 1.5", "a study day is a whole number"),
        ("<0", "less than zero"),
        ("1½", "a unit of time that is not known"),
        ("٣ d", "not a time that can be read"),
    ],
)
def test_what_does_not_parse_says_why(text, what):
    with pytest.raises(UnreadableError, match=f"^{re.escape(what)}$") as fault:
        parse(text, "d")
    assert fault.value.cure.endswith(".")


def test_a_number_without_a_unit_asks_for_one():
    with pytest.raises(UnreadableError, match="without a unit"):
        parse("5")


amounts = st.decimals(0, 9999, places=2).map(lambda number: str(number.normalize() + 0 if number else Decimal(0)))
plain = amounts.filter(lambda text: "E" not in text)


@st.composite
def times(draw) -> Printed:
    """Everything that the grammar can say."""
    if draw(st.booleans()):
        return Printed(date=draw(st.dates()).isoformat())
    unit = draw(st.sampled_from(codes("scale")))
    number = st.integers(1, 9999).map(str) if unit == "study_day" else plain.filter(lambda text: text != "0")
    first, second = sorted([draw(number), draw(number)], key=Decimal)
    if draw(st.booleans()):
        return Printed(first, second, unit)
    return Printed(first, unit=unit, limit=draw(st.sampled_from(["", *codes("printed_limits")])))


@settings(deadline=None)
@given(times())
def test_what_is_printed_is_read_again(time):
    assert parse(printed(time), "date" if time.date else "") == time


@settings(deadline=None)
@given(st.text(max_size=12), st.sampled_from(["", "d", "date", "study_day"]), st.booleans())
def test_any_text_is_a_time_or_a_fault_in_words(text, unit, comma):
    parsed, fault = said_or_fault(text, unit, comma)
    assert (parsed is None) == bool(fault)
    if parsed:
        low, high = bounds(parsed, after_dose=True) if parsed.first else ("0", "")
        assert Decimal(low or 0) <= Decimal(high or "Infinity")


def said_or_fault(text: str, unit: str, comma: bool) -> tuple[Printed | None, str]:
    try:
        return parse(text, unit, comma=comma), ""
    except UnreadableError as why:
        return None, f"{why}. {why.cure}"
