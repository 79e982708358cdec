"""A list of series: its lines, and the config of each, which is written where the line has none of its own."""

import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from schemas.config import faults_of_name
from schemas.faults import no_such
from schemas.settings import FILES
from scripts.commands.messages import UserError
from scripts.files.atomic import write_text
from workflow.study import folder as folder_of
from workflow.study_checks import checked

COLUMNS = ("series", "config", "drug", "event", "drugs", "terms", "period_from", "period_to", "profile")
PERIOD = ("period_from", "period_to")
SELECTION = {"drugs": "drug", "terms": "event"}
"""An option of a source -> the column that stands for it where the line leaves it out."""
OWN = ("name", "format", "path")
"""Keys of a source that are no options of its format."""
WRITTEN = "# Written from "
"""How a file begins that was written from a list."""


@dataclass(frozen=True)
class Wanted:
    """A series of the list: its name there and its config."""

    series: str
    config: Path


def read(path: Path) -> list[dict[str, str]]:
    """The lines of the list; UserError with every fault."""
    if not path.is_file():
        raise UserError(f"{path}: no such list. {COLUMNS[0]} and {', '.join(COLUMNS[1:4])} are its first columns.")
    text = _text(path)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_separator(text))
    faults = [
        f"{path}: '{column}': {no_such('column', column, list(COLUMNS))}"
        for column in reader.fieldnames or []
        if column not in COLUMNS
    ]
    lines: list[dict[str, str]] = []
    for row in reader:
        line = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        if None in row:
            cure = "Put a cell that holds the separator between quotation marks."
            faults.append(f"{path}, row {reader.line_num}: more cells than columns. {cure}")
        elif any(line.values()):
            faults += [f"{path}, row {reader.line_num}: {fault}" for fault in _faults(line, lines)]
            lines.append(line)
    if not lines:
        faults.append(f"{path}: no series. Add a line for each.")
    if faults:
        raise UserError("\n".join(faults))
    return lines


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{path}: not UTF-8. Save it as CSV UTF-8.") from None


def _separator(text: str) -> str:
    """A comma, or the semicolon that spreadsheets write where the comma is the decimal sign."""
    head = text.partition("\n")[0]
    return ";" if ";" in head and "," not in head else ","


def _faults(line: dict[str, str], before: list[dict[str, str]]) -> Iterator[str]:
    series, config = line.get("series", ""), line.get("config", "")
    if not series:
        yield "the series needs a name."
    elif series.casefold() in (earlier["series"].casefold() for earlier in before):
        yield f"series: '{series}' appears twice. Give one of them another name."
    elif not config:
        yield from faults_of_name(series)
    if config and config in (earlier.get("config") for earlier in before):
        yield f"config: '{config}' appears twice. Leave one of them out."
    if not config and not (line.get("drug") and line.get("event")):
        yield "give either a config, or a drug and an event."
    if bool(line.get(PERIOD[0])) != bool(line.get(PERIOD[1])):
        yield f"give both {PERIOD[0]} and {PERIOD[1]}, or neither."


def studies(lines: list[dict[str, str]], listed: Path, base: Path | None) -> list[Wanted]:
    """The series of the lines, with the configs of those that have none of their own; UserError with every fault."""
    shared = [line["series"] for line in lines if not line.get("config")]
    if shared and base is None:
        raise UserError(f"{listed}: '{shared[0]}' has no config of its own. Give the shared one with --config FILE.")
    if shared and base:
        checked(base)
    wanted, faults = [], []
    for line in lines:
        try:
            wanted.append(study(line, listed, base))
        except UserError as fault:
            faults.append(str(fault))
    if faults:
        raise UserError("\n".join(dict.fromkeys(faults)))
    return wanted


def study(line: dict[str, str], listed: Path, base: Path | None) -> Wanted:
    """The series with its config, which is written where the line has none of its own."""
    top = listed.resolve().parent
    if line.get("config") or base is None:
        return Wanted(line["series"], listed.parent / line["config"])
    folder = top / line["series"]
    files = {"study.yaml": _config(line, listed, base, folder)}
    if not line.get("profile"):
        files["profile.yaml"] = {"drug": {"name": line["drug"]}, "event": {"name": line["event"]}}
    for name in files:
        if (folder / name).is_file() and not (folder / name).read_bytes().startswith(WRITTEN.encode()):
            cure = "Name the series otherwise, or give a config of its own under `config`."
            raise UserError(
                f"{listed}: series: '{line['series']}': {folder / name} was not written from a list. {cure}"
            )
    for name, content in files.items():
        write_text(_yaml(content, listed), folder / name)
    return Wanted(line["series"], folder / "study.yaml")


def _config(line: dict[str, str], listed: Path, base: Path, folder: Path) -> dict:
    """The base config with its paths counted from `folder`, and the selection of the line."""
    config = yaml.safe_load(base.read_text(encoding="utf-8"))
    home, top = folder_of(base), listed.resolve().parent
    for source in config["sources"]:
        moved = {option: _moved(value, home, folder) for option, value in source.items() if option not in OWN}
        source |= moved | {"path": _path(home / source["path"], folder)}
    _select(line, config["sources"], listed, folder)
    for section, _, key in (name.partition(".") for name in FILES):
        if (config.get(section) or {}).get(key):
            config[section][key] = _path(home / config[section][key], folder)
    profile = _path(top / line["profile"], folder) if line.get("profile") else "profile.yaml"
    return config | {"series": line["series"], "profile": profile}


def _path(path: Path, folder: Path) -> str:
    """A path as it counts from a folder; whole where it lies on another drive of Windows."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(path)


def _moved(value: object, home: Path, folder: Path) -> object:
    """The value of an option, where it names a file from `home` named from `folder`."""
    if isinstance(value, list):
        return [_moved(entry, home, folder) for entry in value]
    named = isinstance(value, str) and value and os.path.isfile(home / value)
    return _path(home / str(value), folder) if named else value


def _select(line: dict[str, str], sources: list[dict], listed: Path, folder: Path) -> None:
    """Give the sources the selection of the line. What it says goes to every source that can be asked for it, drug and event
    alone only where the base asks for drugs and terms."""
    top = listed.resolve().parent
    for option, meant in SELECTION.items():
        names = _moved(_names(line.get(option) or line[meant], top), top, folder)
        _give(option, names, sources, line, listed, bool(line.get(option)))
    if line.get(PERIOD[0]):
        _give("period", [line[end] for end in PERIOD], sources, line, listed, True)


def _names(cell: str, top: Path) -> list[str]:
    """The names of a cell, separated by semicolons; the name of a file may hold one."""
    return [cell] if os.path.isfile(top / cell) else [entry for text in cell.split(";") if (entry := text.strip())]


def _give(option: str, value: object, sources: list[dict], line: dict[str, str], listed: Path, said: bool) -> None:
    able = [source for source in sources if option in source or (said and option in _options(source["format"]))]
    if said and not able:
        cure = "Leave it out, or name another base."
        raise UserError(f"{listed}: '{line['series']}': no source of the base can be asked for {option}. {cure}")
    for source in able:
        source[option] = value


def _options(form: str) -> frozenset[str]:
    from scripts.commands.reading import options_of  # loads pandas, which a list that needs no look there does without

    return options_of(form)


def _yaml(content: dict, listed: Path) -> str:
    head = f"{WRITTEN}{listed.name}; change that list, and run it again.\n"
    return head + yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
