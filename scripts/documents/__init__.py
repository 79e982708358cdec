"""Documents a submitter can send, each made from the series, the derived tables and the results.

The folder is the list: each document is one file `document_<name>.py` whose docstring's first line is its title, with
`write(data, out) -> paths`. The other modules are what they share: the file of a case, its criteria, the books, the
file names. `e2b`, `cioms` and `causality` make the parts that have a standard of their own, `words` the sentences.
The rule: documents are drafts, nothing in them is invented, nothing is decided of a patient, and every case is in the ledger of the
documents. What is counted here is named by the documents: cases that show something, and what assessors answered.
"""

import importlib
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from scripts.commands.messages import UserError
from scripts.commands.progress import counted
from scripts.documents.books import Books
from scripts.documents.dossier import Dossier
from scripts.documents.words import groups

PREFIX = "document_"
PER_CASE = ("causality", "cioms_i", "e2b_r3", "narratives")
"""Documents with a file, a sheet or a page per case: not made unasked above `groups.MOST` cases."""


def documents() -> list[str]:
    """Names of the documents, read off the folder."""
    return sorted(file.stem.removeprefix(PREFIX) for file in Path(__file__).parent.glob(f"{PREFIX}*.py"))


def module(document: str) -> ModuleType:
    """The module that writes a document."""
    return importlib.import_module(f"scripts.documents.{PREFIX}{document}")


def title(document: str) -> str:
    """The first line of its docstring."""
    return (module(document).__doc__ or "").split("\n")[0]


def chosen(wanted: str | Sequence[str]) -> list[str]:
    """The documents asked for; `all`, or names. A name that no document has is refused."""
    known = documents()
    if wanted == "all":
        return known
    unknown = [document for document in wanted if document not in known]
    if unknown:
        raise UserError(f"documents: there is no document {', '.join(unknown)}. There are: {', '.join(known)}.")
    return [document for document in known if document in wanted]


def given_way(data: Dossier, names: Sequence[str]) -> list[str]:
    """Of these documents those that a large series does without; every case is entered with the reason."""
    if len(groups.lines(list(data.cases.values()))) <= groups.MOST:
        return []
    without = [document for document in names if document in PER_CASE]
    for document in without:
        for case in data.cases:
            data.books.enter(
                document,
                case,
                "out",
                f"more than {groups.MOST} cases: made only when asked for by name",
                "large series",
            )
    return without


def write_all(data: Dossier, out: Path, names: Sequence[str]) -> list[Path]:
    """Write these documents; `data.books` then holds the decision about every case and document."""
    return [path for document in counted(names, "documents") for path in module(document).write(data, out)]


__all__ = ["Books", "Dossier", "chosen", "documents", "given_way", "title", "write_all"]
