"""Parts of a narrative about the patient: where the report comes from, who it is about, and what was given."""

from scripts.documents.case_file import CaseFile, Row, has
from scripts.documents.words import phrases
from scripts.documents.words.phrases import joined
from scripts.documents.words.texts import fill, texts
from scripts.words import countries, times, wording
from scripts.words.references import reference

PLACE = "narrative.yaml"


def opening(case: CaseFile) -> str:
    """Who was given what for what, and what happened."""
    row, wanted = case.patient, texts("narrative")["opening"]
    sex = wording.coded("sex", row["sex"])
    values: dict[str, object] = {
        "who": fill(wanted["sex" if has(row["sex"]) else "no_sex"], {"sex": sex}, PLACE),
        "age": wording.years(case.derived) or wording.age(case.derived),
        "country": country(case),
        "drug": case.derived["drug"],
        "indication": wording.cell(case.derived["indication"]),
        "event": joined(dict.fromkeys(reaction["term"] for reaction in case.events()), ", ") or wording.UNKNOWN,
    }
    return fill(wanted["text"], values, PLACE)


def country(case: CaseFile) -> str:
    """The country of the patient with its mark, or why there is none."""
    row = case.patient
    return countries.told(wording.cell(row["country"])) + phrases.mark_if_told(case, "cases", row, "country")


def reporter(case: CaseFile) -> str:
    """Who reported, with the mark of the cell."""
    row = case.report
    told = wording.coded("qualification", row["reporter_qualification"])
    return told + case.mark("reports", row, "reporter_qualification")


def country_of_report(case: CaseFile) -> str:
    row = case.report
    return countries.told(wording.cell(row["country"])) + phrases.mark_if_told(case, "reports", row, "country")


def source(case: CaseFile) -> str:
    """The references in full, each with its kind, and where in them the case stands."""
    named = [
        f"{reference(row).removesuffix('.')} ({wording.coded('source_kind', row['kind'])})" for row in case.sources
    ]
    return joined([joined(named), case.derived["locators"]])


def report(case: CaseFile) -> str:
    if not case.report:
        return ""
    row = case.report
    return joined(
        [
            f"type {wording.coded('report_type', row['report_type'])}{case.mark('reports', row, 'report_type')}",
            f"reporter {reporter(case)}",
            f"country of the reporter {country_of_report(case)}",
            f"version {row['version']}" if has(row["version"]) else "",
        ],
        ", ",
    )


def weight_and_height(case: CaseFile) -> str:
    """Weight, height and age group, where they are told."""
    row = case.patient
    more = [
        f"{column} {row[column]} {unit}" for column, unit in (("weight", "kg"), ("height", "cm")) if has(row[column])
    ]
    group = f"age group {wording.coded('age_group', row['age_group'])}" if has(row["age_group"]) else ""
    return joined([group, *more], ", ")


def history(case: CaseFile) -> str:
    return joined(_history(row) for row in case.rows("history"))


def _history(row: dict[str, str]) -> str:
    kind = {"condition": "", "past_drug": "past drug ", "smoking": "smoking: ", "family": "family: "}.get(
        row["kind"], ""
    )
    more = joined([row[column] if has(row[column]) else "" for column in ("reaction", "detail")], ", ")
    term = wording.cell(row["term"]) if row["term"] or not more else ""
    return f"{kind}{term}" + (f" ({more})" if term and more else more)


def exposure(case: CaseFile) -> str:
    """Courses of every drug that is not called concomitant, in order of time."""
    courses = [row for row in case.rows("courses") if row["role"] != "concomitant"]
    return joined(_course(case, row) for row in sorted(courses, key=lambda row: case.places_of_courses[row["course"]]))


def _course(case: CaseFile, row: dict[str, str]) -> str:
    start, gap = phrases.when(row, "start", case, "courses"), after_previous(row)
    ordinal = f"exposure {row['ordinal']} of the patient" if has(row["ordinal"]) else ""
    role = wording.coded("drug_role", row["role"])
    head = f"{phrases.drug(row)}, course {row['course']} ({role})"
    more = joined([row["setting"] if has(row["setting"]) else "", phrases.notes(row)])
    start, gap = start and f"start {start}", gap + (case.mark("courses", row, "gap") if gap else "")
    course_words = joined([head, ordinal, start, gap, phrases.doses(case, row)], ", ")
    return course_words + (f" ({more})" if more else "")


def after_previous(course: Row) -> str:
    """`6 to 18 months after the previous course`; blank where it is not told."""
    if not (has(course["gap_lower"]) or has(course["gap_upper"])):
        return ""
    return f"{times.amount(course['gap_lower'], course['gap_upper'], course['gap_scale'])} after the previous course"


def dose(case: CaseFile) -> str:
    return wording.cell(case.derived["dose"]) if case.derived["dose"] else ""


def premedication(case: CaseFile) -> str:
    return wording.cell(case.derived["premedication"]) if case.derived["premedication"] else ""


def other_drugs(case: CaseFile) -> str:
    """Concomitant drugs, each with its indication, its start and what else is told of it."""
    return joined(_other_drug(case, row) for row in case.rows("courses") if row["role"] == "concomitant")


def _other_drug(case: CaseFile, row: dict[str, str]) -> str:
    purpose = f"for {row['indication']}" if has(row["indication"]) else ""
    start = phrases.when(row, "start", case, "courses")
    course_doses = [dose for dose in case.rows("doses") if dose["course"] == row["course"]]
    given = joined((phrases.dose(given_dose, case) for given_dose in course_doses), ", ")
    start = phrases.marked(start, case.mark("courses", row, "start"))
    inside = joined([purpose, start and f"start {start}", given, phrases.notes(row)])
    return phrases.drug(row) + (f" ({inside})" if inside else "")
