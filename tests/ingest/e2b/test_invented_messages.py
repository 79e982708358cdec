"""The messages made of the five cases are valid by the schema of their publisher."""

from tests.documents import schema_set
from tests.ingest import write_r3
from tests.ingest.five_cases import CASES


@schema_set.needed
def test_invented_r3_messages_are_valid():
    assert schema_set.invalid(write_r3.batch(*map(write_r3.message, CASES))) == ""
