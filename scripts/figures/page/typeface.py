"""The typeface of a figure: DejaVu Sans, the same on every machine, or a TrueType face an author has and asks for.

Journals ask for Arial or Helvetica. Neither may be passed on, and their free equals are not on every machine, so the
default comes with matplotlib: same input, same bytes, everywhere. `--font` takes the author's own face instead; words
are measured with it, and it is embedded as TrueType.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import matplotlib
from matplotlib.font_manager import findSystemFonts, fontManager, get_font

from scripts.commands.messages import UserError

METRIC = ("Arial", "Helvetica", "Liberation Sans", "Arimo", "Nimbus Sans", "TeX Gyre Heros", "FreeSans")
"""Arial, Helvetica, and faces made with the same or nearly the same widths."""
REGULAR, BOLD = ("Regular", "Book", "Roman", "Normal"), ("Bold",)
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@dataclass(frozen=True)
class Typeface:
    """A family with its upright files."""

    name: str
    regular: Path
    bold: Path

    @property
    def families(self) -> list[str]:
        """The face, and the default for letters and signs it does not have."""
        return list(dict.fromkeys([self.name, DEFAULT.name]))

    def has(self, letter: str) -> bool:
        """Can the letter be shown, in this face or in the default?"""
        return any(ord(letter) in letters(path) for path in (self.regular, DEFAULT.regular))


DEFAULT = Typeface("DejaVu Sans", FONTS / "DejaVuSans.ttf", FONTS / "DejaVuSans-Bold.ttf")


@cache
def letters(path: Path) -> frozenset[int]:
    """Code points of a face."""
    return frozenset(get_font(str(path)).get_charmap())


def chosen(face_name: str, folders: tuple[str, ...] = ()) -> Typeface:
    """The face of this name from the machine, or from `folders`; UserError names the faces that are there instead.

    A blank name is the default. Only TrueType outlines will do: others cannot be embedded as journals ask.
    """
    if face_name in ("", DEFAULT.name):
        return DEFAULT
    faces = installed(folders)
    if face_name not in faces:
        near = [family for family in METRIC if family in faces]
        instead = f"This machine has {', '.join(near)}" if near else "This machine has none of the width of Arial"
        raise UserError(
            f"--font '{face_name}': no TrueType face of that name, regular and bold. {instead}; without --font "
            f"figures are set in {DEFAULT.name}."
        )
    face = faces[face_name]
    for path in (face.regular, face.bold):
        fontManager.addfont(path)
    return face


@cache
def installed(folders: tuple[str, ...] = ()) -> dict[str, Typeface]:
    """Families of the machine that have a regular and a bold face with TrueType outlines, by name."""
    files: dict[tuple[str, str], Path] = {}
    for path in sorted(findSystemFonts(list(folders) or None, fontext="ttf")):
        if Path(path).suffix.casefold() == ".ttf":
            face = get_font(path)
            files.setdefault((face.family_name, face.style_name), Path(path))
    regular = {family: path for (family, style), path in files.items() if style in REGULAR}
    bold = {family: path for (family, style), path in files.items() if style in BOLD}
    return {family: Typeface(family, regular[family], bold[family]) for family in sorted(regular.keys() & bold.keys())}
