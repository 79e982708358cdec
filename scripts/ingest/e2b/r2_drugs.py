"""Drugs and drug-reaction judgements of a report in the element names of E2B(R2) (section B.4).

R2 repeats the whole drug for another dosage, so that each drug has one row of `courses` and at most one
of `doses`. Rechallenge and intervals belong to the drug; a reaction is named where the report has one only,
or the message says which.
"""

import re
from functools import partial

from scripts.e2b.hl7_times import edtf
from scripts.e2b.translation import label_of, ours
from scripts.ingest.e2b import r2_parent
from scripts.ingest.e2b.r2_tree import Tree, code, code_of, columns, interval
from scripts.ingest.reports import Report
from scripts.records.terms import plain

DECHALLENGE = re.compile(r"[1-4]")
COURSE = columns(
    drug="medicinalproduct",
    authorisation="drugauthorizationnumb",
    authorisation_country="drugauthorizationcountry",
    authorisation_holder="drugauthorizationholder",
    indication="drugindication",
    indication_version="drugindicationmeddraversion",
    cumulative_dose="drugcumulativedosagenumb",
    role=("drugcharacterization", code("drug_role")),
    action_taken=("actiondrug", code("action_taken")),
    cumulative_unit=("drugcumulativedosageunit", code("dose_unit")),
    indication_code=("drugindication", code_of),
    start_date=("drugstartdate", edtf),
)
ROUTE = partial(label_of, "route", "e2b_r2")
DOSAGE = columns(
    time_date=("drugstartdate", edtf),
    end_date=("drugenddate", edtf),
    amount="drugstructuredosagenumb",
    per_interval="drugseparatedosagenumb",
    interval="drugintervaldosageunitnumb",
    form="drugdosageform",
    lot="drugbatchnumb",
    dosage_text="drugdosagetext",
    unit=("drugstructuredosageunit", code("dose_unit")),
    interval_unit=("drugintervaldosagedefinition", code("interval_unit")),
    route=("drugadministrationroute", ROUTE),
    parent_route=("drugparadministration", ROUTE),
    duration="drugtreatmentduration",
    duration_scale=("drugtreatmentdurationunit", code("scale")),
)


def read(report: Report, drug: Tree, number: str, terms: dict[str, str]) -> None:
    """Add one drug; `terms` are the reactions by their terms in comparable form."""
    substances = [element.text("activesubstancename") for element in drug.trees("activesubstance")]
    substance = "; ".join(filter(None, substances))
    _course(report, drug, number, substance)
    _judgements(report, drug, number, substance, terms)


def _course(report: Report, drug: Tree, number: str, substance: str) -> None:
    additional = drug.text("drugadditional")
    report.add(
        "courses",
        f"B.4.{number}",
        course=number,
        **drug.cells(COURSE),
        substance=substance,
        gestation=r2_parent.gestation(drug, "reactiongestationperiod"),
        additional_information="" if DECHALLENGE.fullmatch(additional) else additional,
    )
    if dosage := drug.cells(DOSAGE):
        report.add("doses", f"B.4.{number}", course=number, dose="1", **dosage)
    for column, tag in (("time", "drugstartdate"), ("end", "drugenddate")):
        report.keep_hours("doses", f"{number};1", column, f"B.4.{number}", drug.text(tag))


def _judgements(report: Report, drug: Tree, number: str, substance: str, terms: dict[str, str]) -> None:
    """Rechallenge, intervals, (as FAERS publishes it) dechallenge of the drug; then each assessor's result.

    They belong to the drug; a reaction is named where the report has one only, or the message says which.
    """
    reactions = report.rows.get("reactions", ())
    single = reactions[0]["reaction"] if len(reactions) == 1 else ""
    names = {"course": number, "drug": substance or drug.text("medicinalproduct")}
    recurred = [words for recurrence in drug.trees("drugrecurrence") if (words := recurrence.text("drugrecuraction"))]
    again = [_reaction(report, words, "a recurrence", terms) for words in recurred]
    cells = {
        **interval(drug, "start_to_onset", "drugstartperiod", "drugstartperiodunit"),
        **interval(drug, "last_to_onset", "druglastperiod", "druglastperiodunit"),
        **_dechallenge(drug),
    }
    sent = drug.text("drugrecurreadministration")
    rechallenge = {"rechallenge": ours("rechallenge", "e2b_r2", sent, "e2b_r2_rechallenge")} if sent else {}
    linked = sorted(set(filter(None, again)), key=int)
    elsewhere = linked or ([""] if single and again else [])
    if rechallenge and elsewhere and single not in linked:
        for reaction in elsewhere:
            row = names | rechallenge
            report.add("assessments", f"B.4.{number}.17", assessor="report", reaction=reaction, **row)
        rechallenge = {}
    if cells or rechallenge:
        report.add("assessments", f"B.4.{number}", assessor="report", reaction=single, **names, **cells, **rechallenge)
    for place, element in enumerate(drug.trees("drugreactionrelatedness"), start=1):
        _causality(report, element, f"B.4.{number}.18.{place}", names, terms)


def _reaction(report: Report, words: str, what: str, terms: dict[str, str]) -> str:
    """The reaction that a term names; one that no reaction bears is a finding, and the reaction stays blank."""
    if plain(words) not in terms:
        cure = "Ask the sender which reaction is meant."
        report.note("assessments", "reaction", words, f"{what} names no reaction of this report", cure)
    return terms.get(plain(words), "")


def _dechallenge(drug: Tree) -> dict[str, str]:
    """FAERS puts dechallenge where R2 has free text: 1 yes, 2 no, 3 does not apply, 4 undocumented."""
    sent = drug.text("drugadditional")
    if not DECHALLENGE.fullmatch(sent):
        return {}
    return {
        "dechallenge": ours("dechallenge", "openfda", sent, "openfda_dechallenge"),
        "reason": f"drugadditional={sent}",
    }


def _causality(report: Report, element: Tree, locator: str, names: dict[str, str], terms: dict[str, str]) -> None:
    words = element.text("drugreactionasses")
    cells = {
        **names,
        "reaction": _reaction(report, words, "a judgement", terms) if words else "",
        "method": element.text("drugassessmentmethod"),
        "result": element.text("drugresult"),
    }
    assessor = report.distinct(element.text("drugassessmentsource") or "not named", cells)
    if assessor:
        report.add("assessments", locator, assessor=assessor, **cells)
