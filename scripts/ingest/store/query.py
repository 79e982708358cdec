"""DuckDB over Parquet files: a connection with a cap on memory that never reaches for the network."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb


@contextmanager
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that spills into a folder. A process has one, for it takes long to start: what is created, is dropped."""
    with _engine().cursor() as opened:
        yield opened


@cache
def _spill() -> TemporaryDirectory:
    return TemporaryDirectory()


def connect(folder: str, memory: str = "1GB") -> duckdb.DuckDBPyConnection:
    """A database in memory with a cap, spilling into the folder, that never reaches for the network."""
    capped: dict[str, str | bool | int | float | list[str]] = {"memory_limit": memory, "temp_directory": folder}
    return duckdb.connect(
        ":memory:", config=capped | {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    opened = connect(_spill().name)
    opened.execute("set enable_progress_bar = false")
    return opened


def parquet(*paths: Path) -> str:
    """SQL of the lines of a part, or of several that have the same columns; `filename` tells which."""
    files = ", ".join(literal(path.as_posix()) for path in paths)
    return f"read_parquet([{files}], hive_partitioning=false)"


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def name(column: str) -> str:
    """The name of a column as SQL writes it."""
    return '"' + column.replace('"', '""') + '"'
