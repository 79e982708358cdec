"""Do two versions of the code make the same files? `make compare BASE=<commit>`.

The commit (in a worktree of its own) and the working tree each run the default and the invented series, from their own
data and config and in a folder of the same name. Compared byte for byte are all files under results/ and every table
that rooms hand on under data/processed/; not logs, records of jobs or hashes of code, which may differ.
Exit codes: 0 the same, 1 something differs, 2 there is nothing to compare, because a run failed or the commit is unknown.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
HANDED_ON = "data/processed/*"
COMPARED = (
    "results/**/*",
    f"{HANDED_ON}/*.csv",
    f"{HANDED_ON}/reported/**/*.csv",
    f"{HANDED_ON}/series/**/*.csv",
    f"{HANDED_ON}/derived/**/*.csv",
)
STUDIES: dict[str, dict[str, str]] = {
    "default": {"config/config.yaml": "study.yaml", "config/series": "config/series", "data/raw": "data/raw"},
    "invented": {f"tests/studies/invented/{name}": name for name in ("study.yaml", "profile.yaml", "data")},
}
"""What a study is made of: where it lies in a tree, and where it lies in the folder of the study."""


class FailedError(Exception):
    """There is nothing to compare; the text says why."""


def files(home: Path) -> dict[str, bytes]:
    """The files of a finished study that must not differ, by their path in its folder."""
    compared_files = {file for pattern in COMPARED for file in home.glob(pattern) if file.is_file()}
    inside = {file.relative_to(home) for file in compared_files}
    return {path.as_posix(): (home / path).read_bytes() for path in sorted(inside) if not _hidden(path)}


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """One line per file that differs or is on one side only, in the order of their names."""
    lines = []
    for file_name in sorted({*before, *after}):
        if file_name not in after:
            lines.append(f"{file_name}: no longer there")
        elif file_name not in before:
            lines.append(f"{file_name}: new")
        elif before[file_name] != after[file_name]:
            lines.append(f"{file_name}: differs{_first_line(before[file_name], after[file_name])}")
    return lines


def _first_line(before: bytes, after: bytes) -> str:
    """Where two texts part; nothing for files that are no text."""
    if b"\0" in before or b"\0" in after:
        return ""
    old, new = before.split(b"\n"), after.split(b"\n")
    same = next((number for number, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), None)
    return f" from line {min(len(old), len(new)) + 1 if same is None else same + 1}"


@contextmanager
def tree(commit: str) -> Iterator[Path]:
    """The commit in a temporary worktree."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "tree"
        added = _git("worktree", "add", "--quiet", "--detach", str(place), commit)
        if added.returncode:
            raise FailedError(f"BASE={commit}: {added.stderr.strip()}. Give a commit, such as BASE=HEAD~1.")
        try:
            yield place
        finally:
            _git("worktree", "remove", "--force", str(place))


def _git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], cwd=REPOSITORY, capture_output=True, text=True, check=False)


def made(code: Path, study: str, home: Path) -> dict[str, bytes]:
    """The files that a tree's code makes of its own study, run in `home`, which is left empty for the next."""
    for inside, target_name in STUDIES[study].items():
        source, target = code / inside, home / target_name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    done = subprocess.run(
        [sys.executable, "-m", "workflow.run", "--config", str(home / "study.yaml"), "--cores", "2"],
        cwd=code, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(code)}, check=False,
    )  # fmt: skip
    if done.returncode:
        raise FailedError(f"the {study} series ended with code {done.returncode}:\n{done.stderr or done.stdout}")
    products = files(home)
    shutil.rmtree(home)
    return products


def kept(products: dict[str, bytes], folder: Path) -> None:
    """Write files for a person to look at."""
    for file_name, content in products.items():
        (folder / file_name).parent.mkdir(parents=True, exist_ok=True)
        (folder / file_name).write_bytes(content)


def compare(base: str, keep: Path | None) -> list[str]:
    """What differs between a commit and the working tree; both sides go to `keep`, where given."""
    lines = []
    with tree(base) as old, tempfile.TemporaryDirectory() as folder:
        for study in STUDIES:
            before, after = (made(code, study, Path(folder) / study) for code in (old, REPOSITORY))
            print(f"{study}: {len(before)} files before, {len(after)} after", flush=True)
            lines += [f"{study}: {line}" for line in differences(before, after)]
            for side, products in (("before", before), ("after", after)) if keep else ():
                kept(products, keep / side / study)
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.compare", description=__doc__)
    parser.add_argument("base", metavar="COMMIT", help="what the working tree is compared with")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the files of both sides here")
    given = parser.parse_args()
    try:
        lines = compare(given.base, given.keep)
    except FailedError as fault:
        print(fault, file=sys.stderr)
        sys.exit(2)
    print("\n".join(lines) or "No file differs.")
    sys.exit(1 if lines else 0)


if __name__ == "__main__":
    main()
