"""A case told from its rows in order of time, the same for narratives, forms and messages; what is missing comes last
(definitions: narratives)."""

from collections.abc import Callable, Sequence

from scripts.documents.case_file import CaseFile, has
from scripts.documents.words import in_time, narrative_event, narrative_patient
from scripts.documents.words.narrative_patient import PLACE
from scripts.documents.words.texts import fill, texts
from scripts.words import several, wording


def narrative(case: CaseFile) -> str:
    """The paragraphs of one case, each on a line. Parts without any information are named in the last one."""
    return "\n".join(_paragraphs([case]))


def story(case: CaseFile) -> str:
    """The narrative as reported; where there is none, the one assembled from the rows."""
    reported = case.report.get("narrative", "")
    return reported if has(reported) else narrative(case)


def without_element(case: CaseFile) -> list[str]:
    """What is known of a case and has no element of its own in an E2B message, so that only the narrative can tell it."""
    mitigated = any(has(row["mitigation"]) for row in case.rows("courses"))
    told = {
        "premedication": narrative_patient.premedication(case),
        "treatment of the reaction": narrative_event.treatment(case),
        "measures at the re-exposure": mitigated,
    }
    return [name for name, words in told.items() if words]


def of_group(cases: Sequence[CaseFile]) -> str:
    """Patients known only as a group in one paragraph, each part with the number of patients it is said of."""
    return " ".join(_paragraphs(cases))


def _paragraphs(cases: Sequence[CaseFile]) -> list[str]:
    wanted, first = texts("narrative"), cases[0]
    sentences, silent = [], []
    if first.inside or not first.identified:
        kind = "inside" if first.inside else "anonymous"
        sentences.append(fill(wanted[kind], {"aggregate": first.aggregate or "–"}, PLACE))
    for names in wanted["paragraphs"]:
        told = {part: several.part([PARTS[part](case).removesuffix(".") for case in cases]) for part in names}
        silent += [wording.name(part) for part in names if not told[part] and part not in EXCEPTIONAL]
        sentences.append(
            " ".join(
                fill(wanted["parts"][part], {"value": told[part], "in_time": _in_time(cases, part)}, PLACE)
                for part in names
                if told[part]
            )
        )
    held = any(case.withheld for case in cases)
    if silent:
        sentences.append(
            fill(wanted["missing_and_withheld" if held else "missing"], {"parts": ", ".join(silent)}, PLACE)
        )
    return [sentence for sentence in sentences if sentence]


IN_TIME = {"symptoms": ("reaction", "reactions"), "tests": ("test", "tests")}
"""Parts told in the order of time -> kind of sign and table."""


def _in_time(cases: Sequence[CaseFile], part: str) -> str:
    """That a part is told in the order of time, where times are known that order it."""
    if part not in IN_TIME:
        return ""
    kind, table = IN_TIME[part]
    ordered = all(in_time.ordered(case, kind, case.rows(table)) for case in cases)
    return texts("narrative")["in_time"] if ordered else ""


EXCEPTIONAL = ("contradictions", "out_of_use")
"""Parts that are not missed where a case has none."""


PARTS: dict[str, Callable[[CaseFile], str]] = {
    part.__name__: part
    for part in (
        narrative_patient.opening,
        narrative_patient.source,
        narrative_patient.report,
        narrative_patient.weight_and_height,
        narrative_patient.history,
        narrative_patient.exposure,
        narrative_patient.dose,
        narrative_patient.premedication,
        narrative_patient.other_drugs,
        narrative_event.symptoms,
        narrative_event.event,
        narrative_event.certainty,
        narrative_event.tests,
        narrative_event.alternatives,
        narrative_event.treatment,
        narrative_event.action_taken,
        narrative_event.seriousness,
        narrative_event.outcome,
        narrative_event.alive,
        narrative_event.resolution,
        narrative_event.death,
        narrative_event.dechallenge,
        narrative_event.continued_exposure,
        narrative_event.rechallenge,
        narrative_event.causality,
        narrative_event.contradictions,
        narrative_event.out_of_use,
    )
}
"""The parts that `texts/narrative.yaml` may name."""
