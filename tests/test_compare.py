"""`make compare`: which files are held against each other, and what is said of those that differ."""

from tests import compare

BEFORE = {"results/s/a.csv": b"x\n1\n", "results/s/b.pdf": b"%\0\1", "results/s/c.csv": b"x\n", "results/s/d.csv": b"x"}
AFTER = {"results/s/a.csv": b"x\n2\n", "results/s/b.pdf": b"%\0\2", "results/s/d.csv": b"x", "results/s/e.csv": b"x"}


def test_every_difference_is_told_once_and_by_name():
    assert compare.differences(BEFORE, AFTER) == [
        "results/s/a.csv: differs from line 2",
        "results/s/b.pdf: differs",
        "results/s/c.csv: no longer there",
        "results/s/e.csv: new",
    ]
    assert compare.differences(BEFORE, BEFORE) == compare.differences({}, {}) == []


def test_a_text_that_only_grew_parts_after_its_last_line():
    assert compare.differences({"a": b"x"}, {"a": b"x\ny"}) == ["a: differs from line 2"]


def test_products_and_tables_are_compared_but_no_logs_and_no_records_of_jobs(tmp_path):
    held = ["data/processed/s/derived/times.csv", "data/processed/s/findings.csv", "data/processed/s/reported/one/cases.csv",
            "data/processed/s/series/ledger.csv", "results/s/documents/e2b_r3/C.xml", "results/s/manifest.json"]  # fmt: skip
    left_out = ["data/processed/s/logs/derive.csv", "data/processed/s/derive.json", "data/processed/s/derived/.stamp.csv",
                "data/raw/s/cases.csv", "results/s/.hidden", ".snakemake/log/1.csv", "study.yaml"]  # fmt: skip
    for file_name in (*held, *left_out):
        (tmp_path / file_name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file_name).write_text(file_name)
    assert list(compare.files(tmp_path)) == held
    assert compare.files(tmp_path)[held[0]] == held[0].encode()


def test_an_unknown_commit_is_refused_in_words(tmp_path):
    done = compare.subprocess.run(
        [compare.sys.executable, "-m", "tests.compare", "no-such-commit"],
        cwd=compare.REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "BASE=no-such-commit" in done.stderr
    assert "Traceback" not in done.stderr
