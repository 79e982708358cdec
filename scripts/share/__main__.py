"""Copy the derived tables of a series without what points at a person, for the rooms that make the shared products; or,
with --counts, write the counts of patients of such a copy that may be published."""

from pathlib import Path

import pandas as pd

from schemas.books import BOOKS, KEY
from schemas.derived import DERIVED
from schemas.reported import TABLES
from scripts.commands import product_arguments
from scripts.commands.messages import run, say
from scripts.files.bundle import BESIDE_THE_SERIES, Bundle
from scripts.files.tablefiles import empty, write, write_book, write_bytes
from scripts.share.counts import public
from scripts.share.pseudonyms import shared, vocabulary
from scripts.share.public_page import drawing, page


def main() -> None:
    parser = product_arguments.parser("share", __doc__)
    parser.add_argument("--key", type=Path, metavar="FILE", help="where case and pseudonym are kept; never shared")
    parser.add_argument("--counts", action="store_true", help="write the counts alone, small ones masked")
    given = parser.parse_args()
    data = product_arguments.read(given)
    if given.counts:
        counts = public(data.results)
        write(counts, given.out / "counts.csv")
        write_bytes(drawing(counts, data.profile.title).encode(), given.out / "counts.svg")
        write_bytes(page(counts, data.profile.title, data.data_lock).encode(), given.out / "report.html")
        say("share: counts as table, figure and page")
        return
    tables, key = shared(data.derived, vocabulary(data.profile))
    for table_name, table in tables.items():
        write(DERIVED[table_name].validate(table), given.out / f"derived/{table_name}.csv")
    _around(data, key, given.out)
    if given.key:
        write(KEY.validate(pd.DataFrame({"case_id": list(key), "pseudonym": list(key.values())})), given.key)
    say(f"share: {len(key)} patients under pseudonyms")


def _around(data: Bundle, key: dict[str, str], out: Path) -> None:
    """What the rooms after read beside the derived tables: reported tables and books without rows, the sets with
    pseudonyms."""
    for table_name in TABLES:
        write(empty(table_name), out / f"series/{table_name}.csv")
    for table_name in BESIDE_THE_SERIES:
        write_book(pd.DataFrame(columns=list(BOOKS[table_name].columns), dtype=str), table_name, out / "series")
    write_book(pd.DataFrame(columns=list(BOOKS["findings"].columns), dtype=str), "findings", out)
    sets = data.books["membership"]
    named = {column: sets[column].map(lambda case: key.get(case, "")) for column in ("case_id", "replaces")}
    write_book(sets.assign(**named, inside=""), "membership", out / "series")


if __name__ == "__main__":
    run(main)
