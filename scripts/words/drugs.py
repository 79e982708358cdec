"""A drug of a record in words."""

from collections.abc import Mapping

from schemas.fields import NO_VALUE
from scripts.words.wording import cell


def also_suspected(patient: Mapping[str, str]) -> list[str]:
    """`also suspected: samplimab`, of a row of `patients`; empty where no other drug is."""
    others = patient["other_suspects"].replace("; ", ", ")
    return [f"also suspected: {others}"] if others else []


def drug(course: Mapping[str, str]) -> str:
    """Drug as reported, with the substance where its name differs."""
    drug_name, substance = course.get("drug", ""), course.get("substance", "")
    same = drug_name.casefold() == substance.casefold() or substance in NO_VALUE
    return cell(drug_name or substance) if same or drug_name in NO_VALUE else f"{drug_name} ({substance})"
