"""Reported tables about the series: sources, claims, links between records, repairs, remarks, provenance."""

from schemas.contract import table
from schemas.fields import coded, day, key, number, required_code, text, whole

SOURCES = table(
    "sources",
    "A paper, overview, listing or message",
    ["source_id"],
    key("source_id", "Source", "Short name used in every other table."),
    required_code("kind", "source_kind", "Kind", "What sort of source it is."),
    text("citation", "Citation", "Vancouver style.", e2b="C.4.r.1"),
    text("doi", "DOI", "Without a web address."),
    text("pmid", "PMID", "PubMed number."),
    day("published", "Published", "Date of publication; part dates allowed."),
    coded("extent_read", "extent_read", "Extent read", "How much of it was read."),
    coded("evidence_level", "evidence_level", "Evidence level", "A to D."),
    coded(
        "first_day",
        "first_day",
        "First day",
        "What it calls the day of the first dose, where it writes study days: 0 or 1.",
    ),
    text("summarises", "Summarises", "The source that this one reports at second hand."),
    text("note", "Note", "Anything a reader of the source list should know."),
    facts=False,
)

STATEMENTS = table(
    "statements",
    "One series-level claim, used to check and to cite, never expanded silently",
    ["statement"],
    key("statement", "Statement", "Short name."),
    text("aggregate_id", "Aggregate", "The aggregate it is about, if its members are in `cases`."),
    text("group", "Group", "Indication of the patients it is about, as in `courses`."),
    whole("n", "n", "Patients with the property."),
    whole("of", "of", "Patients it is about."),
    text("variable", "Variable", "An endpoint or a column; `cases` for a plain count."),
    number("lower", "From", ""),
    number("upper", "To", ""),
    coded("scale", "scale", "Scale", ""),
    text("words", "In words", ""),
)

LINKS = table(
    "links",
    "A pair of records and whether they are one patient",
    ["a", "b"],
    key("a", "Record", "A case."),
    key("b", "Other record", "A case or an aggregate."),
    required_code("verdict", "verdict", "Verdict", ""),
    coded("confidence", "confidence", "Confidence", ""),
    text("reason", "Reason", ""),
    facts=False,
)

CORRECTIONS = table(
    "corrections",
    "An accepted repair",
    ["table", "key", "column"],
    key("table", "Table", ""),
    key("key", "Row", "The row's key values separated by semicolons."),
    key("column", "Column", ""),
    text("from", "From", "The value as reported."),
    text("to", "To", ""),
    key("reason", "Reason", ""),
    key("by", "By", "Role or initials of who accepted it."),
    day("date", "Date", ""),
    facts=False,
)

REMARKS = table(
    "remarks",
    "A reviewer's remark on the text, which no rule can make",
    ["remark"],
    key("remark", "Remark", "Short name."),
    required_code("rule", "rules", "Rule", "The rule it falls under: Q23 contradiction, Q24 claim, Q35 narrative ..."),
    text("case_id", "Case", "The case, where it is about one."),
    text("words", "Words", "The words at issue, quoted briefly."),
    key("why", "Why", "What is wrong with them, and where the conflicting words are."),
    text("decision", "Decision", "What is used, and what is not."),
    text("by", "By", "Role or initials of the reviewer."),
    day("date", "Date", ""),
)

PROVENANCE = table(
    "provenance",
    "The exception to a row's defaults",
    ["table", "key", "column"],
    key("table", "Table", ""),
    key("key", "Row", "The row's key values separated by semicolons."),
    key("column", "Column", "A column, or the prefix of a time."),
    text("source_id", "Source", "Where it differs from the row's."),
    text("locator", "Locator", ""),
    coded("status", "status", "Status", ""),
    text("words", "Words", "Short quotation."),
    text("note", "Note", ""),
    facts=False,
)
