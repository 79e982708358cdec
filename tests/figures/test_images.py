"""Pictures against committed references, with a tolerance for another build of the drawing library.

Made anew by `python -m tests.figures.test_images`; look at each before committing it.
"""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scripts import figures
from scripts.figures.page.saving import rendered
from tests.figures.test_drawn_numbers import data_of

FOLDER = Path(__file__).parent / "references"
DPI_OF_REFERENCE = 80
FIGURES = {
    "default": ("case_flow", "completeness", "influence", "onset", "rechallenge_flow", "recurrence", "resolution",
                "swimmer", "symptoms", "tests"),
    "invented": ("case_flow", "onset", "resolution", "death", "swimmer", "rechallenge_flow", "knowledge", "weibull"),
}  # fmt: skip
LARGEST_DIFFERENCE = 4.0
"""Root mean square over all pixels, of 255; a shifted label of one letter gives about 1, a missing panel 20."""


def picture(figure_name: str, data) -> Image.Image:
    """The figure in grey at screen size."""
    tiff = rendered(figures.drawn(figure_name, data).figure, "tiff", figure_name, DPI_OF_REFERENCE)
    return Image.open(io.BytesIO(tiff)).convert("L")


@pytest.mark.parametrize(("kind", "name"), [(kind, figure) for kind, names in FIGURES.items() for figure in names])
def test_figure_looks_like_its_reference(request, kind, name):
    made = picture(name, data_of(request.getfixturevalue(f"{kind}_run")))
    kept = Image.open(FOLDER / f"{kind}_{name}.png")
    assert made.size == pytest.approx(kept.size, abs=1)
    both = [np.asarray(image.resize(kept.size), dtype=float) for image in (made, kept)]
    difference = float(np.sqrt(np.mean((both[0] - both[1]) ** 2)))
    assert difference < LARGEST_DIFFERENCE, f"{kind} {name} differs by {difference:.1f}"


def test_references_are_small():
    assert sum(file.stat().st_size for file in FOLDER.glob("*.png")) < 2_000_000


def _make_anew() -> None:
    import tempfile

    from tests.conftest import default_study, invented_study, run

    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        runs = {"default": run(default_study(Path(home) / "d"), "alemtuzumab-dah"),
                "invented": run(invented_study(Path(home) / "i"), "invented")}  # fmt: skip
        for kind, names in FIGURES.items():
            for figure_name in names:
                image = picture(figure_name, data_of(runs[kind])).quantize(16)
                image.convert("L").save(FOLDER / f"{kind}_{figure_name}.png", optimize=True)


if __name__ == "__main__":
    _make_anew()
