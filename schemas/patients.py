"""Reported tables about patients: reports, cases, history, reactions, tests, measures, other causes, deaths.

Shaped after ICH E2B(R3), so that papers, messages and database extracts land in one model; element numbers
stand in the metadata (`e2b`). All cells are text.
"""

from schemas.codes import SERIOUSNESS
from schemas.contract import CASE, table
from schemas.fields import coded, coded_beside, day, key, number, required_code, text, time, whole

REPORTS = table(
    "reports",
    "One version of one report of a case",
    ["case_id", "source_id", "version"],
    CASE,
    text("sender", "Sender", "Organisation that sent the report.", e2b="C.3.2", of_messages="yes"),
    text("sender_case_id", "Sender's case id", "As sent.", e2b="C.1.1"),
    text(
        "worldwide_case_id",
        "Worldwide case id",
        "The key for recognising one case in two messages.",
        e2b="C.1.8.1",
    ),
    whole("version", "Version", "The highest version is used."),
    coded("report_type", "report_type", "Report type", "", e2b="C.1.3"),
    day("received", "First received", "", e2b="C.1.4"),
    day("latest_information", "Latest information", "", e2b="C.1.5"),
    coded(
        "first_sender",
        "first_sender",
        "First sender",
        "Who gave the case its worldwide id.",
        e2b="C.1.8.2",
        of_messages="yes",
    ),
    coded("reporter_qualification", "qualification", "Reporter", "", e2b="C.2.r.4"),
    text(
        "other_reporters",
        "Other reporters",
        "Qualification and country of each source but the primary one, one per line.",
        e2b="C.2.r",
        of_messages="yes",
    ),
    text("country", "Reporter's country", "ISO 3166-1 alpha-2 code or name.", e2b="C.2.r.3"),
    coded("nullification", "nullification", "Nullified or amended", "", e2b="C.1.11.1"),
    text("nullification_reason", "Reason for nullification or amendment", "", e2b="C.1.11.2"),
    text("other_ids", "Other case ids", "Separated by semicolons.", e2b="C.1.9.1.r.2"),
    text(
        "other_id_sources", "Sources of the other ids", "In the order of the ids.", e2b="C.1.9.1.r.1", of_messages="yes"
    ),
    text("linked_reports", "Linked reports", "Separated by semicolons.", e2b="C.1.10.r", of_messages="yes"),
    text("study_name", "Study", "As sent.", e2b="C.5.2", of_messages="yes"),
    text("study_number", "Sponsor's study number", "As sent.", e2b="C.5.3", of_messages="yes"),
    text("study_type", "Type of study", "Code as sent.", e2b="C.5.4", of_messages="yes"),
    text("study_registrations", "Registrations of the study", "Number and country.", e2b="C.5.1.r", of_messages="yes"),
    text("documents", "Documents held by the sender", "Names, one per line.", e2b="C.1.6.1.r.1", of_messages="yes"),
    text("sender_diagnosis", "Sender's diagnosis", "Separated by semicolons.", e2b="H.3.r.1b", of_messages="yes"),
    *coded_beside("sender_diagnosis", "Sender's diagnosis", "H.3.r.1", several=True),
    text("literature", "Literature", "References the report was taken from, one per line.", e2b="C.4.r.1"),
    coded("serious", "yes_no", "Case serious", "As sent of the case.", e2b_r2="A.1.5.1", of_messages="yes"),
    *(
        coded(
            f"serious_{criterion}",
            "yes_no",
            f"Case serious: {criterion.replace('_', ' ')}",
            "Where the source says it of the case as a whole; never copied to its reactions.",
            e2b_r2="A.1.5.2",
        )
        for criterion in SERIOUSNESS
    ),
    day("event_date", "Event date", "Onset given once for the whole report.", faers="DEMO.event_dt"),
    text("narrative", "Narrative", "Never shown in logs.", e2b="H.1"),
)

