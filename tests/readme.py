"""The README's outputs and picture, made by real runs: `python -m tests.readme` writes them, a test compares them."""

import re
import shutil
import tempfile
from pathlib import Path

from tests.conftest import REPOSITORY, Run, accepted, append_new_case, default_study, run

README = REPOSITORY / "README.md"
PICTURE = REPOSITORY / "docs/onset.png"


def block(done: Run) -> str:
    """What a run printed, with paths as the user of a clone sees them."""
    return done.out.strip().replace(f"{done.home}/", "")


def changes(done: Run) -> str:
    """What the run tells of the accepted run and of the headline numbers that moved, each with what it was."""
    return "What changed\n" + block(done).partition("\nWhat changed\n")[2].partition("\n\n")[0]


def with_outputs(text: str, first: str, grown: str) -> str:
    """The README with both outputs in their places."""
    for name, output in (("first run", first), ("new case", grown)):
        place = re.compile(rf"(<!-- {name} -->\n```\n).*?(\n```)", re.DOTALL)
        text = place.sub(lambda match, output=output: match[1] + output + match[2], text)
    return text


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        done = run(default_study(Path(folder) / "study"), "alemtuzumab-dah")
        first = block(done)
        PICTURE.parent.mkdir(exist_ok=True)
        shutil.copy(done.home / "results/alemtuzumab-dah/figures/onset.png", PICTURE)
        accepted(done.home)
        append_new_case(done.home)
        grown = changes(run(done.home, done.series))
    README.write_text(with_outputs(README.read_text(encoding="utf-8"), first, grown), encoding="utf-8")


if __name__ == "__main__":
    main()
