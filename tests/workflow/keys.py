"""Every key of a study's config with another value for it, and the products that must change when it does.

Products are named from results/<series>; `tables/` stands for files of the folder. `manifest.json` prints the whole config
and changes always, `report.html` prints the conventions; they are named where more than that changes in them.
"""

from collections.abc import Iterator
from typing import Any, get_args

import yaml
from pydantic import BaseModel

from schemas.config import Config

STUDY: dict[str, Any] = {
    "series": "invented",
    "profile": "profile.yaml",
    "sources": [{"name": "shelf", "format": "csv", "path": "data"}],
    "data_lock": "2024-12-31",
    "analysis": {"onset_days": [3, 7], "resolution_days": [10]},
    "documents": {
        "write": ["narratives", "e2b_r3", "summary_tabulation", "prac_signal_summary"],
        "sender": {
            "identifier": "SENDER",
            "receiver": "RECEIVER",
            "organisation": "INVENTED",
            "country": "GB",
            "kind": "company",
            "documents_available": False,
            "expedited": False,
        },
        "period": {"start": "2024-01-01", "end": "2024-06-30"},
    },
}
"""The study that is changed, one key at a time."""


def keys() -> list[str]:
    """All keys of the contract, sections spelled out; those of a source under `sources`."""
    return list(_of(Config))


def _of(model: type[BaseModel], above: str = "") -> Iterator[str]:
    for field_name, field in model.model_fields.items():
        inside = [kind for kind in (field.annotation, *get_args(field.annotation)) if _is_section(kind)]
        if inside:
            yield from _of(inside[0], f"{above}{field_name}.")
        else:
            yield f"{above}{field_name}"


def _is_section(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def with_value(key: str, value: object) -> str:
    """The config as text, with another value for one key."""
    study = yaml.safe_load(yaml.safe_dump(STUDY))
    *sections, field_name = key.split(".")
    place: Any = study
    for section in sections:
        place = place[section][0] if section == "sources" else place.setdefault(section, {})
    place[field_name] = value
    return yaml.safe_dump(study, sort_keys=False)
