"""YAML as people type it: every way to be misread is one readable line, and what is right is read as PyYAML reads it."""

import pytest
import yaml

from schemas import config, profile, yaml_files
from tests.conftest import REPOSITORY

STUDY = (REPOSITORY / "tests/studies/invented/study.yaml").read_text(encoding="utf-8")
PROFILE = (REPOSITORY / "tests/studies/invented/profile.yaml").read_text(encoding="utf-8")
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]\n" for k in range(1, 30)
)


def refusal(load, path, content) -> list[str]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ValueError) as fault:  # noqa: PT011 - what it says is what is tested
        load(path)
    lines = str(fault.value).split("\n")
    assert all(line.startswith(f"{path}: ") for line in lines)
    return [line.removeprefix(f"{path}: ") for line in lines]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: 1\nb: 2\n\na: 3\nb: 4\n", ["line 4: the key 'a' stands in line 1 already. Keep one of them.",
                                        "line 5: the key 'b' stands in line 2 already. Keep one of them."]),
        ("a:\n  - {b: 1,\n     b: 2}\n", ["line 3: the key 'b' stands in line 2 already. Keep one of them."]),
        ("'a': 1\na: 2\n", ["line 2: the key 'a' stands in line 1 already. Keep one of them."]),
        ("yes: 1\n2: x\n", ["line 1: the key 'yes' is yes or no to YAML: put it in quotation marks.",
                            "line 2: the key '2' is a number to YAML: put it in quotation marks."]),
        ("? [a]\n: 1\n", ["line 1: a key that is a list or a mapping; write a word before the colon."]),
        (BOMB, ["line 6: unfolds to more than 200000 values. Use fewer aliases (*name)."]),
        ("a: &a [1, *a]\n", ["line 1: an anchor that holds itself. Write its content out."]),
        ("[" * 100_000, ["line 1: nested more than 40 deep. Close brackets, or mend the indents."]),
        ("\n".join(" " * k + "a:" for k in range(90)),
         ["line 41: nested more than 40 deep. Close brackets, or mend the indents."]),
        (b"a: 1\nb: \xff\n", ["line 2: not UTF-8. Save it as UTF-8 text."]),
        ("a: 1\nb: x\x07\n", ["line 2: a control character (U+0007). Delete it."]),
        ("a:\n\tb: 1\n", ["not readable as YAML: line 2: a tab where blanks are wanted; indent with blanks only."]),
        ("", ["the file is empty."]),
        (" \n\n", ["the file is empty."]),
        ("# nothing\n", ["the file is empty but for comments."]),
        ("- a\n", ["holds a list instead of keys with values, as in `name: value`."]),
        ("words\n", ["holds a single value instead of keys with values, as in `name: value`."]),
        ("a: !!python/object/apply:os.system [x]\n", ["line 1: the tag !!python/object/apply:os.system is not read here. Delete it."]),
        ("a: 1\n---\nb: 1\n", ["not readable as YAML: line 2: a second document begins here (---); keep one."]),
        ("a: *b\n", ["not readable as YAML: line 1: an alias (*name) without its anchor (&name)."]),
        ("a: b: c\n", ["not readable as YAML: line 1: a colon within a value: put the value in quotation marks, or begin a new line."]),
        ("a: 010\nb: 1:30\nc: 1_000\nd: 0x1F\ne: .inf\n",
         [f"line {k}: '{v}' is read as another number than it looks like. Write digits and a point, or put it in quotation marks."
          for k, v in enumerate(("010", "1:30", "1_000", "0x1F", ".inf"), start=1)]),
        ("a: 2024-02-30\n", ["line 1: '2024-02-30' is no day of the calendar. Correct it, or put it in quotation marks."]),
    ],
)  # fmt: skip
def test_what_another_reader_would_pass_over_is_refused(tmp_path, content, expected):
    assert refusal(yaml_files.read, tmp_path / "x.yaml", content) == expected


@pytest.mark.parametrize("file", ["config/config.yaml", "config/series/alemtuzumab-dah.yaml"])
def test_what_is_right_is_read_as_it_stands(file):
    path = REPOSITORY / file
    assert yaml_files.read(path) == yaml.safe_load(path.read_text(encoding="utf-8"))


def test_anchors_within_bounds_and_a_byte_order_mark_are_read(tmp_path):
    (tmp_path / "x.yaml").write_text("\ufeffa: &a {b: 1}\nc: *a\nd: {<<: *a, b: 2}\n", encoding="utf-8")
    assert yaml_files.read(tmp_path / "x.yaml") == {"a": {"b": 1}, "c": {"b": 1}, "d": {"b": 2}}


def test_every_fault_of_a_config_has_its_line_and_the_nearest_key(tmp_path):
    broken = """series: no
profile: 12
sources:
  - {name: a, format: csv, path: x}
data_lock: 2024-12-31
datalock: 3
analysis: {level: yes, onset_day: [2], onset_days: [yes]}
documents: []
"""
    lines = refusal(config.load, tmp_path / "x.yaml", broken)
    assert [line.partition(" There are: ")[0] for line in lines] == [
        "line 1: series: a text is wanted, and 'no' without quotation marks is yes or no: put it in quotation marks.",
        "line 2: profile: a text is wanted, and '12' without quotation marks is a number: put it in quotation marks.",
        "line 5: data_lock: a text is wanted, and '2024-12-31' without quotation marks is a date: put it in quotation marks.",
        "line 7: analysis.onset_days: a number is wanted, not yes or no (found '[True]')",
        "line 7: analysis.level: a number is wanted, not yes or no (found 'True')",
        "line 7: analysis.onset_day: there is no such key. Did you mean 'onset_days'?",
        "line 8: documents: a section is wanted: keys with values, indented below.",
        "line 6: datalock: there is no such key. Did you mean 'data_lock'?",
    ]


def test_an_unknown_key_deep_in_a_profile_is_named(tmp_path):
    lines = refusal(profile.load, tmp_path / "x.yaml", PROFILE.replace("poolable_origins", "polable_origins"))
    assert lines[0].startswith("line 11: event.polable_origins: there is no such key. Did you mean 'poolable_origins'?")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("series: invented", "series: CON", "line 2: series: Windows keeps this name for a device; add a letter"),
        ("series: invented", "series: com1", "line 2: series: Windows keeps this name for a device; add a letter"),
        ("series: invented", f"series: {'x' * 81}", "line 2: series: String should have at most 80 characters"),
        ("name: shelf", "name: nul", "sources.0.name: Windows keeps this name"),
        ("  - {name: shelf,", "  - {name: Shelf, format: csv, path: b}\n  - {name: shelf,", "two sources share one name, 'shelf'"),
    ],
)  # fmt: skip
def test_names_that_no_system_could_keep_are_refused(tmp_path, old, new, words):
    assert words in "\n".join(refusal(config.load, tmp_path / "x.yaml", STUDY.replace(old, new)))


def test_days_of_an_option_are_text_with_or_without_quotation_marks(tmp_path):
    (tmp_path / "x.yaml").write_text(STUDY.replace("path: data}", 'path: data, period: [2017-04-01, "2017-06"]}'))
    assert config.load(tmp_path / "x.yaml").sources[0].model_extra == {"period": ["2017-04-01", "2017-06"]}
