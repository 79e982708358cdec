"""The line from raw sources to report: ten rooms on seven floors.

A room is a step of the line and a command, `python -m scripts.<room>`: ingest, validate, assemble, derive, analyse,
tables, figures, documents, report, share. A floor is what rooms stand on: modules that two rooms or more need, or that deal
with one matter for all of them. A room imports floors, `schemas` and itself, never another room. A floor imports
`schemas`, itself and the floors of the lines above its own:

    clock
    records
    words
    files
    office, e2b, commands

Nothing imports upwards or sideways; tests/house/test_walls.py holds every arrow to this and lists the exceptions.
"""

import schemas  # noqa: F401  # sets what pandas asks when it is loaded