CASES = table(
    "cases",
    "A patient, or an exchangeable anonymous member of an aggregate",
    ["case_id"],
    CASE,
    required_code("identity", "identity", "Identity", "Identified patient or anonymous member."),
    text("aggregate_id", "Aggregate", "The aggregate an anonymous member belongs to."),
    text("country", "Country", "Where the reaction occurred: ISO 3166-1 alpha-2 code or name.", e2b="E.i.9"),
    coded("sex", "sex", "Sex", "", e2b="D.5"),
    number("age_lower", "Age from", "Equal to `age_upper` where one age is stated.", unit="a", e2b="D.2.2"),
    number("age_upper", "Age to", "Included.", unit="a", e2b="D.2.2"),
    text("age_as_reported", "Age as reported", "Number and unit as sent, before conversion.", e2b="D.2.2"),
    coded("age_group", "age_group", "Age group", "Where no age is given.", e2b="D.2.3"),
    text("gestation", "Gestation at the reaction", "Number and unit as sent.", e2b="D.2.2.1", of_messages="yes"),
    day("last_menstrual", "Last menstrual period", "", e2b="D.6", of_messages="yes"),
    text("parent_age", "Parent: age", "Number and unit as sent.", e2b="D.10.2.2", of_messages="yes"),
    coded("parent_sex", "sex", "Parent: sex", "", e2b="D.10.6", of_messages="yes"),
    day("parent_last_menstrual", "Parent: last menstrual period", "", e2b="D.10.3", of_messages="yes"),
    number("parent_weight", "Parent: weight", "", unit="kg", e2b="D.10.4", of_messages="yes"),
    number("parent_height", "Parent: height", "", unit="cm", e2b="D.10.5", of_messages="yes"),
    text(
        "parent_history",
        "Parent: history",
        "Conditions, past drugs and the sender's text, one per line; of the parent, never of the patient.",
        e2b="D.10.7",
        of_messages="yes",
    ),
    number("weight", "Weight", "", unit="kg", e2b="D.3"),
    number("height", "Height", "", unit="cm", e2b="D.4"),
    coded(
        "discharged_alive", "yes_no", "Discharged alive", "Where the source says so; never concluded from an outcome."
    ),
    text("summary", "Summary", "One sentence an author wants in the listing."),
)

HISTORY = table(
    "history",
    "A condition, a past drug with its reaction, or smoking",
    ["case_id", "item"],
    CASE,
    key("item", "Item", "Short name, once per case."),
    required_code("kind", "history_kind", "Kind", ""),
    text("term", "Term", "As reported.", e2b="D.7.1.r.1"),
    text("term_code", "Term: code", "As sent, never looked up.", e2b="D.7.1.r.1b"),
    text("term_version", "Term: dictionary version", "", e2b="D.7.1.r.1a", of_messages="yes"),
    *time("start", "Start", e2b="D.7.1.r.2"),
    *time("end", "End", e2b="D.7.1.r.4"),
    coded("continuing", "yes_no", "Continuing", "", e2b="D.7.1.r.3"),
    text("indication", "Indication of a past drug", "", e2b="D.8.r.6"),
    *coded_beside("indication", "Indication of a past drug", "D.8.r.6"),
    text("reaction", "Reaction to a past drug", "In words, or its code as sent.", e2b="D.8.r.7"),
    *coded_beside("reaction", "Reaction to a past drug", "D.8.r.7"),
    text("detail", "Detail", "Comment.", e2b="D.7.1.r.5"),
)

