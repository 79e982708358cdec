"""Derive onset, resolution, dechallenge, rechallenge, test verdicts and one row per case from the series."""

import pandas as pd

from schemas.derived import RECHALLENGES, TEST_RESULTS
from schemas.findings import COLUMNS
from schemas.profile import Profile
from scripts.clock.intervals import DAYS_PER_UNIT
from scripts.commands import room_arguments
from scripts.commands.messages import run, say
from scripts.derive.completeness import completeness
from scripts.derive.dechallenge import coded_dechallenges, dechallenges, with_effect
from scripts.derive.exposure import dose_days, drug_courses, first_dose_dates, groups, index_courses, of_index
from scripts.derive.patients import outcomes, patients
from scripts.derive.rechallenge import rechallenges
from scripts.derive.results_of_tests import results_of_tests
from scripts.derive.times import times
from scripts.files.tablefiles import read_numbers, read_reported, read_text, write
from scripts.words import quantities

EVERYONE = "everyone"


def main() -> None:
    parser = room_arguments.parser("derive", __doc__, "findings", "profile", "settings", "out", place=("series",))
    given = parser.parse_args()
    derived = derive(
        read_reported(given.series),
        read_text(given.series / "membership.csv"),
        read_numbers(given.findings, tuple(name for name in COLUMNS if name != "row")),
        given.profile,
        given.settings.analysis.onset,
    )
    for name, table in derived.items():
        write(table, given.out / f"{name}.csv")
    say("derive: " + ", ".join(f"{name} {len(table)}" for name, table in derived.items()))


def derive(
    tables: dict[str, pd.DataFrame], membership: pd.DataFrame, found: pd.DataFrame, profile: Profile, onset: str
) -> dict[str, pd.DataFrame]:
    """The derived tables by name."""
    own = drug_courses(tables["courses"], profile.drug.substances)
    index = index_courses(own, tables["reactions"])
    index["group"] = groups(index["indication"], profile.groups)
    start = first_dose_dates(index, tables["doses"])
    days = dose_days(index, tables["doses"], start)
    every_set = times(tables, index, pd.concat([membership, _alone(index)], ignore_index=True), start, days)
    alone = every_set["set"] == EVERYONE
    timed, everyone = every_set[~alone], every_set[alone]

    on_first_dose = everyone[everyone["clock"] == "first_dose"]
    first_symptom = on_first_dose[on_first_dose["endpoint"] == "first_symptom"].set_index("case_id")
    primary = on_first_dose[on_first_dose["endpoint"] == onset].set_index("case_id")
    reactions = of_index(tables["reactions"], index)
    event = reactions[(reactions["role"] == "event") & (reactions["occurred"] == "yes")]
    outcome = outcomes(event)

    resolved = everyone[everyone["endpoint"] == profile.event.primary_resolution]
    effect = profile.drug.effect
    stopped = with_effect(
        dechallenges(index, outcome, coded_dechallenges(tables["assessments"], profile.drug.substances)),
        resolved,
        effect.at_least * DAYS_PER_UNIT[effect.unit] if effect else None,
        effect.words if effect else "",
    )
    expected = {quantities.analyte(name) for name, analyte in profile.analytes.items() if analyte.expected}
    again = rechallenges(tables, own, index, outcome, first_symptom, days, expected, start)
    counted = (
        set(membership.loc[membership["set"] == membership["set"].iloc[0], "case_id"]) if len(membership) else set()
    )
    scores = completeness(tables, index, everyone, outcome, of_index(tables["doses"], index))
    spine = patients(tables, index, counted, stopped, again, primary, days, profile, found, scores)
    return {
        "patients": spine,
        "times": timed,
        "completeness": scores,
        "rechallenges": RECHALLENGES.validate(again),
        "test_results": TEST_RESULTS.validate(
            _flagged(results_of_tests(tables["tests"], profile.analytes), tables, found)
        ),
    }


def _alone(index: pd.DataFrame) -> pd.DataFrame:
    """Every case with its own times, members counted inside an aggregate too."""
    return pd.DataFrame({"set": EVERYONE, "case_id": index["case_id"], "replaces": ""})


def _flagged(results: pd.DataFrame, tables: dict[str, pd.DataFrame], found: pd.DataFrame) -> pd.DataFrame:
    """Ids of the findings that stand at each result's row of the user's file."""
    ids = found[found["table"] == "tests"].groupby(["file", "row"])["finding"].agg("; ".join)
    places = pd.MultiIndex.from_frame(tables["tests"][["at_file", "at_row"]])
    return results.assign(findings=ids.reindex(places).fillna("").to_numpy())


if __name__ == "__main__":
    run(main)
