"""Readers: one raw source in its own format in, reported tables out. Readers never interpret.

Each kind of source has a folder, and in it a reader `from_<format>.py` with `FORMAT` (one line for the help text),
`Options` (a model of what a source may ask of it) and `read(path, **options) -> Reading`; the folders are the list
(scripts.commands.reading). The modules beside them are what readers share. The rule: what cannot be read is a finding
with its place, what is left out is in the ledger, and a code or date stays as it was sent.
"""

from scripts.commands.reading import Reading, formats, not_selected

__all__ = ["Reading", "formats", "not_selected"]
