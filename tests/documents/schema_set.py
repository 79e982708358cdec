"""The ICH schema set, the user's own copy: E2B_SCHEMA_DIR, by default the folder beside the repository."""

import os
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

FOLDER = Path(os.environ.get("E2B_SCHEMA_DIR", Path(__file__).parents[2] / "../shared/e2b_r3_schemas"))
ENTRY = FOLDER / "multicacheschemas/MCCI_IN200100UV01.xsd"
needed = pytest.mark.skipif(not ENTRY.is_file(), reason="no ICH schema set: set E2B_SCHEMA_DIR to your copy")


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(ENTRY))


def invalid(content: bytes) -> str:
    """What the schema set says against a message; a blank for a valid one."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    return "" if schema().validate(root.getroottree()) else str(schema().error_log)