REACTIONS = table(
    "reactions",
    "One reaction, sign or symptom in one course, including stated absences",
    ["case_id", "reaction"],
    CASE,
    key("reaction", "Reaction", "Short name, once per case; `onset:<reaction>` refers to it."),
    text("course", "Course", "The course in or after which it was looked for."),
    text("term", "Term", "As reported.", e2b="E.i.1.1a"),
    text("term_translated", "Term in English", "As sent beside the native term.", e2b="E.i.1.2"),
    text("term_code", "Term: code", "As sent, never looked up.", e2b="E.i.2.1b"),
    text("term_version", "Term: dictionary version", "", e2b="E.i.2.1a"),
    text(
        "other_terms",
        "Other terms",
        "Terms or codes sent beside these, as the lowest level term beside the preferred term; separated by semicolons.",
        e2b_r2="B.2.i.1",
        of_messages="yes",
    ),
    text("term_language", "Term: language", "As sent.", e2b="E.i.1.1b", of_messages="yes"),
    text("highlighted", "Highlighted by the reporter", "Code as sent.", e2b="E.i.3.1", of_messages="yes"),
    coded("medically_confirmed", "yes_no", "Confirmed by a health professional", "", e2b="E.i.8", of_messages="yes"),
    text("country", "Country of the reaction", "Where it differs in one case.", e2b="E.i.9", of_messages="yes"),
    required_code(
        "role", "reaction_role", "Role", "Event of the series, its characteristic sign, a symptom of it, or other."
    ),
    required_code("occurred", "occurred", "Occurred", "`no` for a stated absence."),
    coded("attribution", "attribution", "Attribution", "Whether it is judged part of the event."),
    coded(
        "index", "yes_no", "Index episode", "`yes` on the event that the case is reported for, where it had several."
    ),
    coded("onset_order", "onset_order", "Order of onset", "Of a sign without a time, among the signs of the event."),
    *time("free_until", "Last known free of it"),
    coded("present_before", "yes_no", "Present before", "`yes`: it worsened, and the onset is when it worsened."),
    *time("onset", "Onset", e2b="E.i.4"),
    *time("end", "End", e2b="E.i.5"),
    number("duration", "Duration", "As reported.", e2b="E.i.6a"),
    coded("duration_scale", "scale", "Duration: unit", "", e2b="E.i.6b"),
    coded("end_basis", "end_basis", "End seen by", "Symptom-free, or first clear imaging."),
    coded("outcome", "outcome", "Outcome", "", e2b="E.i.7"),
    *(
        coded(criterion, "yes_no", f"Serious: {criterion.replace('_', ' ')}", "", e2b=f"E.i.3.2{letter}")
        for criterion, letter in zip(SERIOUSNESS, "abcdef", strict=True)
    ),
)

TESTS = table(
    "tests",
    "One result as printed",
    ["case_id", "result"],
    CASE,
    key("result", "Result", "Short name, once per case."),
    text("test", "Test", "As reported.", e2b="F.r.2.1"),
    text("test_code", "Test: code", "As sent, never looked up.", e2b="F.r.2.2b"),
    text("test_version", "Test: dictionary version", "", e2b="F.r.2.2a", of_messages="yes"),
    text("course", "Course", "The course in or after which it was done."),
    *time("time", "Done", e2b="F.r.1"),
    coded("coded_result", "test_result", "Result: code", "", e2b="F.r.3.1"),
    text("value", "Value as printed", "", e2b="F.r.3.2"),
    text("unit_as_printed", "Unit as printed", "", e2b="F.r.3.3"),
    text("reference_as_printed", "Reference range as printed", "", e2b="F.r.4"),
    coded("reading", "reading", "Reading", "What the result says about the event."),
    text("finding", "Finding", "In words.", e2b="F.r.3.4"),
)

MANAGEMENTS = table(
    "managements",
    "One treatment or measure",
    ["case_id", "item"],
    CASE,
    key("item", "Item", "Short name, once per case."),
    text("measure", "Measure", ""),
    *time("time", "Time"),
    text("detail", "Detail", ""),
)

ALTERNATIVES = table(
    "alternatives",
    "One other cause considered",
    ["case_id", "cause"],
    CASE,
    key("cause", "Cause", ""),
    coded("excluded", "excluded", "Excluded", ""),
    text("how", "How", ""),
)

DEATHS = table(
    "deaths",
    "A death",
    ["case_id"],
    CASE,
    *time("time", "Death", e2b="D.9.1"),
    text("cause", "Cause", "", e2b="D.9.2.r.2"),
    *coded_beside("cause", "Cause", "D.9.2.r.1", several=True),
    coded("autopsy", "yes_no", "Autopsy", "", e2b="D.9.3"),
    coded("relatedness", "relatedness", "Relatedness", ""),
)
