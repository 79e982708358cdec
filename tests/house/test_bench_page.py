"""The page of the benches: what was run is new, beside what stood there; what was not run stays; a missed goal ends in 1."""

import pytest

from tests.bench import goals

OLD = goals.HEAD + "\n".join(
    [
        "| Bench | What | Figure | At most | Before |",
        "| --- | --- | --- | --- | --- |",
        "| derive | time per case | 1.1 x | 1.2 x | 1.3 x |",
        "| store | converting | 1.8 x | 2 x |  |",
    ]
)


def test_figures_stand_beside_those_of_before():
    rows = [{"bench": "store", "what": "converting", "figure": 2.345, "most": 2.0, "unit": "x"}]
    page = goals.page(rows, OLD)
    assert page.splitlines()[-2:] == [
        "| derive | time per case | 1.1 x | 1.2 x |  |",
        "| store | converting | 2.35 x (missed) | 2 x | 1.8 x |",
    ]
    assert goals.page([], page).splitlines()[-1] == "| store | converting | 2.35 x (missed) | 2 x |  |"


@pytest.mark.parametrize(("figure", "code"), [(1.9, None), (2.0, None), (2.1, 1)])
def test_a_missed_goal_ends_with_exit_code_one(figure, code, monkeypatch, tmp_path):
    monkeypatch.setattr(goals, "_told", [])
    monkeypatch.setenv(goals.KEPT_IN, str(tmp_path / "kept"))
    goals.goal("converting", figure, 2.0)
    if code:
        with pytest.raises(SystemExit) as ended:
            goals.end("store")
        assert ended.value.code == code
    else:
        goals.end("store")
    assert '"bench": "store", "what": "converting"' in (tmp_path / "kept").read_text(encoding="utf-8")
