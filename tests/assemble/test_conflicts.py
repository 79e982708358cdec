"""What a record that leaves for a richer one says differently, or alone, whatever its analyst called the rows."""

from scripts.assemble.conflicts import COLUMNS, conflicts
from tests.validate.build import CASE, COURSE, EVENT, TEST, WHERE, tables

SYNONYMS = [["examplumab", "examplia"], ["blue rash", "blue exanthema"]]
C2 = {"case_id": "C2"}


def found(left: dict[str, dict], kept: dict[str, dict]) -> list[tuple]:
    """Conflicts of C2, which leaves for C1, without their two record names."""
    given = tables(
        **{table: [kept.get(table), left.get(table)] for table in {**kept, **left} if table in kept and table in left}
        | {table: [row] for table, row in {**left, **kept}.items() if (table in kept) != (table in left)}
    )
    made = conflicts(given, {"C2": "C1"}, SYNONYMS)
    assert made[["kept", "left"]].drop_duplicates().to_numpy().tolist() in ([], [["C1", "C2"]])
    return [tuple(row) for row in made[COLUMNS[2:]].to_numpy().tolist()]


def test_rows_meet_by_what_they_are_about_and_not_by_their_short_names():
    kept = {"reactions": EVENT | {"reaction": "rash", "outcome": "recovered"}}
    left = {"reactions": EVENT | C2 | {"reaction": "r1", "term": "Blue Exanthema", "outcome": "recovering"}}
    assert found(left, kept) == [("reactions", "rash", "outcome", "recovered", "recovering")]


def test_letters_spelling_of_numbers_brands_and_names_of_reactions_are_no_conflict():
    kept = {"cases": CASE | {"age_lower": "29", "country": "Norway"}, "courses": COURSE | {"substance": "examplumab"},
            "tests": TEST | {"value": "5", "time_lower": "1", "time_origin": "onset:rash"}}  # fmt: skip
    left = {"cases": CASE | C2 | {"age_lower": "29.0", "country": "NO"},
            "courses": COURSE | C2 | {"course": "2", "drug": "examplumab", "substance": "Examplia"},
            "tests": TEST | C2 | {"result": "x", "value": "5", "time_lower": "1", "time_origin": "onset:r1"}}  # fmt: skip
    assert found(left, kept) == []


def test_a_row_only_the_leaving_record_has_is_listed_cell_by_cell():
    left = {"history": {"case_id": "C2", "item": "h", "kind": "condition", "term": "asthma"} | WHERE}
    assert found(left, {}) == [("history", "h", "kind", "", "condition"), ("history", "h", "term", "", "asthma")]


def test_doses_meet_by_the_drug_of_their_course():
    kept = {"courses": COURSE, "doses": {"case_id": "C1", "course": "1", "dose": "1", "amount": "10"} | WHERE}
    left = {"courses": COURSE | C2 | {"course": "7"},
            "doses": {"case_id": "C2", "course": "7", "dose": "1", "amount": "12"} | WHERE}  # fmt: skip
    assert found(left, kept) == [("doses", "1;1", "amount", "10", "12")]


def test_two_reports_of_one_patient_differ_in_what_they_say_of_the_patient_only():
    report = {"version": "1", "sender_case_id": "A", "received": "2020", "serious_death": "no"} | WHERE
    other = report | C2 | {"sender_case_id": "B", "received": "2021", "serious_death": "yes"}
    assert found({"reports": other}, {"reports": {"case_id": "C1"} | report}) == [
        ("reports", "1", "serious_death", "no", "yes")
    ]


def test_nothing_leaves():
    assert not len(conflicts(tables(), {}, SYNONYMS))
