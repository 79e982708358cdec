"""Statistics on anybody's CSV: what is read, what is refused, what comes out."""

import numpy as np
import pytest

from scripts.analyse.csv_input import read_intervals, read_rechallenges, read_spans
from scripts.analyse.standalone import COLUMNS, curve, proportion, rechallenge, shape, truncation
from scripts.commands.messages import UserError


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def _write(text: str) -> str:
        (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
        return "mine.csv"

    return _write


def test_open_ends_exact_times_and_counts(write):
    rows = read_intervals(write("lower, upper, n\n0,4,11\n3,3,\n14,,2\n14,inf,1\n"))
    assert rows.to_numpy().tolist() == [[0, 4, 11], [3, 3, 1], [14, np.inf, 2], [14, np.inf, 1]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "lower,upper\n0,4\n5,x\n",
            "mine.csv, line 3, upper: (text of 1 character) is no number; leave it empty where the end is open.",
        ),
        ("lower,upper\n,4\n", "mine.csv, line 2, lower: '' is no number; write 0 where nothing is known of the start."),
        ("lower,upper\n5,4\n", "mine.csv, line 2, lower: '5.0' exceeds upper; swap the two."),
        ("lower,upper,n\n0,4,1.5\n", "mine.csv, line 2, n: '1.5' is no count; write a whole number."),
        ("lower,upper,n\n0,4,0\n", "mine.csv: no cases; an estimate needs at least one row with n above 0."),
        ("from,to\n0,4\n", "mine.csv: column 'lower' is missing. The header row needs lower, upper."),
        ("lower,upper\n", "mine.csv: has a header but no rows. Add one row per case."),
    ],
)
def test_faults_in_one_line(write, text, message):
    with pytest.raises(UserError) as fault:
        read_intervals(write(text))
    assert str(fault.value) == message


def test_no_file_and_empty_file(write):
    with pytest.raises(UserError, match="no such file"):
        read_intervals("nowhere.csv")
    with pytest.raises(UserError, match="is not a CSV table"):
        read_intervals(write(""))


def test_curve_of_the_eleven_and_the_one(write):
    table = curve(read_intervals(write("lower,upper,n\n0,4,11\n0,2,1\n")))
    assert list(table.columns) == COLUMNS
    bounds, limits, median = table.iloc[0], table.iloc[1], table.iloc[2]
    assert (bounds["lower"], bounds["upper"], bounds["n"]) == (0, 4, 12)
    assert (limits["lower"], limits["upper"], limits["note"]) == (0, 4, "95 %, lower end 3 and upper end 10 of 12")
    assert (median["lower"], median["upper"], median["method"]) == (0, 2, "NPMLE")
    warning = table.loc[table["statistic"] == "warning", "note"].item()
    assert warning.startswith("one case, timed by 2, decides the curve")


def test_small_series_has_a_range_only(write):
    table = curve(read_intervals(write("lower,upper\n0,4\n1,2\n3,\n"))).set_index("statistic")
    assert (table.loc["range", "lower"], table.loc["range", "upper"]) == (0, np.inf)
    assert "median_limits" not in table.index


def test_flat_stretch_of_the_median(write):
    """Six exact days: one half from 3 until 4 (definitions: median-bounds)."""
    table = curve(read_intervals(write("lower,upper\n" + "".join(f"{day},{day}\n" for day in range(1, 7)))))
    half = table[(table["statistic"] == "median") & (table["method"] == "NPMLE")].iloc[0]
    assert (half["lower"], half["upper"], half["note"]) == (3, 4, "the curve is one half from 3 until 4")


def test_right_truncation(write):
    """Shares given a time of at most 12 (definitions: right-truncation)."""
    spans = zip([1, 2, 2, 3, 5, 6, 8, 9, 10, 12], [20, 4, 12, 6, 15, 7, 14, 9, 22, 12], strict=True)
    table = truncation(read_spans(write("time,span\n" + "".join(f"{x},{v}\n" for x, v in spans)))).set_index(
        "statistic"
    )
    assert table.loc["share_by_5", "value"] == pytest.approx(0.32)
    assert table.loc["truncation", "note"].startswith("not negligible")


@pytest.mark.parametrize(
    ("row", "message"), [("5,4", "time: '5.0' exceeds span"), ("-1,4", "time: '-1.0' is before the start")]
)
def test_impossible_spans(write, row, message):
    with pytest.raises(UserError, match=message):
        read_spans(write(f"time,span\n{row}\n"))


def test_shape_and_refusal(write):
    days = "".join(f"{day - 1},{day},{n}\n" for day, n in ((1, 3), (2, 5), (3, 3), (4, 3)))
    table = shape(read_intervals(write("lower,upper,n\n" + days))).set_index("statistic")
    assert table.loc["shape", ["value", "lower", "upper"]].tolist() == pytest.approx(
        [2.002583, 1.15968, 3.14637], abs=1e-4
    )
    assert "observation window up to 4" in table.loc["shape", "note"]
    refused = shape(read_intervals(write("lower,upper\n0,4\n")))
    assert refused["statistic"].tolist() == ["refused"]
    assert refused["note"].tolist() == ["1 events; a shape needs at least 10"]


def test_proportion():
    table = proportion(0, 3).set_index("method")
    assert table.loc["Clopper-Pearson", "upper"] == pytest.approx(0.7076, abs=1e-4)
    assert table.loc["exact, one-sided 95 %", "upper"] == pytest.approx(0.6316, abs=1e-4)
    assert "rule of three" not in table.index
    assert "no percentage alone under 10" in table["note"].tolist()
    assert "rule of three" in proportion(0, 30)["method"].tolist()


@pytest.mark.parametrize(("x", "n"), [(4, 3), (-1, 3), (0, 0)])
def test_impossible_proportion(x, n):
    with pytest.raises(UserError, match="needs 0 <= X <= N"):
        proportion(x, n)


def test_rechallenge_file(write):
    rows = read_rechallenges(write("case_id,strict,endpoint,mitigation\na,negative,,steroid\nb,inconclusive,,\n"))
    table = rechallenge(rows)
    exact = table[table["method"] == "Clopper-Pearson"].iloc[0]
    assert (exact["statistic"], exact["value"], exact["n"]) == ("event: recurrence", 0, 1)
    assert exact["upper"] == pytest.approx(0.975)
    assert {"posterior, uniform prior", "posterior, jeffreys prior"} <= set(table["method"])
    parted = table[table["note"].str.startswith("mitigation: steroid, descriptive; 0 of 1 informative")]
    assert parted.loc[parted["method"] == "Clopper-Pearson", "upper"].tolist() == pytest.approx([0.975])


def test_rechallenge_class_that_does_not_exist(write):
    with pytest.raises(
        UserError, match=r"mine.csv, line 2, strict: \(text of 5 characters\) is no class; write one of positive"
    ):
        read_rechallenges(write("case_id,strict\na,maybe\n"))
