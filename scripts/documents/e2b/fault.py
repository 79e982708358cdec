"""A breach of a rule for messages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """`element` as ICH numbers it; `place` is the reaction, drug or part of the message."""

    element: str
    place: str
    what: str
    cure: str
