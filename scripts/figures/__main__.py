"""Draw the figures of a series, or one of them, each with its caption, alternative text and plotted data."""

import argparse

from scripts.commands import product_arguments
from scripts.commands.messages import UserError, run, say
from scripts.figures import at_once, drawn, names, reasons
from scripts.figures.page.saving import COMBINATION_DPI, FORMATS, Note, rendered
from scripts.figures.page.standards import BODY, WIDTHS
from scripts.figures.page.typeface import DEFAULT, METRIC, Typeface, chosen
from scripts.files.bundle import Bundle
from scripts.files.tablefiles import write, write_bytes

NARROWEST, WIDEST = 60.0, 200.0


def arguments() -> argparse.Namespace:
    parser = product_arguments.parser("figures", __doc__)
    parser.add_argument("--only", nargs="+", choices=names(), metavar="NAME", help=f"of: {', '.join(names())}")
    presets = ", ".join(WIDTHS)
    parser.add_argument("--width", type=width, metavar="MM", help=f"width in mm, or one of: {presets}")
    parser.add_argument("--type-size", type=float, default=BODY, metavar="PT", help="body type, 7 to 9 points")
    parser.add_argument(
        "--font",
        default="",
        metavar="NAME",
        help=f"a TrueType face of this machine, such as {', '.join(METRIC[:3])}; else {DEFAULT.name}",
    )
    parser.add_argument(
        "--formats",
        nargs="+",
        choices=FORMATS,
        default=["svg", "pdf", "png"],
        metavar="FORMAT",
        help=f"of: {', '.join(FORMATS)}",
    )
    product_arguments.add_rights(parser)
    parser.add_argument("--dpi", type=int, default=COMBINATION_DPI, help="of TIFF: 600, or 1000 to 1200 for line art")
    parser.add_argument(
        "--processes", type=int, choices=range(1, 17), default=1, metavar="N", help="drawing at once, 1 to 16"
    )
    return parser.parse_args()


def width(words: str) -> float:
    """A width in mm or the name of a journal's column."""
    try:
        millimetres = WIDTHS[words] if words in WIDTHS else float(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{words}' is neither a number of mm nor a known column width") from None
    if not NARROWEST <= millimetres <= WIDEST:
        raise argparse.ArgumentTypeError(f"{words} mm: give {NARROWEST:.0f} to {WIDEST:.0f}")
    return millimetres


def main() -> None:
    given = arguments()
    if not BODY <= given.type_size <= 9:
        raise UserError(f"--type-size {given.type_size:g}: give 7 to 9 points; smaller type is refused by journals.")
    if not 300 <= given.dpi <= 1200:
        raise UserError(f"--dpi {given.dpi}: give 300 to 1200 dots per inch.")
    made = product_arguments.read(given)
    face = chosen(given.font or given.settings.figure_font)
    left_out = {} if given.only else {figure_name: why for figure_name, why in reasons(made).items() if why}
    wanted = given.only or [figure_name for figure_name in names() if figure_name not in left_out]
    at_once.each(lambda figure_name: draw(figure_name, made, face, given), wanted, given.processes)
    say(f"figures: {', '.join(wanted)}")
    for figure_name, why in left_out.items():
        say(f"  not drawn: {figure_name}: {why}")


def draw(figure_name: str, made: Bundle, face: Typeface, given: argparse.Namespace) -> None:
    """Draw one figure and write its files: every format, caption, alternative text and plotted data."""
    drawing = drawn(figure_name, made, given.width, given.type_size, face)
    note = Note(f"results.csv, lines {drawing.lines}" if drawing.lines else "", given.rights)
    for form in given.formats:
        write_bytes(
            rendered(drawing.figure, form, figure_name, given.dpi, face, note), given.out / f"{figure_name}.{form}"
        )
    write_bytes(f"{drawing.caption}\n".encode(), given.out / f"{figure_name}.caption.txt")
    write_bytes(f"{drawing.alt}\n".encode(), given.out / f"{figure_name}.alt.txt")
    write(drawing.data, given.out / f"{figure_name}.csv")


if __name__ == "__main__":
    run(main)
