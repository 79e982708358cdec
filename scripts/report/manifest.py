"""The manifest: inputs with checksums, versions, conventions, data lock point. No time, no machine, no user
but the reviewer who accepted a run."""

import json
from importlib import metadata

from schemas.packages import IN_MANIFEST
from schemas.versions import PROGRAM, VERSION


def manifest(inputs: dict[str, str], study: dict, accepted: dict[str, str], snakemake: str | None = None) -> str:
    """JSON text of a study: its config, and the SHA-256 of each of its files by path, counted from the study's folder.

    accepted: who accepted the run that the report is compared with, when and with which remark; empty without one.
    snakemake: the version that runs this; left out, the one installed here.

    The same inputs give the same text.
    """
    known = {"snakemake": snakemake}
    content = {
        "data_lock_point": study["data_lock"],
        "contract": VERSION,
        "config": study,
        "inputs": inputs,
        "compared_with": accepted,
        "packages": {package: known.get(package) or metadata.version(package) for package in IN_MANIFEST},
        "dahlia": PROGRAM,
    }
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
