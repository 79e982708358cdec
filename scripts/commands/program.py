"""How a command names itself in its own help: as the user called it."""

import sys


def program(module: str) -> str:
    """`dahlia run` where the installed command started it, else `python -m workflow.run`."""
    return sys.argv[0] if sys.argv[0].startswith("dahlia ") else f"python -m {module}"
