"""Which names are the drug of the series: equal to one of the profile's, alone or as one substance of a product."""

import pytest

from scripts.assemble.selection import NO_DRUG, OTHER_WORDS
from scripts.records.drugs import names_one_of
from tests.decisions.line import COURSE, EVENT, through, together


@pytest.mark.parametrize(
    ("text", "is_drug"),
    [
        ("EXAMPLUMAB", True),
        ("Examplumab®.", True),
        ("otherol; examplumab", True),
        ("OTHEROL, EXAMPLUMAB", True),
        ("EXAMPLUMAB\\OTHEROL", True),
        ("examplumab/otherol", True),
        ("ｅｘａｍｐｌｕｍａｂ・オセロール水和物", True),
        ("examplumab 10 mg", False),
        ("examplumab placebo", False),
        ("examplumabol", False),
        ("", False),
    ],
)
def test_a_name_or_one_of_a_product_of_several(text, is_drug):
    assert names_one_of(text, ["examplumab", "Examplia"]) is is_drug


OTHERS = (
    ({"drug": "EXAMPLUMAB (MAKER)", "substance": ""}, OTHER_WORDS),
    ({"drug": "otherol", "substance": "pegylated examplumab"}, OTHER_WORDS),
    ({"drug": "EXAMPLUMAB 5 mg", "substance": "", "role": "concomitant"}, NO_DRUG),
    ({"drug": "otherol", "substance": "otherol"}, NO_DRUG),
)


def test_the_ledger_tells_a_name_among_other_words_from_another_drug():
    told = through(
        **together(
            [{"reactions": [EVENT]}, *({"courses": [COURSE | cells], "reactions": [EVENT]} for cells, _ in OTHERS)]
        )
    )
    assert list(told.ledger.sort_values("record")["reason"]) == ["", *(why for _, why in OTHERS)]
