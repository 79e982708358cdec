"""The derived tables of a series, each made from those before it."""

from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from schemas.config import Analysis
from schemas.derived_course import DOSE_DAYS, EXPOSURES, RECHALLENGES, SIGNS
from schemas.derived_patients import TEST_RESULTS
from schemas.plain_rows import plain_rows
from schemas.profile import Profile
from scripts.clock.day_zero import without_day_zero
from scripts.clock.intervals import DAYS_PER_UNIT, as_durations
from scripts.derive.clinical.causes import causes, of_cases
from scripts.derive.clinical.decisions import decided, rechallenges_of
from scripts.derive.clinical.effect import with_effect
from scripts.derive.clinical.gathered import Rows, rows_of
from scripts.derive.clinical.judgements import judgements
from scripts.derive.clinical.lifetime import before_death, deaths_told
from scripts.derive.clinical.therapies import with_therapies
from scripts.derive.completeness import completeness
from scripts.derive.day_intervals import with_day_intervals
from scripts.derive.durations import with_durations
from scripts.derive.endpoints.onset_pairs import onset_pairs
from scripts.derive.endpoints.times import every_time, of_sets
from scripts.derive.endpoints.withheld import withheld
from scripts.derive.episodes import episodes
from scripts.derive.exposure import of_exposure, placed
from scripts.derive.exposures import exposures
from scripts.derive.index_exposures import further_uses, index_exposures
from scripts.derive.instruments.appraisals import appraisals
from scripts.derive.other_courses import on_the_clock_of_the_drug
from scripts.derive.patients import patients
from scripts.derive.results_of_tests import results_of_tests
from scripts.derive.signs import every_sign, signs
from scripts.derive.told.distinct_words import doses_told
from scripts.derive.told.findings_of_rows import ids_of_findings
from scripts.derive.told.not_usable import with_reasons
from scripts.derive.told.reported_times import terms_of
from scripts.derive.told.sources import claims, references
from scripts.derive.use import Use, use
from scripts.records.drugs import other_drugs


class Given(NamedTuple):
    """Days of the doses by case and exposure (scripts.derive.use), the table `dose_days`, and the signs on the clock of each."""

    days: dict[tuple[str, str], list[int]]
    begins: dict[tuple[str, str], list[int]]
    latest: dict[tuple[str, str], float]
    doses: pd.DataFrame
    signs: pd.DataFrame


def derive(
    reported: dict[str, pd.DataFrame],
    membership: pd.DataFrame,
    findings: pd.DataFrame,
    profile: Profile,
    analysis: Analysis | None = None,
    *,
    use_assumed: bool = True,
) -> dict[str, pd.DataFrame]:
    """The derived tables by name, each read by the next.

    analysis: the conventions on the episode a case stands for, on whole days and on units; the defaults where left out.
    use_assumed: what the program itself would assume is assumed too.
    """
    declared = analysis or Analysis()
    as_counted = with_durations(without_day_zero(reported))
    tables, exposed = _placed(as_counted, declared, profile)
    given = _given(tables, exposed)
    seen = with_day_intervals(given.signs, exposed, given.days)
    events = episodes(tables["reactions"], seen, given.days, declared.index)
    index = index_exposures(tables, exposed, events, profile)
    died, terms = deaths_told(tables), terms_of(reported["reactions"])
    held, further = withheld(findings, tables, as_counted), further_uses(tables, exposed, events)
    timed = every_time(tables, use(tables, index), further, set(died), use_assumed, held)
    timed = with_reasons(timed, reported, terms)
    results = _test_results(tables, findings, profile)
    rows = rows_of(tables, exposed, events, seen, results, given.days, profile)
    again, decisions = _decided(index, replace(rows, begins=given.begins, latest=given.latest, died=died))
    del rows  # no longer asked, and it holds what it was made from
    of_profile, judged = causes(tables, findings, profile), judgements(tables)
    scores = completeness(
        tables, index, timed[timed["of_index"] == "yes"], _outcomes(events), of_exposure(tables["doses"], index)
    )
    decisions = _noted(decisions, timed, profile).join(of_cases(of_profile, profile, decisions.index))
    decisions = decisions.join(_told(scores, findings))
    told = {
        "patients": patients(tables, index, membership, decisions, judged, terms, profile),
        "exposures": exposed,
        "episodes": events,
        "dose_days": given.doses,
        "signs": every_sign(seen, reported, findings),
        "rechallenges": _rechallenges(again, index),
        "completeness": scores,
        "causes": of_profile,
        "judgements": judged,
        "test_results": results,
        "references": references(tables["sources"], tables["cases"]),
        "claims": claims(tables["statements"]),
        "times": timed,
    }
    del timed  # the largest table
    told["appraisals"] = appraisals(tables, told)
    told["times"] = of_sets(told.pop("times"), membership, declared)
    return told | {"onset_pairs": onset_pairs(told["times"], events, told["rechallenges"])}


