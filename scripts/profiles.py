"""The series profile as every room takes it: a bad one is the same one message wherever it is met."""

from pathlib import Path

from schemas import profile
from scripts.messages import UserError


def load(path: Path | str) -> profile.Profile:
    """Read and check a profile; UserError with one line per fault: file, line, key, reason, cure."""
    try:
        return profile.load(path)
    except ValueError as fault:
        raise UserError(str(fault)) from None
