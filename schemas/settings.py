"""Which keys of a study's config each room reads: the one place that says so.

A room is handed these keys and no others, in a file of its own (`--settings`), and a change in one of them makes the
room run again. A key that no room reads stands in none of the lists: the workflow itself reads it.
"""

from collections.abc import Iterator
from pathlib import Path

from schemas.config import Config, Settings
from schemas.profile import checked

READS = {
    "validate": ("data_lock", "policy"),
    "assemble": ("data_lock", "use_assumed"),
    "derive": ("use_assumed", "analysis.index", "analysis.clock", "analysis.whole_days", "analysis.units"),
    "analyse": ("data_lock", "analysis"),
    "tables": ("data_lock", "analysis", "tables_also"),
    "figures": ("data_lock", "analysis", "figure_font"),
    "documents": ("data_lock", "analysis", "documents"),
    "report": tuple(Config.model_fields),
}
"""Room -> keys, a section standing for all its keys. `ingest` reads the options of its source; the report prints all."""
FILES = ("documents.meddra_codes", "documents.important_events", "documents.figures")
"""Keys whose value names a file or folder that a room reads; `profile` and the sources' paths are read by all who need them."""


def leaves(values: dict, above: str = "") -> Iterator[tuple[str, object]]:
    """Every key of a config with its value, sections spelled out: `analysis.level`, 0.95."""
    for setting, value in values.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}{setting}.")
        else:
            yield f"{above}{setting}", value


def of_room(study: Config, room: str) -> dict:
    """What a room reads of a study, in the shape of the config."""
    values = study.model_dump(mode="json")
    return _kept(values, READS[room])


def _kept(values: dict, wanted: tuple[str, ...], above: str = "") -> dict:
    kept = {}
    for setting, value in values.items():
        key = f"{above}{setting}"
        if key in wanted:
            kept[setting] = value
        elif isinstance(value, dict) and any(wanted_key.startswith(f"{key}.") for wanted_key in wanted):
            kept[setting] = _kept(value, wanted, f"{key}.")
    return kept


def load(path: Path | str) -> Settings:
    """What a room reads: from the file that the workflow writes for it, or from a study's whole config.

    Keys left out take the defaults of the config. ValueError with one line per fault.
    """
    return checked(Settings, path)
