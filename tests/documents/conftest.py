"""The default series, run once per session through the line in one process."""

from pathlib import Path

import pytest

from scripts.documents.dossier import Dossier
from tests.documents import line


@pytest.fixture(scope="session")
def default_paths(tmp_path_factory) -> dict[str, Path]:
    return line.written(line.default_tables(), tmp_path_factory.mktemp("default"))


@pytest.fixture(scope="session")
def default_dossier(default_paths) -> Dossier:
    from schemas.config import Documents

    return line.read(default_paths, Documents())


@pytest.fixture(scope="session")
def folder(default_dossier, tmp_path_factory) -> Path:
    """All documents of the default series."""
    from scripts import documents

    out = tmp_path_factory.mktemp("documents")
    documents.write_all(default_dossier, out, documents.documents())
    return out
