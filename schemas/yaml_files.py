"""YAML as people type it, read strictly: what another reader would pass over in silence is refused, all of it at once.

Refused: a key that stands twice, a key that is no text, numbers and dates that mean something else than they look like,
anchors that unfold without bound, deep nesting, tags, several documents, anything but a mapping. A file is judged by its
tree of nodes before any value is made of it, so every fault has its line.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from schemas.yaml_bounds import unfolds_without_bound

LARGEST = 4 * 2**20
DEEPEST = 40
TAG = "tag:yaml.org,2002:"
KINDS = {"bool": "yes or no", "int": "a number", "float": "a number", "timestamp": "a date", "null": "nothing"}
PLAIN = re.compile(r"[+-]?(0|[1-9]\d*)(\.\d*)?([eE][+-]?\d+)?|[+-]?\.\d+([eE][+-]?\d+)?", re.ASCII)
QUOTE = "put it in quotation marks"
LONGEST_SHOWN = 60
CAUSES = {
    "found character '\\t'": "a tab where blanks are wanted; indent with blanks only",
    "found duplicate anchor": "an anchor that stands twice",
    "found undefined alias": "an alias (*name) without its anchor (&name)",
    "mapping values are not allowed here": "a colon within a value: put the value in quotation marks, or begin a new line",
    "expected a single document": "a second document begins here (---); keep one",
}


@dataclass(frozen=True)
class Document:
    """What a file holds, with the places where its values stand."""

    content: dict
    root: MappingNode

    def line(self, place: Sequence[str | int]) -> int:
        """The line (from 1) of the value at a place, or of the nearest section around it; 0 for the file as a whole."""
        nodes = self._nodes(place)
        return nodes[-1].start_mark.line + 1 if len(nodes) > 1 else 0

    def misread(self, place: Sequence[str | int]) -> str:
        """Why the value at a place is no text although it looks like one; blank where it is none of that kind."""
        nodes = self._nodes(place)
        node = nodes[-1]
        if len(nodes) <= len(place) or not isinstance(node, ScalarNode):
            return ""
        kind = KINDS.get(node.tag.removeprefix(TAG), "")
        return f"a text is wanted, and {_shown(node)} without quotation marks is {kind}: {QUOTE}" if kind else ""

    def _nodes(self, place: Sequence[str | int]) -> list[Node]:
        nodes: list[Node] = [self.root]
        for part in place:
            inner = _inside(nodes[-1], part)
            if inner is None:
                break
            nodes.append(inner)
        return nodes


def _inside(node: Node, part: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]
    return None


def read(path: Path | str) -> dict:
    """The mapping that a file holds; ValueError with one line per fault: file, line, reason, cure."""
    return document(path).content


def document(path: Path | str, change: Callable[[str], str] = str) -> Document:
    """The mapping with the places of its values; ValueError as `read`.

    change: what is made of the text before it is read; it keeps the lines.
    """
    text = change(_text(path))
    try:
        root = _composed(path, text)
        if not isinstance(root, MappingNode):
            raise ValueError(f"{path}: {_no_mapping(root)}")
        faults = _faults(root)
        if faults:
            raise ValueError("\n".join(f"{path}: {fault}" for fault in faults))
        return Document(yaml.SafeLoader("").construct_document(root), root)
    except yaml.YAMLError as fault:
        raise ValueError(f"{path}: not readable as YAML: {_why(fault)}") from None


def _text(path: Path | str) -> str:
    """The file's text. Its size, letters and control characters are judged before YAML looks at it."""
    content = Path(path).read_bytes()
    if len(content) > LARGEST:
        raise ValueError(f"{path}: larger than {LARGEST // 2**20} MiB. Is it the right file?")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise ValueError(f"{path}: line {line}: not UTF-8. Save it as UTF-8 text.") from None
    strange = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if strange:
        line = text.count("\n", 0, strange.start()) + 1
        raise ValueError(f"{path}: line {line}: a control character (U+{ord(strange[0]):04X}). Delete it.")
    if not text.strip():
        raise ValueError(f"{path}: the file is empty.")
    return text


def _composed(path: Path | str, text: str) -> Node | None:
    """The nodes of a text. The parser in C is ten times faster; what it refuses, the other refuses with better words."""
    try:
        _bounded(path, text, yaml.CSafeLoader)
        return yaml.CSafeLoader(text).get_single_node()
    except yaml.YAMLError:
        _bounded(path, text, yaml.SafeLoader)
        return yaml.SafeLoader(text).get_single_node()


