"""A report in the element names of E2B(R2) as a tree, whether sent as XML or published by openFDA as JSON."""

from dataclasses import dataclass, field

from scripts.e2b.hl7_times import edtf
from scripts.e2b.translation import ours

ASKED: set[str] = set()
"""Every name of a leaf that the readers have asked for: what is not among them is not read."""
_asked = ASKED.add
WHOLE = ("openfda",)
"""Elements told as one: openFDA adds to each drug what it knows of its label."""


@dataclass(slots=True)
class Tree:
    """An element: the first text of each leaf that holds one by its name, and the elements inside by theirs."""

    texts: dict[str, str] = field(default_factory=dict)
    inside: dict[str, list["Tree"]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A leaf's text, without blanks around it; a blank where there is none."""
        _asked(name)
        return self.texts.get(name, "")

    def trees(self, name: str) -> list["Tree"]:
        """All elements of this name that have something inside."""
        return self.inside.get(name, [])

    def tree(self, name: str) -> "Tree":
        """The first of them; an empty one where there is none."""
        return next(iter(self.trees(name)), NOTHING)

    def date(self, name: str) -> str:
        """A date as EDTF text; its length says its precision (102 day, 610 month, 602 year)."""
        return edtf(self.text(name))

    def leaves(self) -> set[str]:
        """The names of all leaves that hold something."""
        found: set[str] = set()
        trees = [self]
        while trees:
            tree = trees.pop()
            found.update(tree.texts)
            for name, inside in tree.inside.items():
                if name in WHOLE:
                    found.add(name)
                else:
                    trees += inside
        return found


NOTHING = Tree()


def version(tree: Tree, *names: str) -> str:
    """The dictionary version under one of its names: the DTD and its users spell some of them in two ways."""
    return next(filter(None, [tree.text(name) for name in names]), "")


def code_of(words: str) -> str:
    """A term that is a code, of which R2 allows either."""
    return words if words.isascii() and words.isdigit() else ""


def yes_no(tree: Tree, name: str) -> str:
    """1, 2 or 3 as yes, no or unknown."""
    return ours("yes_no", "e2b_r2", tree.text(name), "e2b_r2_yes_no")


def duration(tree: Tree, number: str, unit: str) -> dict[str, str]:
    """Cells of a duration with its scale."""
    return {"duration": tree.text(number), "duration_scale": ours("scale", "e2b_r2", tree.text(unit))}


def interval(tree: Tree, name: str, number: str, unit: str) -> dict[str, str]:
    """Cells of an interval as reported, or none."""
    if not tree.text(number):
        return {}
    return {name: tree.text(number), f"{name}_scale": ours("scale", "e2b_r2", tree.text(unit))}
