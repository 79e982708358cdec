"""Every number has an address: n, method, and the cases behind it; statistics follow their declared conventions."""

import pandas as pd
import pytest


@pytest.fixture(scope="module", params=["default_run", "invented_run"])
def made(request):
    return request.getfixturevalue(request.param)


def test_every_row_has_its_method_and_every_number_of_cases_leads_to_their_ids(made):
    results, members = made.results(), made.table("populations.csv")
    sizes = members.groupby("population").size()
    assert (results["method"] != "").all()
    row_sizes = {
        column: results[column].map(sizes).fillna(0)
        for column in ("population", "known_population", "counted_population")
    }
    cases = results["endpoint"] != "findings"
    assert (row_sizes["population"] == results["n_total"])[cases].all()
    assert (row_sizes["known_population"] == results["n"])[cases].all()
    counts = results[cases & results["method"].str.startswith(("count", "upper end at", "lower end before"))]
    assert len(counts) > 100
    assert (row_sizes["counted_population"] == results["value"])[counts.index].all()


def test_those_of_n_are_among_those_of_n_total_and_counted_cases_among_them(made):
    results, members = made.results(), made.table("populations.csv")
    ids = members.groupby("population")["case_id"].agg(frozenset).to_dict() | {"": frozenset()}
    triples = results[["population", "known_population", "counted_population"]].drop_duplicates()
    for every, known, counted in triples.itertuples(index=False):
        assert ids[known] <= ids[every]
        assert ids[counted] <= ids[every]


def test_no_test_between_groups(made):
    results = made.results()
    refused = results[results["statistic"] == "groups_not_tested"]
    assert len(refused) == 1
    assert "fewer than 5 cases" in refused["note"].iloc[0]
    assert not results["statistic"].str.contains("p_value").any()


def test_known_never_exceeds_possible(made):
    keys = ["analysis", "set", "endpoint", "clock", "coding", "group", "at"]
    results = made.results()
    known = results[results["statistic"] == "known_by"].set_index(keys)["value"]
    possible = results[results["statistic"] == "possible_by"].set_index(keys)["value"]
    assert len(known)
    assert (known <= possible.reindex(known.index)).all()


def test_curves_add_up_to_one(made):
    steps = made.table("curves.csv")
    mass = (
        pd.to_numeric(steps["mass"])
        .groupby([steps[c] for c in ("analysis", "set", "endpoint", "clock", "coding", "group")])
        .sum()
    )
    assert mass.to_numpy() == pytest.approx(1)


def test_leave_one_out_names_the_influential_case(default_run):
    results = default_run.results()
    row = results[
        (results["statistic"] == "leave_one_case_out") & (results["level"] == "known_by_2") & (results["group"] == "MS")
    ]
    # 1 of 12 known by day 2; without the 2025 case 0 of 11, without any other 1 of 11.
    assert row[["value", "lower", "upper"]].values.tolist() == [[pytest.approx(1 / 12), 0, pytest.approx(1 / 11)]]
    assert row["note"].tolist() == ["moved most by ZHAO-2025"]


def test_posterior_after_one_negative_rechallenge(default_run):
    results = default_run.results()
    last = results[(results["statistic"] == "posterior") & (results["endpoint"] == "event") & (results["n"] == 1)]
    posterior = {row.level: (row.lower, row.upper) for row in last.itertuples()}
    assert posterior["uniform"] == pytest.approx((0.0126, 0.8419), abs=5e-5)  # definitions: updating
    assert posterior["jeffreys"] == pytest.approx((0.00039, 0.8533), abs=5e-5)


def test_truncation_is_judged_by_the_data_lock(default_run):
    row = default_run.results().query("statistic == 'truncation'").iloc[0]
    # First dose at the latest 31 July 2022, lock 31 December 2025: 1249 days; onset by study day 2, a day after the dose.
    assert (row["value"], row["upper"], row["n"]) == (1249, 1, 1)
    assert row["note"].startswith("negligible")


def test_other_tools_conventions_are_reproduced(invented_run):
    results = invented_run.results()
    rows = results[results["statistic"] == "convention_quantile"].set_index("level")["value"]
    # Onsets known to the day: 3 (27 February to 1 March 2024), 1 and 4 whole days after the first dose; 36 hours, exactly.
    assert rows["dahlia: median"] == 2.25  # of 1, 1.5, 3, 4
    assert rows["diana: median"] == 3.25  # the day of the dose is day 1
    assert rows["vigicaen: first quartile"] == 1.375  # type 7
    assert rows["dahlia: first quartile"] == 1.25  # type 2
