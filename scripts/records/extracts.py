"""Which sources are messages and extracts."""

import pandas as pd

READ_BY_MACHINE = "structured"
"""What `sources.extent_read` says of messages and extracts: their lines are records, typed by nobody as courses."""


def read_by_machine(sources: pd.DataFrame) -> set[str]:
    """Messages and extracts."""
    return set(sources.loc[sources["extent_read"] == READ_BY_MACHINE, "source_id"])
