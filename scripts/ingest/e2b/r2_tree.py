"""A report in the element names of E2B(R2) as a tree, whether sent as XML or published by openFDA as JSON."""

from collections.abc import Callable
from dataclasses import dataclass, field

from scripts.e2b.hl7_times import edtf
from scripts.e2b.translation import ours
from scripts.ingest.not_read import AGAIN

ASKED: set[str] = set()
"""Every name of a leaf that the readers have asked for: what is not among them is not read."""
_asked = ASKED.add
WHOLE = frozenset({"openfda"})
"""Elements told as one: openFDA adds to each drug what it knows of its label."""
SINGLE = frozenset({"patient", "summary", "sender", "parent", "patientdeath"})
"""Elements of which a report has one: a second one is not read."""


Convert = Callable[[str], str]
Columns = list[tuple[str, str, Convert | None]]
"""Of each column: the leaf that it takes, and what is made of its text."""


def columns(**taken: str | tuple[str, Convert]) -> Columns:
    """Columns that take a leaf as it is, or what is made of it: a date (`edtf`), a code in our words (`code`)."""
    cells = [(column, *((leaf, None) if isinstance(leaf, str) else leaf)) for column, leaf in taken.items()]
    ASKED.update(leaf for _, leaf, _ in cells)
    return cells


def code(code_list: str, missing: str = "") -> Convert:
    """What makes a code of E2B(R2) one of ours. missing: crosswalk of the list `missing`, for reasons."""
    return lambda sent: ours(code_list, "e2b_r2", sent, missing)


@dataclass(slots=True)
class Tree:
    """An element: the first text of each leaf that holds one by its name, and the elements inside by theirs."""

    texts: dict[str, str] = field(default_factory=dict)
    inside: dict[str, list["Tree"]] = field(default_factory=dict)

    @property
    def says_something(self) -> bool:
        """Whether anything stands in it: some senders print every group with blank elements."""
        return bool(self.texts or self.inside)

    def text(self, tag: str) -> str:
        """A leaf's text, without blanks around it; a blank where there is none."""
        words = self.texts.get(tag, "")
        if words:
            _asked(tag)
        return words

    def cells(self, taken: Columns) -> dict[str, str]:
        """The cells of the columns whose leaf is there."""
        texts = self.texts
        return {
            column: convert(texts[leaf]) if convert else texts[leaf] for column, leaf, convert in taken if leaf in texts
        }

    def trees(self, tag: str) -> list["Tree"]:
        """All elements of this name that have something inside."""
        return self.inside.get(tag, [])

    def tree(self, tag: str) -> "Tree":
        """The first of them; an empty one where there is none."""
        return next(iter(self.trees(tag)), NOTHING)

    def date(self, tag: str) -> str:
        """A date as EDTF text; its length says its precision (102 day, 610 month, 602 year)."""
        return edtf(self.text(tag))

    def unread(self) -> frozenset[str]:
        """The names of all leaves that hold something and that no reader has asked for."""
        tags: set[str] = set()
        trees = [self]
        while trees:
            tree = trees.pop()
            if not ASKED.issuperset(tree.texts):
                tags |= tree.texts.keys() - ASKED
            for tag, inside in tree.inside.items():
                if tag in WHOLE:
                    tags.add(tag)
                elif tag in SINGLE and len(inside) > 1:
                    tags.add(f"{tag}{AGAIN}")
                    trees.append(inside[0])
                else:
                    trees += inside
        return frozenset(tags)


NOTHING = Tree()


def keep(texts: dict[str, str], tag: str, words: str) -> None:
    """Hold a leaf's text among those of its element; of a leaf that stands again with other words, only that it does."""
    if texts.setdefault(tag, words) != words:
        texts[f"{tag}{AGAIN}"] = words


def version(tree: Tree, *names: str) -> str:
    """The dictionary version under one of its names: the DTD and its users spell some of them in two ways."""
    return next(filter(None, [tree.text(tag) for tag in names]), "")


def code_of(words: str) -> str:
    """A term that is a code, of which R2 allows either."""
    return words if words.isascii() and words.isdigit() else ""


yes_no = code("yes_no", "e2b_r2_yes_no")
"""1, 2 or 3 as yes, no or unknown."""
sex = code("sex", "e2b_r2_sex")


def interval(tree: Tree, column: str, number: str, unit: str) -> dict[str, str]:
    """Cells of an interval as reported, or none."""
    if not tree.text(number):
        return {}
    return {column: tree.text(number), f"{column}_scale": ours("scale", "e2b_r2", tree.text(unit))}
