"""What a study's config means for the workflow, apart from Snakemake so that tests can ask it."""

import re
from pathlib import Path

from pydantic import ValidationError

from schemas.config import Config

CODE = (".py", ".j2", ".yaml", ".csv", ".txt", ".md")
IMPORT = re.compile(r"^\s*(?:from scripts import ([\w, ]+)|from scripts\.(\w+)|import scripts\.(\w+))", re.MULTILINE)


def problems(config: dict) -> list[str]:
    """What is wrong with a config, one line per fault: key, reason, value."""
    try:
        Config.model_validate(config)
    except ValidationError as faults:
        return [f"config: {'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults.errors()]
    return []


def room(repository: str, name: str) -> list[str]:
    """Files of a room, of the shared modules it leads to, and of the contracts."""
    root = Path(repository) / "scripts"
    own = [file for file in (root / name).rglob("*") if file.is_file() and file.suffix in CODE]
    contracts = [*root.parent.glob("schemas/*.py"), *root.parent.glob("schemas/codelists/*.csv")]
    return sorted(str(file) for file in {*own, *_shared(root, own), *contracts})


def _shared(root: Path, files: list[Path]) -> set[Path]:
    """Modules directly under scripts/ that these files import, and those that they import in turn."""
    found: set[Path] = set()
    for file in [file for file in files if file.suffix == ".py"]:
        for match in IMPORT.finditer(file.read_text(encoding="utf-8")):
            names = {name.strip() for name in (match[1] or match[2] or match[3]).split(",")}
            found |= {root / f"{name}.py" for name in names if (root / f"{name}.py").exists()}
    new = found - set(files)
    return found | (_shared(root, [*files, *new]) if new else set())


def folder(config_path: Path, repository: Path) -> Path:
    """The folder a study's paths count from: the config's own, or the repository for its own config/."""
    home = config_path.resolve().parent
    return repository if home == (repository / "config").resolve() else home
