"""Contracts of every table that crosses a room's border. The contract is the documentation."""

import os

os.environ.setdefault("PANDAS_COPY_ON_WRITE", "1")
"""Before anything loads pandas, which would else copy a table for every column set: a tenth of the time of a small series."""
