"""Messages of one batch, read, and the lines of their ledger."""

from scripts.ingest.e2b import from_e2b_r3
from tests.ingest.write_r3 import batch


def of_records(reading):
    """The ledger's lines on records; others count elements that are not read."""
    return reading.ledger.query("decision != 'not_read'")


def read(tmp_path, *messages, **options):
    file = tmp_path / "batch.xml"
    file.write_bytes(batch(*messages))
    return from_e2b_r3.read(file, **options)
