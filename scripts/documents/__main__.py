"""Write the documents of a series."""

import argparse
from pathlib import Path

from scripts import documents
from scripts.commands import product_arguments, room_arguments
from scripts.commands.messages import run, say
from scripts.documents.dossier import dossier
from scripts.files.tablefiles import write


def arguments() -> argparse.Namespace:
    listed = "; ".join(f"{document}: {documents.title(document)}" for document in documents.documents())
    names = ("results", "findings", "profile", "settings", "out")
    parser = room_arguments.parser("documents", f"{__doc__} {listed}", *names, place=("series", "derived"))
    parser.add_argument("--ledger", type=Path, metavar="FILE", help="written by assemble; default: in SERIES")
    parser.add_argument(
        "--figures",
        default="",
        metavar="DIR",
        help="figures (PNG) for the signal summary, where the settings name no folder of their own",
    )
    parser.add_argument("--only", action="append", metavar="NAME", help="write this document only; may be repeated")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    asked = given.settings.documents
    options = asked.model_copy(update={"figures": asked.figures or given.figures})
    names = documents.chosen(given.only or options.write)
    data = dossier(product_arguments.read(given), options)
    without = [] if given.only else documents.given_way(data, names)
    names = [document for document in names if document not in without]
    paths = documents.write_all(data, given.out, names)
    write(data.books.table(), given.out / "documents_ledger.csv")
    say(f"documents: {len(names)} kinds, {len(paths)} files")
    if without:
        asked = " ".join(f"--only {document}" for document in without)
        say(
            f"documents: {len(data.cases)} cases: {', '.join(without)} not written, one part per case; ask for them: {asked}"
        )


if __name__ == "__main__":
    run(main)
