"""References of the sources behind cases, with DOI and PubMed number where the tables hold them."""

from scripts.documents.case_file import CaseFile, Row, has
from scripts.documents.dossier import Dossier
from scripts.documents.words.phrases import joined


def reference(source: Row) -> str:
    """`Author A, Author B. Journal 2025;31:1-4. doi:10.1000/1 PMID 123`; a message without citation keeps its short name."""
    doi = f"doi:{source['doi']}" if has(source["doi"]) else ""
    pmid = f"PMID {source['pmid']}" if has(source["pmid"]) else ""
    return joined([source["citation"] if has(source["citation"]) else source["source_id"], doi, pmid], " ")


def cited(data: Dossier, cases: list[CaseFile]) -> list[str]:
    """`[source] reference` of every source of these cases, and of the source that a summary reports on."""
    known = {row["source_id"]: row for row in data.bundle.series["sources"].to_dict("records")}
    wanted: dict[str, Row] = {}
    for case in cases:
        for source in case.sources:
            wanted[source["source_id"]] = source
            if source["summarises"] in known:
                wanted[source["summarises"]] = known[source["summarises"]]
    return [f"[{name}] {reference(row)}" for name, row in wanted.items()]


def all_cited(data: Dossier) -> list[str]:
    """The references of a document that speaks of every source: those of the cases first, then all others."""
    first = cited(data, list(data.cases.values()))
    known = [f"[{row['source_id']}] {reference(row)}" for row in data.bundle.series["sources"].to_dict("records")]
    return list(dict.fromkeys([*first, *known]))
