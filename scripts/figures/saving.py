"""Writing a drawing: the same drawing gives the same bytes in every format, and no file holds a date."""

import io
import warnings

import matplotlib
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font
from matplotlib.text import Text

from scripts.figures.page import FONTS, TYPEFACE

FORMATS = ("svg", "pdf", "png", "tiff")
SCREEN_DPI, COMBINATION_DPI, LINE_ART_DPI = 300, 600, 1000
"""PNG for the page; TIFF for combination art; 1000 to 1200 for pure line art (statistics D3)."""


def rendered(figure: Figure, form: str, name: str, dpi: int = COMBINATION_DPI) -> bytes:
    """The figure as a file of the format `form`; `name` salts the ids of an SVG, so that several fit one page."""
    out = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # named in the caption instead
        _WRITERS[form](figure, out, dpi)
    return out.getvalue()


def _svg(figure: Figure, out: io.BytesIO, dpi: int) -> None:
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})


def _pdf(figure: Figure, out: io.BytesIO, dpi: int) -> None:
    figure.savefig(out, format="pdf", metadata={"CreationDate": None, "Creator": None, "Producer": None})


def _png(figure: Figure, out: io.BytesIO, dpi: int) -> None:
    figure.savefig(out, format="png", dpi=SCREEN_DPI, metadata={"Software": None})


def _tiff(figure: Figure, out: io.BytesIO, dpi: int) -> None:
    """RGB without an alpha channel, LZW: what journals' artwork checks ask for."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    width, height = canvas.get_width_height()
    picture = Image.frombuffer("RGBA", (width, height), canvas.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")
    picture.save(out, format="tiff", compression="tiff_lzw", dpi=(dpi, dpi))


_WRITERS = {"svg": _svg, "pdf": _pdf, "png": _png, "tiff": _tiff}


def missing_glyphs(figure: Figure) -> str:
    """Characters of the figure's words that its typeface does not have, each once; blank where there are none."""
    known = get_font(str(FONTS / "DejaVuSans.ttf")).get_charmap()
    letters = {letter for text in figure.findobj(Text) for letter in text.get_text()}
    return "".join(sorted(letter for letter in letters if ord(letter) not in known and not letter.isspace()))


def glyph_note(figure: Figure) -> str:
    """A sentence for the caption where characters are missing from the typeface."""
    missing = missing_glyphs(figure)
    return f"Characters that {TYPEFACE} does not have are shown as boxes: {' '.join(missing)}." if missing else ""
