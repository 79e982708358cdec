"""Symptoms as reported: of how many patients each is told, and which together; by hand."""

from scripts.analyse.results.of_symptoms import analyse
from tests.tables.small import bundle, case


def test_each_symptom_and_each_combination_leads_to_its_patients():
    told = {"A": "cough; wheeze", "B": "Cough", "C": "wheeze; cough", "D": ""}
    made = bundle([case(name, symptoms=words) for name, words in told.items()])
    rows, curves = analyse(made, made.conventions)
    shown = [
        [row["statistic"], row["level"], row["value"], row["n"], row["n_total"], row["counted_population"]]
        for row in rows
    ]
    assert shown == [
        ["stated", "cough", 3, 3, 4, ("A", "B", "C")],
        ["stated", "wheeze", 2, 3, 4, ("A", "C")],
        ["together", "cough; wheeze", 2, 3, 4, ("A", "C")],
        ["together", "cough", 1, 3, 4, ("B",)],
    ]
    assert curves == []


def test_where_no_symptom_is_told_there_is_no_row():
    made = bundle([case("A", symptoms="")])
    assert analyse(made, made.conventions) == ([], [])
