"""Coverage-guided fuzzing of the XML readers with atheris, bounded; not a test, and atheris is no dependency.

    pip install atheris
    python -m tests.bench.fuzz_xml e2b_r3 -runs=20000 -max_total_time=120

A crashing input is written beside; keep it in `CRASHES` of tests/ingest/test_fuzz.py.
"""

import sys
import tempfile
from pathlib import Path

FORMATS = ("e2b_r3", "e2b_r2")


def main(form: str, arguments: list[str]) -> None:
    """Fuzz one reader from the invented cases on."""
    import atheris

    with atheris.instrument_imports(include=["scripts.ingest"]):
        from tests.ingest.test_fuzz import SOUND, check
    reader, file_name, sound = SOUND[form]
    with tempfile.TemporaryDirectory() as corpus:
        (Path(corpus) / file_name).write_bytes(sound)
        atheris.Setup(["fuzz_xml", corpus, *arguments], lambda content: check(reader, file_name, content))
        atheris.Fuzz()


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in FORMATS:
        sys.exit(f"usage: python -m tests.bench.fuzz_xml {'|'.join(FORMATS)} [libFuzzer options]")
    main(sys.argv[1], sys.argv[2:] or ["-runs=20000", "-max_total_time=60"])
