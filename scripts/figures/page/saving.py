"""Writing a drawing: the same drawing gives the same bytes in every format, and no file holds a date."""

import io
import warnings
from dataclasses import dataclass

import matplotlib
from fontTools import subset
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from scripts.figures.page.standards import standards
from scripts.figures.page.typeface import DEFAULT, METRIC, Typeface
from scripts.words.printable import HIDDEN, printable

FORMATS = ("svg", "pdf", "png", "tiff")
SCREEN_DPI, COMBINATION_DPI = 300, 600
"""PNG for the page; TIFF for combination art; 1000 to 1200 for pure line art (definitions: figure-standards)."""

subset.Options._drop_tables_default = [*subset.Options._drop_tables_default, "GDEF", "GPOS", "GSUB", "kern"]
"""The letters of a PDF stand where they were set: the tables by which a program sets text are not embedded with them. To
read those of two fonts took a third of the time of all figures. No option leads here; fontTools is pinned, and a test
looks into the fonts of a PDF."""

RELATIVES = ("Bitstream Vera Sans", "Verdana", "Arial")
"""What stands in for the default where a reader's machine lacks it: as wide, then as common."""


@dataclass(frozen=True)
class Note:
    """What a file says of itself without showing it: the results that it rests on, and who may have it."""

    source: str = ""
    rights: str = ""


def rendered(
    figure: Figure,
    form: str,
    figure_name: str,
    dpi: int = COMBINATION_DPI,
    face: Typeface = DEFAULT,
    note: Note = Note(),
) -> bytes:
    """The figure as a file of the format `form`; `figure_name` salts the ids of an SVG, `dpi` is that of a TIFF.

    `face` is the typeface the figure was drawn with: numbers at ticks are set only now.
    """
    out = io.BytesIO()
    with matplotlib.rc_context(standards(face) | {"svg.hashsalt": figure_name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # named in the caption instead
        _WRITERS[form](figure, out, dpi, note)
    return _with_relatives(out.getvalue(), face) if form == "svg" else out.getvalue()


def _with_relatives(svg: bytes, face: Typeface) -> bytes:
    """Text stays text; where the reader's machine lacks the typeface, its nearest relatives stand in."""
    ours = ", ".join(f"'{family}'" for family in face.families)
    near = RELATIVES if face == DEFAULT else (*METRIC, *RELATIVES)
    named = [*face.families, *(family for family in near if family not in face.families)]
    listed = ", ".join(f"'{family}'" if " " in family else family for family in [*named, "sans-serif"])
    return svg.replace(f"font-family: {ours}".encode(), f"font-family: {listed}".encode())


def _svg(figure: Figure, out: io.BytesIO, dpi: int, note: Note) -> None:
    note_fields = {"Source": note.source or None, "Rights": note.rights or None}
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, **note_fields})


def _pdf(figure: Figure, out: io.BytesIO, dpi: int, note: Note) -> None:
    note_fields = {"Subject": note.source or None, "Keywords": note.rights or None}
    figure.savefig(out, format="pdf", metadata={"CreationDate": None, "Creator": None, "Producer": None, **note_fields})


def _png(figure: Figure, out: io.BytesIO, dpi: int, note: Note) -> None:
    text_chunks = PngInfo()
    for keyword, words in (("Source", note.source), ("Copyright", note.rights)):
        if words:
            text_chunks.add_text(keyword, words)
    _picture(figure, SCREEN_DPI).save(
        out, format="png", dpi=(SCREEN_DPI, SCREEN_DPI), compress_level=3, pnginfo=text_chunks
    )


def _tiff(figure: Figure, out: io.BytesIO, dpi: int, note: Note) -> None:
    """LZW, as journals' artwork checks ask."""
    words = "; ".join(filter(None, (note.source, note.rights)))
    note_fields = {"description": words} if words else {}
    _picture(figure, dpi).save(out, format="tiff", compression="tiff_lzw", dpi=(dpi, dpi), **note_fields)


def _picture(figure: Figure, dpi: int) -> Image.Image:
    """The figure in RGB, without an alpha channel."""
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = canvas.buffer_rgba()
    return Image.frombuffer("RGBA", canvas.get_width_height(), pixels, "raw", "RGBA", 0, 1).convert("RGB")


_WRITERS = {"svg": _svg, "pdf": _pdf, "png": _png, "tiff": _tiff}


def without_ligatures(figure: Figure) -> None:
    """Every letter its own, so that words can be searched, and a PDF needs one subset of each font."""
    for text in _texts(figure):
        text.set_fontfeatures(["-liga"])


def hidden_made_visible(figure: Figure) -> None:
    """Characters without a picture are written as their code points."""
    for text in _texts(figure):
        if HIDDEN.search(text.get_text()):
            text.set_text(printable(text.get_text()))


def _texts(figure: Figure) -> list[Text]:
    """The words of a figure but for the numbers at ticks."""
    of_axes = [[axes.xaxis.label, axes.yaxis.label, *axes.texts] for axes in figure.axes]
    return [*figure.texts, *(text for texts in of_axes for text in texts)]


def missing_glyphs(figure: Figure, face: Typeface = DEFAULT) -> str:
    """Characters of the figure's words that its typeface does not have, each once; blank where there are none."""
    letters = {letter for text in _texts(figure) for letter in text.get_text()}
    return "".join(sorted(letter for letter in letters if not letter.isspace() and not face.has(letter)))


def glyph_note(figure: Figure, face: Typeface = DEFAULT) -> str:
    """A sentence for the caption where characters are missing from the typeface."""
    missing = missing_glyphs(figure, face)
    named = " and ".join(face.families)
    return f"Characters that {named} does not have are shown as boxes: {' '.join(missing)}." if missing else ""
