"""The README's outputs and picture, made by real runs: `python -m tests.readme` writes them, a test compares them."""

import re
import shutil
import subprocess
import sys
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


def runs(done: Run, grown: Run) -> dict[str, str]:
    """What the first run and that with the new case print, and the documents, by the name of their place."""
    return {"first run": block(done), "new case": changes(grown), "documents": documents(grown)}


def documents(done: Run) -> str:
    """The files under documents/, those of one folder on a line."""
    folder = done.home / "results" / done.series / "documents"
    listed = sorted(folder.iterdir(), key=lambda path: (path.is_dir(), path.name))
    return "\n".join(
        f"{path.name}/: {', '.join(sorted(file.name for file in path.iterdir()))}" if path.is_dir() else path.name
        for path in listed
    )


def commands(grown: Run) -> dict[str, str]:
    """What `make case` and `make share` print after the run with the new case; the copy is left beside the results."""
    case, share = ("workflow.case", "--id", "INVENTED-CASE"), ("workflow.share", "--kind", "pseudonymous")
    return {"case": printed(grown, *case), "share": printed(grown, *share)}


def printed(done: Run, module: str, *words: str) -> str:
    """What a command prints for a finished study."""
    command = [sys.executable, "-m", module, "--config", str(done.home / "study.yaml"), *words]
    told = subprocess.run(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=True
    )
    return told.stdout.strip().replace(f"{done.home}/", "")


def with_outputs(text: str, outputs: dict[str, str]) -> str:
    """The README with the outputs in their places."""
    for mark, output in outputs.items():
        place = re.compile(rf"(<!-- {mark} -->\n```\n).*?(\n```)", re.DOTALL)
        text = place.sub(lambda match, output=output: match[1] + output + match[2], text)
    return text


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        done = run(default_study(Path(folder) / "study"), "alemtuzumab-dah")
        PICTURE.parent.mkdir(exist_ok=True)
        shutil.copy(done.home / "results/alemtuzumab-dah/figures/onset.png", PICTURE)
        accepted(done.home)
        append_new_case(done.home)
        grown = run(done.home, done.series)
        outputs = runs(done, grown) | commands(grown)
    README.write_text(with_outputs(README.read_text(encoding="utf-8"), outputs), encoding="utf-8")


if __name__ == "__main__":
    main()
