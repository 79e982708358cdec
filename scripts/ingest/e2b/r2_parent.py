"""The parent and the pregnancy in the element names of E2B(R2) (B.1.10, B.1.2.2.1, B.4.k.10).

A parent's conditions and drugs are one text of the case, a line each: no rule may take them for the patient's. Number and
birth date of the parent are personal data and are not looked at.
"""

from scripts.e2b.translation import ours
from scripts.ingest.e2b.r2_tree import NOTHING, Tree, sex, version, yes_no
from scripts.ingest.reports import line_of


def cells(patient: Tree, parent: Tree) -> dict[str, str]:
    """Cells of `cases` on pregnancy and parent."""
    return {
        "gestation": gestation(patient, "gestationperiod"),
        "last_menstrual": patient.date("patientlastmenstrualdate") or patient.date("lastmenstrualdate"),
        **(_of_parent(parent) if parent is not NOTHING else {}),
    }


def _of_parent(parent: Tree) -> dict[str, str]:
    return {
        "parent_age": _age(parent),
        "parent_sex": sex(parent.text("parentsex")),
        "parent_last_menstrual": parent.date("parentlastmenstrualdate"),
        "parent_weight": parent.text("parentweight"),
        "parent_height": parent.text("parentheight"),
        "parent_history": "\n".join(filter(None, _history(parent))),
    }


def gestation(tree: Tree, tag: str) -> str:
    """Number and unit: `12 wk`."""
    return f"{tree.text(tag)} {ours('gestation_unit', 'e2b_r2', tree.text(f'{tag}unit'))}".strip()


def _age(parent: Tree) -> str:
    return f"{parent.text('parentage')} {ours('age_unit', 'e2b_r2', parent.text('parentageunit'))}".strip()


def _history(parent: Tree) -> list[str]:
    conditions = [
        line_of(
            "condition",
            condition.text("parentmedicalepisodename"),
            version=version(condition, "parentmdepisodemeddraversion", "parentmedicalepisodenamemeddraversion"),
            start=condition.date("parentmedicalstartdate"),
            end=condition.date("parentmedicalenddate"),
            continuing=yes_no(condition.text("parentmedicalcontinue")),
            comment=condition.text("parentmedicalcomment"),
        )
        for condition in parent.trees("parentmedicalhistoryepisode")
    ]
    drugs = [
        line_of(
            "past drug",
            drug.text("parentdrugname"),
            start=drug.date("parentdrugstartdate"),
            end=drug.date("parentdrugenddate"),
            indication=drug.text("parentdrugindication"),
            indication_version=version(drug, "parentdrgindicationmeddraversion", "parentdrugindicationmeddraversion"),
            reaction=drug.text("parentdrugreaction"),
            reaction_version=version(drug, "parentdrgreactionmeddraversion", "parentdrugreactionmeddraversion"),
        )
        for drug in parent.trees("parentpastdrugtherapy")
    ]
    return [*conditions, *drugs, parent.text("parentmedicalrelevanttext")]
