"""What the documents did with every case: the ledger of the documents."""

from dataclasses import dataclass, field

import pandas as pd

from schemas.ledger import LEDGER, ledger

STAGE = "documents"


@dataclass
class Books:
    """Decisions collected while documents are written; `source` is the document, `record` the case."""

    lines: list[dict] = field(default_factory=list)

    def enter(self, document: str, record: str, decision: str, reason: str = "", rule: str = "") -> None:
        """One decision: in, out, or counted_inside (written, but not an additional case)."""
        self.lines.append(
            {"stage": STAGE, "source": document, "record": record, "decision": decision, "reason": reason, "rule": rule}
        )

    def table(self) -> pd.DataFrame:
        """The ledger of the documents, in the order of writing."""
        return LEDGER.validate(ledger(self.lines))
