"""Plain Snakemake from any directory: the paths of a config count from its own folder, as under `make`."""

import os
import subprocess
import sys

from tests.conftest import REPOSITORY, invented_study


def test_snakemake_from_another_folder_works_in_the_folder_of_the_config(tmp_path):
    home, elsewhere = tmp_path / "study of ours", tmp_path / "elsewhere"
    elsewhere.mkdir()
    invented_study(home)
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(REPOSITORY / "Snakefile"), "--configfile",
               os.path.relpath(home / "study.yaml", elsewhere), "--dry-run", "--quiet", "host"]  # fmt: skip
    without = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=elsewhere, env=without, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "data/processed/invented/derived" in done.stdout + done.stderr
    assert (home / "data/processed/invented/sheets").is_dir()
    assert list(elsewhere.iterdir()) == []
