"""The manifest: inputs with checksums, versions, conventions, data lock point. No time, no machine, no user
but the reviewer who accepted a run."""

import json
from importlib import metadata
from pathlib import Path

from schemas.packages import IN_MANIFEST
from schemas.versions import VERSION


def manifest(inputs: dict[str, str], study: dict, accepted: dict[str, str]) -> str:
    """JSON text of a study: its config, and the SHA-256 of each of its files by path, counted from the study's folder.

    accepted: who accepted the run that the report is compared with, when and with which remark; empty without one.

    The same inputs give the same text.
    """
    content = {
        "data_lock_point": study["data_lock"],
        "contract": VERSION,
        "config": study,
        "inputs": inputs,
        "compared_with": accepted,
        "packages": {name: metadata.version(name) for name in IN_MANIFEST},
        "dahlia": _version(),
    }
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _version() -> str:
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    return next(line.split('"')[1] for line in text.splitlines() if line.startswith("version"))
