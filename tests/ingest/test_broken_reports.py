"""A hundred reports in one file, or a thousand, ten of them broken: the others are read, and ten are named."""

import json
import zipfile
from functools import partial

import pytest

from scripts.commands.reading import read
from tests.ingest import write_listing, write_r2, write_r3
from tests.ingest.five_cases import CASES


def numbers(many):
    return [f"GB-X-{number}" for number in range(many)]


def bad(many):
    """The places of the ten that are broken."""
    return range(many // 20, many, many // 10)


def one_of_r2(number):
    (tree,) = write_r2.trees([CASES[0]])
    return tree | {"safetyreportid": number}


def r2(many, lost):
    texts = [write_r2.xml([one_of_r2(number)]).decode().partition('<ichicsr lang="en">')[2] for number in numbers(many)]
    texts = [text.removesuffix("</ichicsr>") for text in texts]
    for place in bad(many):
        texts[place] = texts[place].replace(lost, "", 1)
    return f'<?xml version="1.0" encoding="UTF-8"?><ichicsr lang="en">{"".join(texts)}</ichicsr>'


def r3(many):
    texts = [write_r3.message(CASES[0] | {"id": number}) for number in numbers(many)]
    for place in bad(many):
        texts[place] = texts[place].replace("</primaryRole>", "</primaryRule>")
    return write_r3.batch(*texts).decode()


def openfda(many):
    texts = [json.dumps(one_of_r2(number)) for number in numbers(many)]
    for place in bad(many):
        texts[place] = texts[place].replace('"patient": {', '"patient": {,', 1)
    return f'{{"meta": {{}}, "results": [{", ".join(texts)}]}}'


def listing(many):
    lines = write_listing.listing([CASES[0] | {"id": number} for number in numbers(many)]).split("\r\n")
    for place in bad(many):
        lines[place + 1] = (
            lines[place + 1].replace('"', '"x"y', 1) if place in bad(many)[::2] else lines[place + 1] + '"'
        )
    return "\r\n".join(lines)


BROKEN = {
    "a tag that does not close": ("e2b_r2", "a.xml", partial(r2, lost="</patient>")),
    "a report that does not close": ("e2b_r2", "a.xml", partial(r2, lost="</safetyreport>")),
    "a report that does not begin": ("e2b_r2", "a.xml", partial(r2, lost="<safetyreport>")),
    "a tag that closes another": ("e2b_r3", "a.xml", r3),
    "an object that is no JSON": ("openfda", "a.json", openfda),
    "a line that is no CSV": ("eudravigilance_listing", "a.csv", listing),
}


def test_a_message_of_an_archive_that_cannot_be_read_is_set_aside(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for place, number in enumerate(numbers(6)):
            text = write_r2.xml([one_of_r2(number)]).decode()
            archive.writestr(f"{number}.xml", text[:-30] if place == 2 else text)
    reading = read("e2b_r2", tmp_path / "a.zip")
    assert len(reading.tables["cases"]) == 5
    (out,) = reading.ledger.query("decision == 'out'")["record"]
    assert out.endswith(f"({numbers(6)[2]}.xml)")
    assert reading.findings.query("rule == 'readable'")["what"].str.contains("not well-formed XML").all()


@pytest.mark.parametrize("many", [100, pytest.param(1000, marks=pytest.mark.long)])
@pytest.mark.parametrize("how", BROKEN)
def test_ten_broken_reports_lose_ten_reports(how, many, tmp_path):
    form, file_name, text = BROKEN[how]
    (tmp_path / file_name).write_text(text(many), encoding="utf-8")
    reading = read(form, tmp_path / file_name)
    broken = {numbers(many)[place] for place in bad(many)}
    assert set(reading.tables["cases"]["case_id"]) == set(numbers(many)) - broken
    lines = reading.ledger.query("decision == 'out'")
    assert set(lines["record"]) == broken
    assert set(lines["reason"]) == {"report that cannot be read"}
    assert reading.ledger["records"].sum() == many
    named = reading.findings.query("rule == 'readable'")
    assert set(named["case_id"]) == broken
