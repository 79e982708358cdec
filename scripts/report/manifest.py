"""The manifest: inputs with checksums, versions, conventions, data lock point. No time, no machine, no user."""

import hashlib
import json
from importlib import metadata
from pathlib import Path

PACKAGES = ("pandas", "pandera", "numpy", "scipy", "lifelines", "matplotlib", "snakemake", "jinja2")


def manifest(inputs: list[Path], root: Path, config: dict, data_lock: str) -> str:
    """JSON text; paths relative to `root`, sorted; the same inputs give the same text."""
    content = {
        "data_lock_point": data_lock,
        "config": config,
        "inputs": {_shown(path, root): checksum(path) for path in sorted(files(inputs))},
        "packages": {name: metadata.version(name) for name in PACKAGES},
        "dahlia": _version(),
    }
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def files(paths: list[Path]) -> list[Path]:
    """Files as they are, folders as the files in them; hidden ones left out."""
    found = [file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])]
    return [file for file in found if file.is_file() and not file.name.startswith(".")]


def checksum(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _shown(path: Path, root: Path) -> str:
    return (
        path.resolve().relative_to(root.resolve()).as_posix()
        if path.resolve().is_relative_to(root.resolve())
        else path.name
    )


def _version() -> str:
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    return next(line.split('"')[1] for line in text.splitlines() if line.startswith("version"))
