"""Words that lead somewhere: whole words only, nothing of a source as markup."""

import pytest

from scripts.report.addresses import Links
from scripts.report.sections import arranged


@pytest.fixture
def links():
    made = Links()
    made.add("finding", ["F1", "F12"])
    made.add("case", ["C-1", "Ö/1", "two words", "<b>"])
    return made


@pytest.mark.parametrize(
    ("words", "markup"),
    [
        ("see [F1]", 'see [<a href="#finding-F1">F1</a>]'),
        ("F12, F123", '<a href="#finding-F12">F12</a>, F123'),
        ("C-1 and C-12", '<a href="#case-C-1">C-1</a> and C-12'),
        ("<b> & F1", '&lt;b&gt; &amp; <a href="#finding-F1">F1</a>'),
        ("nothing", "nothing"),
        ("", ""),
    ],
)
def test_a_word_is_a_link_where_it_is_the_whole_word(links, words, markup):
    assert links.words(words) == markup


def test_a_fragment_keeps_its_markup_and_gets_its_links(links):
    before = '<figure><p title="F1">F1<br>C-1, C-1 &lt;i&gt;<b>F12</b> end F1</p></figure>'
    assert links.fragment(before) == (
        '<figure><p title="F1"><a href="#finding-F1">F1</a><br><a href="#case-C-1">C-1</a>, <a href="#case-C-1">C-1</a> '
        '&lt;i&gt;<b><a href="#finding-F12">F12</a></b> end <a href="#finding-F1">F1</a></p></figure>'
    )


def test_numbers_are_no_cases_but_at_the_head_of_a_row(links):
    links.add("case", ["4"])
    assert links.words("study day 1 to 4") == "study day 1 to 4"
    before = '<table><tr><th scope="row">4, episode 2 of 4</th><td>4</td></tr></table>'
    assert links.fragment(before) == before.replace(">4, ep", '><a href="#case-4">4</a>, ep')


def test_a_number_in_a_column_of_cases_is_one(links):
    links.add("case", ["4"])
    head = "<thead><tr><th>Flag</th><th>Case</th><th>Value</th></tr></thead>"
    before = f'<table>{head}<tbody><tr><th scope="rowgroup">F9</th><td>4</td><td>4</td></tr><tr><td>4</td><td>5</td></tr></tbody></table>'
    assert links.fragment(before) == before.replace("<td>4</td><td>4", '<td><a href="#case-4">4</a></td><td>4').replace(
        "<td>4</td><td>5", '<td><a href="#case-4">4</a></td><td>5'
    )


def test_the_row_of_a_finding_is_where_its_mark_leads(links):
    made = links.fragment("<table><tr><th>F1</th><td>C-1</td></tr></table>", "finding")
    assert (
        made == '<table><tr><th><span id="finding-F1">F1</span></th><td><a href="#case-C-1">C-1</a></td></tr></table>'
    )


def test_a_record_that_is_no_patient_leads_to_its_row_and_a_name_to_the_first_of_two(links):
    links.add("record", ["R1", "R2", "C-1"])
    before = "<table><tr><th>2 alike:<br>R1<br>R2</th></tr><tr><th>R1</th><td>R2</td></tr><tr><th>C-1</th></tr></table>"
    assert links.fragment(before, "record") == (
        '<table><tr><th>2 alike:<br><span id="record-R1">R1</span><br><span id="record-R2">R2</span></th></tr><tr><th>'
        '<a href="#record-R1">R1</a></th><td><a href="#record-R2">R2</a></td></tr><tr><th><a href="#case-C-1">C-1</a></th></tr></table>'
    )


def test_a_group_is_a_link_where_it_is_called_a_group(links):
    links.add("group", ["MS"])
    linked = '<a href="#group-MS">MS</a>'
    assert links.words("MS: counted inside group MS") == f"MS: counted inside group {linked}"
    assert links.words("2 patients known only as a group (MS)") == f"2 patients known only as a group ({linked})"


def test_a_figure_or_table_of_no_section_comes_last_and_none_twice():
    shown = arranged({"onset", "new"}, {"times", "other"})
    assert [section.id for section in shown] == ["onset", "further"]
    assert (shown[-1].figures, shown[-1].tables) == (("new",), ("other",))
    assert [part for section in shown for part in section.figures + section.tables] == [
        "onset",
        "times",
        "new",
        "other",
    ]
    assert "further" not in [section.id for section in arranged({"onset"}, {"times"})]