def _placed(
    as_counted: dict[str, pd.DataFrame], declared: Analysis, profile: Profile
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The reported tables with their rows in exposures, on the clock of the drug and without what begins after a death; and
    the exposures."""
    tables = before_death(as_counted if declared.whole_days == "calendar" else as_durations(as_counted))
    tables = with_therapies(tables, profile)
    exposed = exposures(tables, profile)
    tables = placed(on_the_clock_of_the_drug(tables, exposed, profile.drug.substances), exposed)
    tables |= {"assessments": _with_other_drugs(tables, profile)}
    return tables, EXPOSURES.validate(exposed.assign(dose=doses_told(exposed, tables["doses"])), inplace=True)


def _with_other_drugs(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Assessments with the `other_drug` that each speaks of, if it does."""
    told = tables["assessments"]
    return told.assign(other_drug=other_drugs(told, tables["courses"], (profile.drug.name, *profile.drug.substances)))


def _given(tables: dict[str, pd.DataFrame], exposed: pd.DataFrame) -> Given:
    """What the uses of the drug tell, each on its own clock."""
    uses = [use(tables, exposed[exposed["exposure"] == number]) for number in dict.fromkeys(exposed["exposure"])]
    marks = tables["provenance"]
    seen = [signs(drug_use.reactions, drug_use.tests, drug_use.start, marks) for drug_use in uses]
    return Given(
        days=_by_exposure(uses, "days"),
        begins=_by_exposure(uses, "begins"),
        latest=_by_exposure(uses, "latest"),
        doses=_dose_days(uses),
        signs=pd.concat(seen or [pd.DataFrame(columns=list(SIGNS.columns))], ignore_index=True),
    )


def _by_exposure(uses: list[Use], days: str) -> dict[tuple[str, str], Any]:
    """What a use knows of its days (a property of Use), by case and exposure."""
    return {
        (case, drug_use.frame["exposure"].iloc[0]): each
        for drug_use in uses
        for case, each in getattr(drug_use, days).items()
    }


def _test_results(tables: dict[str, pd.DataFrame], findings: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """The test results with the ids of the findings about them."""
    results, ids = (
        results_of_tests(tables["tests"], profile.analytes),
        ids_of_findings(findings, "tests", tables["tests"]),
    )
    return TEST_RESULTS.validate(results.assign(findings=ids.to_numpy()), inplace=True)


def _outcomes(events: pd.DataFrame) -> pd.Series:
    return events[events["index"] == "yes"].set_index("case_id")["outcome"]


def _decided(index: pd.DataFrame, rows: Rows) -> tuple[dict[str, list[dict]], pd.DataFrame]:
    """Case -> its rechallenges; and the decisions by case."""
    again, made = {}, {}
    for exposure in plain_rows(index):
        case = exposure["case_id"]
        again[case] = rechallenges_of(case, rows)
        made[case] = decided(case, exposure, again[case], rows)
    return again, pd.DataFrame.from_dict(made, orient="index").rename_axis("case_id")


def _noted(decisions: pd.DataFrame, timed: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Decisions with the note on a drug that goes on acting for longer than the event took to resolve."""
    effect = profile.drug.effect
    if effect is None:
        return decisions
    resolved = timed[(timed["endpoint"] == profile.event.primary_resolution) & (timed["of_index"] == "yes")]
    return with_effect(decisions, resolved, effect.at_least * DAYS_PER_UNIT[effect.unit], effect.words)


def _told(scores: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """Completeness as printed and the ids of findings, by case."""
    score = scores.set_index("case_id")["score"].map("{:.3g}".format)
    ids = findings.groupby("case_id")["finding"].agg("; ".join).reindex(score.index).fillna("")
    return pd.DataFrame({"completeness": score, "findings": ids})


def _dose_days(uses: list[Use]) -> pd.DataFrame:
    given = pd.concat([drug_use.doses for drug_use in uses] or [pd.DataFrame(columns=list(DOSE_DAYS.columns))])
    given = given.sort_values(["case_id", "exposure", "dose"], ignore_index=True)
    return DOSE_DAYS.validate(given[list(DOSE_DAYS.columns)], inplace=True)


def _rechallenges(again: dict[str, list[dict]], index: pd.DataFrame) -> pd.DataFrame:
    rows = [row for case in sorted(again) for row in again[case]]
    table = pd.DataFrame(rows, columns=list(RECHALLENGES.columns)).astype({"dose_fraction": float})
    texts = [column for column in table if column != "dose_fraction"]
    table[texts] = table[texts].fillna("").astype(object)
    return RECHALLENGES.validate(
        table.assign(group=table["case_id"].map(index.set_index("case_id")["group"]).astype(object)), inplace=True
    )
