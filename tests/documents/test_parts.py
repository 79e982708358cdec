"""Small parts: texts, file names, dictionary codes, countries, cells."""

import re

import pandas as pd
import pytest

from schemas.config import Config
from scripts.commands.messages import UserError
from scripts.documents.criteria import shown
from scripts.documents.e2b.term_codes import TermCodes
from scripts.documents.words import given_again, key_table, narrative_patient, phrases
from scripts.documents.words.texts import FOLDER, fill, texts
from scripts.files.file_names import file_names
from scripts.office.sheets import LONGEST, Book, whole
from scripts.words.countries import alpha_2, is_country, told
from scripts.words.printable import printable
from tests.documents.invented import ROWS, case, one_of


def test_a_text_without_its_value_names_the_file_and_what_there_is():
    with pytest.raises(UserError, match=r"texts/x.yaml: no value for 'missing' in '{missing}'\. Use: n\."):
        fill("{missing}", {"n": 1}, "x.yaml")


def test_values_are_never_templates():
    assert fill("{n}", {"n": "{m} {0} %s"}, "x.yaml") == "{m} {0} %s"


def test_every_text_file_can_be_read():
    assert len([texts(path.stem) for path in FOLDER.glob("*.yaml")]) == 10


def test_characters_that_no_format_holds_are_shown_as_such():
    assert printable("a\x00b\x0bc\td\ne") == "a[U+0000]b[U+000B]c\td\ne"


@pytest.mark.parametrize(
    ("cases", "names"),
    [
        (["A-1", "B.2"], ["A-1", "B.2"]),
        (["../x"], ["x-d6b96a97"]),  # sha256 of the id
        (["a", "A"], ["a-ca978112", "A-559aead0"]),
    ],
)
def test_file_names_are_safe_and_distinct(cases, names):
    assert list(file_names(cases).values()) == names


@pytest.mark.parametrize(
    ("told", "words"),
    [("", ""), ("not_stated", ""), ("held for two days", "held for two days"),
     ("G.k.10.r=4; held; drugadditional=1", "held"), ("ratio a = b", "ratio a = b")],
)  # fmt: skip
def test_words_on_a_drug_without_the_codes_among_them(told, words):
    assert phrases.notes({"additional_information": told}) == words


SUSPECT, AGAIN, OTHER = ROWS["courses"]
DOSE = {"dose": "1", "time_date": "2022-07-04", "amount": "1", "unit": "g", "given": "yes"}
FOR_HEADACHE = {"indication": "headache", "additional_information": "self-taken", "start_date": "2022-07-04"}
CLEAR = {"course": "2", "test": "CT", "reading": "shows_no_event", "time_origin": "first_dose", "time_scale": "d"}
HIGH = {"result": "high", "test": "D-dimer", "value": "5", "unit_as_printed": "mg/L", "reading": "abnormal"}
VARIANTS = {
    "a dose of another drug": {"courses": [SUSPECT, AGAIN, OTHER | FOR_HEADACHE],
                               "doses": [*ROWS["doses"], DOSE | {"course": "3", "time_date": ""}]},
    "only a dose of another drug": {"doses": [DOSE | {"course": "3"}]},
    "a dose": {"doses": [DOSE | {"course": "1"}]},
    "no word of others": {"courses": [SUSPECT, AGAIN]},
    "two suspects": {"courses": [SUSPECT, OTHER, OTHER | {"course": "4", "drug": "Secondab", "substance": "secondumab", "role": "interacting"}]},
    "seen again": {
        "tests": [
            CLEAR | {"result": "earlier", "finding": "clear before it", "time_lower": "-9", "time_upper": "-8"},
            CLEAR | {"result": "later", "finding": "clear", "time_lower": "2", "time_upper": "2"},
            CLEAR | HIGH,
        ],
        "reactions": [
            ROWS["reactions"][0],
            {"reaction": "wheeze", "course": "1", "term": "wheeze", "role": "symptom", "occurred": "yes"},
            {"reaction": "chill", "course": "2", "term": "chill", "role": "symptom", "occurred": "yes"},
            {"reaction": "fever", "course": "2", "term": "fever", "role": "symptom", "occurred": "no"},
        ],
    },
}  # fmt: skip


