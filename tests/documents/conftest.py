"""The default series as its run left it, and its documents."""

from pathlib import Path

import pytest

from scripts.documents.dossier import Dossier
from tests.documents import line


@pytest.fixture(scope="session")
def default_paths(default_run) -> dict[str, Path]:
    made, results = default_run.home / "data/processed" / default_run.series, default_run.home / "results"
    return {"series": made / "series", "derived": made / "derived", "results": results / default_run.series,
            "findings": made / "findings.csv", "profile": line.PROFILE}  # fmt: skip


@pytest.fixture(scope="session")
def default_dossier(default_paths) -> Dossier:
    from schemas.config import Documents

    return line.read(default_paths, Documents())


@pytest.fixture(scope="session")
def folder(default_dossier, tmp_path_factory) -> Path:
    """All documents of the default series, without its figures."""
    from scripts import documents

    out = tmp_path_factory.mktemp("documents")
    documents.write_all(default_dossier, out, documents.documents())
    return out
