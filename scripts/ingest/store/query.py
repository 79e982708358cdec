"""DuckDB over Parquet files: a connection with a cap on memory that never reaches for the network."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb


@contextmanager
def database(memory: str = "1GB") -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that spills into a folder of its own."""
    with TemporaryDirectory() as folder:
        capped: dict[str, str | bool | int | float | list[str]] = {"memory_limit": memory, "temp_directory": folder}
        capped |= {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        with duckdb.connect(":memory:", config=capped) as opened:
            opened.execute("set enable_progress_bar = false")
            yield opened


def parquet(path: Path) -> str:
    """SQL of the lines of a part."""
    return f"read_parquet({literal(path.as_posix())}, hive_partitioning=false)"


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def name(column: str) -> str:
    """The name of a column as SQL writes it."""
    return '"' + column.replace('"', '""') + '"'