def test_a_concomitant_drug_with_its_purpose_start_doses_and_words():
    assert narrative_patient.other_drugs(one_of(VARIANTS, "a dose of another drug")) == (
        "Otherdrug (othersubstance) (for headache; start 2022-07-04; dose 1: 1 g; self-taken)"
    )
    assert narrative_patient.other_drugs(case()) == "Otherdrug (othersubstance)"


def shows(one, criterion):
    return shown([one], [criterion])[criterion] == [one.case_id]


def test_the_dose_of_a_concomitant_drug_proves_no_exposure():
    assert not shows(one_of(VARIANTS, "only a dose of another drug"), "exposure")
    assert shows(one_of(VARIANTS, "a dose"), "exposure")


def test_silence_on_other_drugs_does_not_show_that_there_was_no_other_suspect():
    assert shows(case(), "singular")
    assert not shows(one_of(VARIANTS, "no word of others"), "singular")
    assert not shows(one_of(VARIANTS, "two suspects"), "singular")


def test_what_was_seen_on_re_exposure_is_of_that_exposure_and_not_from_before_it():
    assert given_again.seen(one_of(VARIANTS, "seen again"), "2") == (
        "symptoms: chill; abnormal tests: D-dimer 5 mg/L; tests that did not show the event: CT (clear)"
    )


VERDICTS = {
    "as typed": ([], "infection: excluded (culture)", "excluded: infection"),
    "in words": ([{"words": "no infection"}], 'infection: excluded, "no infection" (culture)', 'excluded: infection ("no infection")'),
    "derived from words": ([{"words": "unlikely", "status": "derived"}], 'infection: excluded, derived from "unlikely" (culture)',
                           'excluded: infection (derived from "unlikely")'),
    "derived": ([{"status": "derived"}], "infection: excluded, derived (culture)", "excluded: infection (derived)"),
}  # fmt: skip
OF_THE_VERDICT = {"table": "alternatives", "key": "CASE-1;infection", "column": "excluded"}
MARKED = {name: {"provenance": [OF_THE_VERDICT | row for row in rows]} for name, (rows, *_) in VERDICTS.items()}


@pytest.mark.parametrize("name", VERDICTS)
def test_a_verdict_on_a_cause_stands_with_the_words_of_its_source(name):
    _, told, short = VERDICTS[name]
    file = one_of(MARKED, name)
    assert [phrases.alternative(row, file) for row in file.rows("alternatives")] == [told]
    assert phrases.verdicts(file) == short


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("term,code\nx,00000000\n", "no column version"),
        ("term,code,version\nx,123,27.1\n", "row 2: code '123' of 'x' is not 8 digits"),
        ("term,code,version\nx,00000000,27.1\ny,00000001,28.0\n", "must hold one version"),
    ],
)
def test_faults_of_a_code_file_are_told(tmp_path, content, fault):
    path = tmp_path / "codes.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=fault):
        TermCodes.read(str(path))


