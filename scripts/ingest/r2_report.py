"""A report in the element names of E2B(R2), whether sent as XML or published by openFDA as JSON.

R2 gives seriousness for the case; it stays with the case and is never copied to its reactions.
"""

import re
from dataclasses import dataclass, field

from schemas.codes import rows as code_rows
from scripts.ingest import ages
from scripts.ingest.hl7_times import edtf
from scripts.ingest.reports import Report, has_value
from scripts.ingest.translation import label_of, ours, plain

SERIOUS = {row["code"]: row["e2b_r2"] for row in code_rows("seriousness")}
DECHALLENGE = re.compile(r"[1-4]")


@dataclass(slots=True)
class Tree:
    """An element: the first text of each leaf by its name, and the elements inside by theirs."""

    texts: dict[str, str] = field(default_factory=dict)
    inside: dict[str, list["Tree"]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A leaf's text, without blanks around it; a blank where there is none."""
        return self.texts.get(name, "")

    def trees(self, name: str) -> list["Tree"]:
        """All elements of this name that have something inside."""
        return self.inside.get(name, [])

    def tree(self, name: str) -> "Tree":
        """The first of them; an empty one where there is none."""
        return next(iter(self.trees(name)), NOTHING)

    def date(self, name: str) -> str:
        """A date as EDTF text; its length says its precision (102 day, 610 month, 602 year)."""
        return edtf(self.text(name))


NOTHING = Tree()


def report(sent: Tree, at_file: str, at_row: int) -> Report:
    """One safetyreport as rows of the reported tables."""
    patient = sent.tree("patient")
    version = sent.text("safetyreportversion")
    nullified = ours("yes_no", "e2b_r2", sent.text("casenullification")) == "yes"
    found = Report(
        case_id=sent.text("safetyreportid"),
        at_file=at_file,
        at_row=at_row,
        order=(int(version) if version.isdecimal() else 0, sent.text("receiptdate")),
        nullified=nullified,
    )
    _report(found, sent, patient, version, nullified)
    terms = _reactions(found, patient)
    _case(found, sent, patient)
    _history(found, patient)
    for number, test in enumerate(patient.trees("test"), start=1):
        _test(found, test, number)
    _death(found, patient)
    for number, drug in enumerate(patient.trees("drug"), start=1):
        _drug(found, drug, str(number))
        _judgements(found, drug, str(number), terms)
    return found


def _report(found: Report, sent: Tree, patient: Tree, version: str, nullified: bool) -> None:
    source, summary = sent.tree("primarysource"), patient.tree("summary")
    others = [one.text("duplicatenumb") for one in sent.trees("reportduplicate")]
    comments = {
        "reportercomment": "Reporter's comments (B.5.2)",
        "sendercomment": "Sender's comments (B.5.4)",
    }
    words = [f"{title}: {summary.text(name)}" for name, title in comments.items() if summary.text(name)]
    found.add(
        "reports",
        "A.1",
        sender_case_id=sent.text("safetyreportid"),
        worldwide_case_id=sent.text("authoritynumb") or sent.text("companynumb"),
        version=version,
        report_type=ours("report_type", "e2b_r2", sent.text("reporttype")),
        received=sent.date("receivedate"),
        latest_information=sent.date("receiptdate"),
        reporter_qualification=ours("qualification", "e2b_r2", source.text("qualification")),
        country=source.text("reportercountry") or sent.text("primarysourcecountry"),
        nullification="nullified" if nullified else "",
        nullification_reason=sent.text("nullificationreason"),
        other_ids="; ".join(filter(None, others)),
        literature="\n".join(one.text("literaturereference") for one in sent.trees("primarysource")).strip(),
        narrative="\n\n".join(filter(None, [summary.text("narrativeincludeclinical"), *words])),
        **{f"serious_{name}": _yes_no(sent, element) for name, element in SERIOUS.items()},
    )


def _yes_no(tree: Tree, name: str) -> str:
    return ours("yes_no", "e2b_r2", tree.text(name), "e2b_r2_yes_no")


def _case(found: Report, sent: Tree, patient: Tree) -> None:
    unit = patient.text("patientonsetageunit")
    cells = ages.stated(patient.text("patientonsetage"), ours("age_unit", "e2b_r2", unit), "e2b_r3")
    if cells and "age_lower" not in cells:
        found.note("cases", "age_lower", cells["age_as_reported"], "the age has no known unit",
                   "Kept in age_as_reported only; ask the sender for the unit.")  # fmt: skip
    found.add(
        "cases",
        "B.1",
        identity="identified",
        country=sent.text("occurcountry"),
        sex=ours("sex", "e2b_r2", patient.text("patientsex"), "e2b_r2_sex"),
        age_group=ours("age_group", "e2b_r2", patient.text("patientagegroup")),
        weight=patient.text("patientweight"),
        height=patient.text("patientheight"),
        **(cells or _age_from_birth(found, patient)),
    )


def _age_from_birth(found: Report, patient: Tree) -> dict[str, str]:
    onsets = sorted(row["onset_date"] for row in found.rows.get("reactions", ()))
    cells = ages.from_birth(patient.date("patientbirthdate"), next(filter(has_value, onsets), ""))
    if cells:
        found.derived("cases", "", "age_lower", "B.1.2.1", "completed years from birth date to first onset")
    return cells


def _duration(tree: Tree, number: str, unit: str) -> dict[str, str]:
    return {"duration": tree.text(number), "duration_scale": ours("scale", "e2b_r2", tree.text(unit))}


def _reactions(found: Report, patient: Tree) -> dict[str, str]:
    """Add the reactions; gives each by its terms, in comparable form."""
    terms: dict[str, str] = {}
    for number, one in enumerate(patient.trees("reaction"), start=1):
        said = [one.text(name) for name in ("primarysourcereaction", "reactionmeddrallt", "reactionmeddrapt")]
        terms |= {plain(term): str(number) for term in said if term and plain(term) not in terms}
        coded = said[2] or said[1]
        found.add(
            "reactions",
            f"B.2.{number}",
            reaction=str(number),
            term=said[0] or coded,
            term_translated=coded if said[0] and plain(coded) != plain(said[0]) and not coded.isdigit() else "",
            term_code=coded if coded.isdigit() else "",
            term_version=one.text("reactionmeddraversionpt") or one.text("reactionmeddraversionllt"),
            occurred="yes",
            onset_date=one.date("reactionstartdate"),
            end_date=one.date("reactionenddate"),
            outcome=ours("outcome", "e2b_r2", one.text("reactionoutcome")),
            **_duration(one, "reactionduration", "reactiondurationunit"),
        )
        first = _interval(one, "start_to_onset", "reactionfirsttime", "reactionfirsttimeunit")
        last = _interval(one, "last_to_onset", "reactionlasttime", "reactionlasttimeunit")
        if first or last:
            found.add("assessments", f"B.2.{number}.7", assessor="report", reaction=str(number), **first, **last)
    return terms


def _interval(tree: Tree, name: str, number: str, unit: str) -> dict[str, str]:
    if not tree.text(number):
        return {}
    return {name: tree.text(number), f"{name}_scale": ours("scale", "e2b_r2", tree.text(unit))}


def _history(found: Report, patient: Tree) -> None:
    for number, one in enumerate(patient.trees("medicalhistoryepisode"), start=1):
        found.add(
            "history",
            f"B.1.7.1.{number}",
            item=f"condition {number}",
            kind="condition",
            term=one.text("patientepisodename"),
            start_date=one.date("patientmedicalstartdate"),
            end_date=one.date("patientmedicalenddate"),
            continuing=_yes_no(one, "patientmedicalcontinue"),
            detail=one.text("patientmedicalcomment"),
        )
    if patient.text("patientmedicalhistorytext"):
        detail = patient.text("patientmedicalhistorytext")
        found.add("history", "B.1.7.2", item="text", kind="condition", detail=detail)
    for number, one in enumerate(patient.trees("patientpastdrugtherapy"), start=1):
        found.add(
            "history",
            f"B.1.8.{number}",
            item=f"past drug {number}",
            kind="past_drug",
            term=one.text("patientdrugname"),
            start_date=one.date("patientdrugstartdate"),
            end_date=one.date("patientdrugenddate"),
            indication=one.text("patientdrugindication"),
            reaction=one.text("patientdrugreaction"),
        )


def _test(found: Report, one: Tree, number: int) -> None:
    low, high = one.text("lowtestrange"), one.text("hightestrange")
    both = f"{low}-{high}" if low and high else (f">={low}" if low else f"<={high}" if high else "")
    found.add(
        "tests",
        f"B.3.{number}",
        result=str(number),
        test=one.text("testname"),
        time_date=one.date("testdate"),
        value=one.text("testresult"),
        unit_as_printed=one.text("testunit"),
        reference_as_printed=both,
    )


def _death(found: Report, patient: Tree) -> None:
    for one in patient.trees("patientdeath")[:1]:
        causes = [cause.text("patientdeathreport") for cause in one.trees("patientdeathcause")]
        seen = [cause.text("patientdetermineautopsy") for cause in one.trees("patientautopsy")]
        found.add(
            "deaths",
            "B.1.9",
            time_date=one.date("patientdeathdate"),
            cause="; ".join([*filter(None, causes), *(f"{cause} (autopsy)" for cause in seen if cause)]),
            autopsy=_yes_no(one, "patientautopsyyesno"),
        )


def _drug(found: Report, drug: Tree, number: str) -> None:
    additional = drug.text("drugadditional")
    found.add(
        "courses",
        f"B.4.{number}",
        course=number,
        drug=drug.text("medicinalproduct"),
        substance=_substances(drug),
        role=ours("drug_role", "e2b_r2", drug.text("drugcharacterization")),
        indication=drug.text("drugindication"),
        start_date=drug.date("drugstartdate"),
        action_taken=ours("action_taken", "e2b_r2", drug.text("actiondrug")),
        cumulative_dose=drug.text("drugcumulativedosagenumb"),
        cumulative_unit=ours("dose_unit", "e2b_r2", drug.text("drugcumulativedosageunit")),
        additional_information="" if DECHALLENGE.fullmatch(additional) else additional,
    )
    dosage = {
        "time_date": drug.date("drugstartdate"),
        "end_date": drug.date("drugenddate"),
        "amount": drug.text("drugstructuredosagenumb"),
        "unit": ours("dose_unit", "e2b_r2", drug.text("drugstructuredosageunit")),
        "interval": drug.text("drugintervaldosageunitnumb"),
        "interval_unit": ours("interval_unit", "e2b_r2", drug.text("drugintervaldosagedefinition")),
        "form": drug.text("drugdosageform"),
        "route": label_of("route", "e2b_r2", drug.text("drugadministrationroute")),
        "lot": drug.text("drugbatchnumb"),
        "dosage_text": drug.text("drugdosagetext"),
        **_duration(drug, "drugtreatmentduration", "drugtreatmentdurationunit"),
    }
    if any(dosage.values()):
        found.add("doses", f"B.4.{number}", course=number, dose="1", **dosage)


def _substances(drug: Tree) -> str:
    return "; ".join(filter(None, (one.text("activesubstancename") for one in drug.trees("activesubstance"))))


def _judgements(found: Report, drug: Tree, number: str, terms: dict[str, str]) -> None:
    """Rechallenge, intervals, (as FAERS publishes it) dechallenge of the drug; then each assessor's result.

    They belong to the drug; a reaction is named where the report has one only, or the message says which.
    """
    reactions = {row["reaction"] for row in found.rows.get("reactions", ())}
    only = next(iter(reactions)) if len(reactions) == 1 else ""
    names = {"course": number, "drug": _substances(drug) or drug.text("medicinalproduct")}
    again = [terms.get(plain(one.text("drugrecuraction")), "") for one in drug.trees("drugrecurrence")]
    said = {
        **_interval(drug, "start_to_onset", "drugstartperiod", "drugstartperiodunit"),
        **_interval(drug, "last_to_onset", "druglastperiod", "druglastperiodunit"),
        **_dechallenge(drug),
    }
    sent = drug.text("drugrecurreadministration")
    rechallenge = {"rechallenge": ours("rechallenge", "e2b_r2", sent, "e2b_r2_rechallenge")} if sent else {}
    linked = [only] if only else sorted(set(filter(None, again)), key=int)
    if rechallenge and linked and not only:
        for reaction in linked:
            found.add(
                "assessments",
                f"B.4.{number}.17",
                assessor="report",
                reaction=reaction,
                **names,
                **rechallenge,
            )
        rechallenge = {}
    if said or rechallenge:
        found.add("assessments", f"B.4.{number}", assessor="report", reaction=only, **names, **said, **rechallenge)
    for place, one in enumerate(drug.trees("drugreactionrelatedness"), start=1):
        _causality(found, one, f"B.4.{number}.18.{place}", names, terms)


def _dechallenge(drug: Tree) -> dict[str, str]:
    """FAERS puts dechallenge where R2 has free text: 1 yes, 2 no, 3 does not apply, 4 undocumented."""
    sent = drug.text("drugadditional")
    if not DECHALLENGE.fullmatch(sent):
        return {}
    return {
        "dechallenge": ours("dechallenge", "openfda", sent, "openfda_dechallenge"),
        "reason": f"drugadditional={sent}",
    }


def _causality(found: Report, one: Tree, locator: str, names: dict[str, str], terms: dict[str, str]) -> None:
    cells = {
        **names, "reaction": terms.get(plain(one.text("drugreactionasses")), ""),
        "method": one.text("drugassessmentmethod"), "result": one.text("drugresult"),
    }  # fmt: skip
    assessor = found.distinct(one.text("drugassessmentsource") or "not named", cells)
    if assessor:
        found.add("assessments", locator, assessor=assessor, **cells)