def _bounded(path: Path | str, text: str, loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader]) -> None:
    """Refuse deep nesting and tags before anything is built: the parser goes event by event and does not recurse."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        opens = isinstance(event, yaml.CollectionStartEvent)
        depth += opens - isinstance(event, yaml.CollectionEndEvent)
        place = f"{path}: line {event.start_mark.line + 1}"  # type: ignore[union-attr]
        if depth > DEEPEST:
            raise ValueError(f"{place}: nested more than {DEEPEST} deep. Close brackets, or mend the indents.")
        if tag := getattr(event, "tag", None):
            raise ValueError(f"{place}: the tag {tag.replace(TAG, '!!')[:LONGEST_SHOWN]} is not read here. Delete it.")


def _no_mapping(root: Node | None) -> str:
    if root is None:
        return "the file is empty but for comments."
    what = "a list" if isinstance(root, SequenceNode) else "a single value"
    return f"holds {what} instead of keys with values, as in `name: value`."


def _faults(root: Node) -> list[str]:
    """Everything wrong with a tree, in the order of the file."""
    unbounded = unfolds_without_bound(root)
    if unbounded:
        return [unbounded]
    faults: list[tuple[int, str]] = []
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, MappingNode):
            faults += _of_keys(node)
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, SequenceNode):
            waiting += node.value
        elif isinstance(node, ScalarNode):
            faults += _of_value(node)
    return [f"line {line}: {what}." for line, what in sorted(set(faults))]


def _of_keys(node: MappingNode) -> list[tuple[int, str]]:
    """Keys of one mapping that stand twice or are no texts; each with its line."""
    first: dict[str, int] = {}
    faults = []
    for key, _ in node.value:
        line = key.start_mark.line + 1
        kind = key.tag.removeprefix(TAG)
        if not isinstance(key, ScalarNode):
            faults.append((line, "a key that is a list or a mapping; write a word before the colon"))
        elif kind in KINDS:
            faults.append((line, f"the key {_shown(key)} is {KINDS[kind]} to YAML: {QUOTE}"))
        elif key.value in first:
            what = f"the key '{key.value[:LONGEST_SHOWN]}' stands in line {first[key.value]} already. Keep one of them"
            faults.append((line, what))
        else:
            first[key.value] = line
    return faults


def _of_value(node: ScalarNode) -> list[tuple[int, str]]:
    """Values that are not what they look like: 010 is 8, 1:30 is 90, 1_000 is 1000, 2024-02-30 is no day."""
    line, kind = node.start_mark.line + 1, node.tag.removeprefix(TAG)
    if kind in ("int", "float") and not PLAIN.fullmatch(node.value):
        return [
            (line, f"{_shown(node)} is read as another number than it looks like. Write digits and a point, or {QUOTE}")
        ]
    if kind in ("int", "float") and len(node.value) > LONGEST_SHOWN:
        return [(line, f"a number of {len(node.value)} characters. Shorten it, or {QUOTE}")]
    if kind == "timestamp" and not _makes_sense(yaml.SafeLoader("").construct_yaml_timestamp, node):
        return [(line, f"{_shown(node)} is no day of the calendar. Correct it, or {QUOTE}")]
    if kind not in (*KINDS, "str", "merge"):
        return [(line, f"{_shown(node)} has a meaning of its own in YAML. Correct it, or {QUOTE}")]
    return []


def _makes_sense(construct: Callable[[ScalarNode], object], node: ScalarNode) -> bool:
    try:
        construct(node)
    except (ValueError, OverflowError, AttributeError):
        return False
    return True


def _shown(node: ScalarNode) -> str:
    return f"'{node.value[:LONGEST_SHOWN]}'"


def _why(fault: yaml.YAMLError) -> str:
    """A parser's complaint in one line, with the line of the file; common ones in plain words."""
    if not isinstance(fault, yaml.MarkedYAMLError):
        return " ".join(str(fault).split())
    problem = fault.problem or fault.context or "broken"
    mark = fault.problem_mark or fault.context_mark
    plain = next((words for start, words in CAUSES.items() if start in f"{fault.context} {problem}"), "")
    began = f" (what is open began in line {fault.context_mark.line + 1})" if fault.context_mark else ""
    place = f"line {mark.line + 1}: " if mark else ""
    return place + (plain or " ".join(problem.split()) + began) + "."