def test_codes_are_found_without_regard_to_case(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text("\ufeffterm,code,version\nCough,00000000,27.1\n", encoding="utf-8")
    assert TermCodes.read(str(path)).code_of("cough ") == ("00000000", "27.1")
    assert TermCodes.read("").code_of("cough") == ("", "")


@pytest.mark.parametrize(
    ("country", "code"), [("United Kingdom", "GB"), ("netherlands", "NL"), ("NO", "NO"), ("Nowhere", ""), ("", "")]
)
def test_country_codes(country, code):
    assert alpha_2(country) == code
    assert not code or is_country(code)


def test_a_cell_says_what_is_cut():
    long = "x" * (LONGEST + 10)
    assert len(whole(long)) <= LONGEST
    assert whole(long).endswith("the whole text stands in narratives.docx or the reported tables]")
    assert whole("short") == "short"


def test_sheet_names_are_allowed_and_distinct():
    book = Book("t", "2025-12-31")
    assert [book._free(title) for title in ("a/b", "a_b", "A_B", "x" * 40, "x" * 41)] == [
        "a_b", "a_b~2", "A_B~3", "x" * 31, "x" * 29 + "~2",
    ]  # fmt: skip


def test_the_config_section():
    section = {
        "sender": {"identifier": "S", "receiver": "R", "organisation": "A-B", "country": "GB", "kind": "company"}
    }
    base = {
        "series": "s",
        "profile": "p",
        "sources": [{"name": "a", "format": "csv", "path": "x"}],
        "data_lock": "2025-12-31",
    }
    with pytest.raises(ValueError, match="organisation"):
        Config.model_validate(base | {"documents": section})
    with pytest.raises(ValueError, match="the period ends before it starts"):
        Config.model_validate(base | {"documents": {"period": {"start": "2025-02-01", "end": "2025-01-01"}}})
    assert Config.model_validate(base).documents.write == "all"


STRANGE = [
    "CASE-2025", "case-2025", "CON", "con.txt", "NUL", "COM1.a.b", "Com1", "LPT9", "aux", ".hidden", "-rf", "--", "...",
    "a.", "a ", "a", " a", "a/b", "a\\b", "a:b", "a_b", "\u00e9t\u00e9", "e\u0301te\u0301", "\uff21", "x" * 80,
    "x" * 81, "x" * 300, "y" * 300, "\u00e9" * 200, "", "_", "case", "\x00", "a\nb", "\ud800", "../../etc", "COM\u00b9", "K", "\u212a",
]  # fmt: skip


def test_every_id_has_a_name_that_every_system_keeps():
    ids = [*STRANGE, *file_names(STRANGE).values()]  # ids that are other ids' names are no trap either
    names = file_names(ids)
    assert len({file_name.casefold() for file_name in names.values()}) == len(set(ids))
    for file_name in names.values():
        assert re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_-])?", file_name), file_name
        assert not re.fullmatch(r"con|prn|aux|nul|(com|lpt)\d", file_name.partition(".")[0], re.IGNORECASE)
        assert len(f"{file_name}.xml".encode()) <= 255


def test_a_name_does_not_depend_on_the_order_of_the_ids():
    assert file_names(STRANGE) == file_names(STRANGE[::-1])
    assert file_names(["a/b", "CASE-2025"])["a/b"] == file_names(["a/b"])["a/b"]


@pytest.mark.parametrize(
    ("country", "name"),
    [
        ("NO", "Norway"),
        ("UK", "United Kingdom"),
        ("Norway", "Norway"),
        ("not seen", "not seen"),
        ("QQ", "QQ"),
        ("", ""),
    ],
)
def test_a_country_is_told_by_its_name(country, name):
    assert told(country) == name


def test_signs_after_re_exposure_are_told_where_any_could_be_judged(default_dossier, monkeypatch):
    judged = {"event": (1, 2), "symptoms": (0, 0), "tests": (1, 1)}
    monkeypatch.setattr(key_table.summary, "rechallenge", lambda _, kind: judged[kind])
    lines = key_table.rows(default_dossier, key_table.Citations(default_dossier))
    (again,) = [text for label, text in lines if label == "Given again"]
    assert again.endswith("it recurred in 1 of 2 who can be judged; laboratory changes recurred in 1 of 1")


def test_an_onset_of_which_only_the_least_is_known_for_some_has_a_range_in_words(default_dossier, monkeypatch):
    """Within 15 minutes in one, after 30 in another: a dash would say that nothing is known of 12."""
    spread = key_table.summary.onset(default_dossier, "range")
    unlimited = pd.Series({**spread, "lower": 0.0, "upper": float("inf"), "lower_is": "open", "upper_is": "open"})
    monkeypatch.setattr(key_table.summary, "onset", lambda _, which, __: unlimited if which == "range" else None)
    sentence = key_table.onset(default_dossier)
    assert sentence.startswith("first symptom: within limits of which the last is not known, known in 12 of 15")
