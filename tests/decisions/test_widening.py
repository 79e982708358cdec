"""A wider time never says more (definitions: properties): bounds and limits contain the old ones, known falls or stays,
possible rises or stays. NPMLE and Weibull make no such claim."""

from hypothesis import given
from hypothesis import strategies as st

from tests.decisions.examples import FEW
from tests.decisions.line import CASE, COURSE, EVENT, through
from tests.validate.build import PROFILE

BEFORE, AFTER = "before", "after"
GROUPED = PROFILE.model_copy(update={"groups": {BEFORE: [BEFORE], AFTER: [AFTER]}})
Bounds = tuple[int, int]


@st.composite
def widened(draw) -> tuple[Bounds, Bounds]:
    """Bounds, both in whole days, and wider ones."""
    low = draw(st.integers(1, 20))
    high = low + draw(st.integers(0, 9))
    return (low, high), (max(1, low - draw(st.integers(0, 3))), high + draw(st.integers(0, 5)))


def told(prefix: str, bounds: Bounds, scale: str, origin: str) -> dict[str, str]:
    low, high = map(str, bounds)
    return {f"{prefix}_lower": low, f"{prefix}_upper": high, f"{prefix}_scale": scale, f"{prefix}_origin": origin}


def rows(onsets: list, ends: list) -> dict:
    """Each patient twice: with the times, and in another group with the wider ones."""
    made: dict = {"cases": [], "courses": [], "reactions": []}
    for place, group in enumerate((BEFORE, AFTER)):
        for number, (onset, end) in enumerate(zip(onsets, ends, strict=True)):
            ids = {"case_id": f"{group}-{number}"}
            made["cases"].append(CASE | ids)
            made["courses"].append(COURSE | ids | {"indication": group})
            times = told("onset", onset[place], "study_day", "first_dose") | told("end", end[place], "d", "event")
            made["reactions"].append(EVENT | ids | times | {"outcome": "recovered"})
    return made


@FEW
@given(st.lists(st.tuples(widened(), widened()), min_size=6, max_size=10))
def test_a_wider_time_never_says_more(patients):
    asked = ("of_onset", "of_resolution")
    results = through(profile=GROUPED, asked=asked, **rows(*zip(*patients, strict=True))).results
    keys = ["endpoint", "clock", "statistic", "at", "at_unit"]
    both = results[results["group"] == BEFORE].merge(
        results[results["group"] == AFTER], on=keys, suffixes=("", "_after")
    )
    bounds = both[both["statistic"].isin(["range", "median_bounds", "median_limits", "limits_by"])].dropna(
        subset=["lower"]
    )
    assert len(bounds)
    assert (bounds["lower_after"] <= bounds["lower"]).all()
    assert (bounds["upper_after"] >= bounds["upper"]).all()
    known, possible = (both[both["statistic"] == statistic] for statistic in ("known_by", "possible_by"))
    assert len(known)
    assert (known["value_after"] <= known["value"]).all()
    assert (possible["value_after"] >= possible["value"]).all()
