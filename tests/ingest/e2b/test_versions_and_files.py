"""Which messages of files, folders and versions are read, and which are refused."""

from pathlib import Path

import pytest

from scripts.commands.messages import UserError
from scripts.ingest.e2b import from_e2b_r3
from tests.ingest.e2b.batches import of_records, read
from tests.ingest.five_cases import CASES
from tests.ingest.write_r3 import batch, message


@pytest.mark.parametrize("later_first", [True, False])
def test_the_version_with_the_most_recent_information_is_used(tmp_path, later_first):
    newer = CASES[0] | {"latest": "2022-09-01", "narrative": "newer"}
    both = [message(newer), message(CASES[0])]
    reading = read(tmp_path, *(both if later_first else both[::-1]))
    assert list(reading.tables["reports"]["narrative"]) == ["newer"]
    assert list(of_records(reading)["reason"]) == ["older version", "read"]
    assert list(of_records(reading)["record"]) == ["GB-INVENTED-1", "reports"]


LATEST = f'<availabilityTime value="{CASES[0]["latest"].replace("-", "")}"'


@pytest.mark.parametrize(
    ("early", "late"),
    [
        # a reason for having no date is no date, whatever its letters
        (message(CASES[0]).replace(LATEST, '<availabilityTime nullFlavor="UNK"'), message(CASES[0])),
        # 4 o'clock in Greenwich is later than 23 o'clock of the day before
        (message(CASES[0], created="20230102010000+02"), message(CASES[0], created="20230101230000-0500")),
        (message(CASES[0], created="20230101"), message(CASES[0], created="20230101000001")),
    ],
)
def test_the_later_of_two_versions_is_used_whatever_zone_or_reason_stands_beside(tmp_path, early, late):
    both = [early, late.replace("An invented narrative", "Later")]
    for messages in (both, both[::-1]):
        (narrative,) = read(tmp_path, *messages).tables["reports"]["narrative"]
        assert narrative.startswith("Later")


def test_one_version_sent_twice_with_other_words_is_a_finding(tmp_path):
    same = read(tmp_path, message(CASES[0]), message(CASES[0]))
    assert list(of_records(same)["reason"]) == ["the same version again", "read"]
    assert not len(same.findings.query("rule != 'not_read'"))
    (told,) = read(tmp_path, message(CASES[0]), message(CASES[0] | {"sex": "M"})).findings.query("rule != 'not_read'")[
        "what"
    ]
    assert told == "the same version of this case came again and says something else; the last one is read"


def test_a_nullified_case_leaves_with_all_its_versions(tmp_path):
    gone = message(CASES[0] | {"latest": "2023-01-01"}, nullification="1")
    reading = read(tmp_path, message(CASES[0]), gone, message(CASES[1]))
    assert list(reading.tables["cases"]["case_id"]) == ["FR-INVENTED-2"]
    assert list(of_records(reading)["reason"]) == ["older version", "nullified by its sender", "read"]
    amended = read(tmp_path, message(CASES[0], nullification="2"))
    assert list(amended.tables["reports"]["nullification"]) == ["amended"]


@pytest.mark.parametrize(
    ("role", "reason"),
    [
        ('code="1"', "read"),
        ('code="2"', "none of the drugs in the roles asked for"),
        ('nullFlavor="UNK"', "the role of the drug asked for is not told, or by no known code"),
        ('code="9"', "the role of the drug asked for is not told, or by no known code"),
    ],
)
def test_a_role_that_nobody_knows_is_not_called_another_role(tmp_path, role, reason):
    of_drug = 'code="1" codeSystem="2.16.840.1.113883.3.989.2.1.1.13"'
    text = message(CASES[0]).replace(of_drug, f'{role} codeSystem="2.16.840.1.113883.3.989.2.1.1.13"', 1)
    assert reason in list(of_records(read(tmp_path, text, drugs=["dahliumab"]))["reason"])


def test_selection_counts_each_step(tmp_path):
    reading = read(
        tmp_path,
        *map(message, CASES),
        drugs=["DAHLIUMAB", "Nosuchdrug"],
        terms=["invented LUNG-bleeding", "Invented lung bleedings"],
        period=["2018", "2021"],
    )
    assert list(reading.tables["cases"]["case_id"]) == ["FR-INVENTED-2", "JP-INVENTED-4", "US-INVENTED-5"]
    assert list(zip(of_records(reading)["reason"], of_records(reading)["records"], strict=True)) == [
        ("outside the period", 1), ("none of the drugs in the roles asked for", 1), ("read", 3),
    ]  # fmt: skip
    assert list(reading.findings["what"]) == [
        "nothing in this source is named 'Nosuchdrug'",
        "nothing in this source is named 'Invented lung bleedings'",
    ]
    assert "invented lung bleeding" in reading.findings["cure"][1]


def test_acknowledgements_and_other_formats_are_refused_as_what_they_are(tmp_path):
    for root, words in {
        '<MCCI_IN200101UV01 xmlns="urn:hl7-org:v3"/>': "acknowledgement",
        "<ichicsr/>": "E2B(R2) message",
        "<html/>": "root element is html",
    }.items():
        file = tmp_path / "other.xml"
        file.write_text(root)
        with pytest.raises(UserError, match=words.replace("(", r"\(").replace(")", r"\)")):
            from_e2b_r3.read(file)


def test_a_folder_is_read_whole_and_all_broken_files_are_named(tmp_path):
    for case in CASES[:2]:
        (tmp_path / f"{case['id']}.xml").write_bytes(batch(message(case)))
    reading = from_e2b_r3.read(tmp_path)
    assert len(reading.tables["cases"]) == 2
    assert reading.tables["cases"]["at_file"].map(lambda file: Path(file).name).tolist() == [
        "FR-INVENTED-2.xml",
        "GB-INVENTED-1.xml",
    ]
    for file_name in ("a.xml", "b.xml"):
        (tmp_path / file_name).write_text("<MCCI_IN200100UV01 xmlns='urn:hl7-org:v3'>")
    with_broken = from_e2b_r3.read(tmp_path)
    assert with_broken.tables["cases"].equals(reading.tables["cases"])
    assert [Path(file).name for file in with_broken.findings["file"]] == ["a.xml", "b.xml"]
    assert of_records(with_broken)[["reason", "records"]].values.tolist() == [
        ["file that cannot be read", 1], ["file that cannot be read", 1], ["read", 2],
    ]  # fmt: skip


def test_a_batch_without_reports_is_refused(tmp_path):
    with pytest.raises(UserError, match="no report in it"):
        read(tmp_path)
