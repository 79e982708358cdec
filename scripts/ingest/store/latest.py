"""Of every case of a store the report that counts, found when extracts come or go, so that no series looks at all keys again.

It is made from all parts and lies beside them; the catalogue names it as long as it is of the parts that it names.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.files import digests
from scripts.ingest.extract_versions import Database, connect, find_latest
from scripts.ingest.selection import Selection
from scripts.ingest.store import catalogue
from scripts.ingest.store.catalogue import Catalogue, Latest
from scripts.ingest.store.query import parquet
from scripts.ingest.store.writing import copied

FOLDER = "latest"
Keys = Callable[[Database, Catalogue], None]
"""Notes the keys of all reports of a catalogue."""


def renew(top: Path, note_keys: Keys) -> None:
    """Find the latest reports of all parts that the catalogue names, and name their table in it."""
    here = catalogue.read(top)
    of_them = sha256("\n".join(part.sha256 for part in here.parts).encode()).hexdigest()
    file = top / FOLDER / f"{of_them[:16]}.parquet"
    if here.parts:
        with TemporaryDirectory() as folder, connect(folder) as database:
            note_keys(database, here)
            gone = find_latest(database)
            copied(database, "select * from latest order by ordinal", file)
        of_it = digests.digest(file)
        digests.leave(file, of_it)
        catalogue.write(here.parts, top, Latest(file.relative_to(top).as_posix(), of_it, gone))
    for old in (top / FOLDER).glob("*.parquet"):
        if old != file:
            old.unlink()
            digests.beside(old).unlink(missing_ok=True)


def attach(database: Database, here: Catalogue, wanted: Selection, note_keys: Keys) -> dict[str, int]:
    """The table `latest` of a store, as `find_latest` would make it; how many reports are not in it, by their step.

    It is found anew where the store was written before there was one, and for case ids, which older versions bear too.
    """
    kept = here.latest
    if kept and not wanted.case_ids and (here.top / kept.path).is_file():
        database.execute(f"create view latest as select * from {parquet(here.top / kept.path)}")
        return kept.gone
    note_keys(database, here)
    return find_latest(database)
