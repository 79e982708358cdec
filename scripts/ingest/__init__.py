"""Readers: one raw source in its own format in, reported tables out. Readers never interpret.

Each `from_<format>.py` has `FORMAT` (one line for the help text), `Options` (a model of what a source may ask of it) and
`read(path, **options) -> Reading`.
"""

from scripts.reading import Reading, formats

__all__ = ["Reading", "formats"]
