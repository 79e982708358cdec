"""One E2B(R3) message in the making: its identifiers, times, and the elements that stay open."""

import uuid
from dataclasses import dataclass, field

from schemas.config import Sender
from scripts.documents.case_file import CaseFile, has
from scripts.documents.e2b.nodes import stamp
from scripts.documents.e2b.term_codes import TermCodes

PLACEHOLDER = "UNREGISTERED"
CODED = ("E.i.2.1",)
"""Terms that must have a code; of the others it may be left out."""
RECEIVED = ("message", "database_listing")
"""Kinds of sources that another sender made."""
NO_COUNTRY = "ZZ"
"""A user-assigned code of ISO 3166-1, which stands for no country."""


@dataclass
class Message:
    """A case on its way into XML.

    identifier  C.1.1: country and organisation of the configured sender, then the case id: nothing that a correction
                of the case's content could change
    time        N.1.5, N.2.r.4, C.1.2: the start of the day of the data lock, UTC
    opens       element -> what is open and how to close it
    """

    case: CaseFile
    codes: TermCodes
    data_lock: str
    sender: Sender | None
    opens: list[tuple[str, str, str]] = field(default_factory=list)
    versions: set[str] = field(default_factory=set)

    @property
    def identifier(self) -> str:
        country = self.sender.country if self.sender else NO_COUNTRY
        organisation = self.sender.organisation if self.sender else PLACEHOLDER
        return f"{country}-{organisation}-{self.case.case_id}"

    @property
    def worldwide(self) -> str:
        """C.1.8.1 as received, which later senders must keep; without one, our own identifier."""
        received = self.case.report.get("worldwide_case_id", "")
        return received if has(received) else self.identifier

    @property
    def time(self) -> str:
        return self.data_lock.replace("-", "") + "000000+0000"

    @property
    def received(self) -> bool:
        """Whether another sender told the case first, in a message or a listing."""
        return any(source["kind"] in RECEIVED for source in self.case.sources)

    @property
    def from_message(self) -> bool:
        """Whether the case came in a message: then dates and intervals go out as they came, and none are added."""
        return any(source["kind"] == "message" for source in self.case.sources)

    def uuid(self, kind: str, key: str) -> str:
        """An identifier of a row, from the sender, the case and the row's key."""
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.identifier}/{kind}/{key}"))

    def leave_open(self, element: str, what: str, cure: str) -> None:
        """Note an element that ICH asks for and the data do not hold."""
        self.opens.append((element, what, cure))

    def leave_date_open(self, element: str, date: str) -> None:
        """Note a date that is told and cannot be sent: about, a range, or with a doubt."""
        if has(date) and not stamp(date):
            self.leave_open(element, f"the date is known only as {date}", "Find the date; a part date may be sent.")

    def leave_unit_open(self, element: str, what: str, words: str) -> None:
        """Note a number that cannot be sent, since its unit is not told or is none that E2B knows."""
        self.leave_open(element, f"{what} '{words}' has no unit that can be sent", "Ask the sender for the unit.")

    def code(self, element: str, term: str, code: str = "", version: str = "") -> dict[str, str]:
        """Attributes with code and dictionary version of a term: as received, else the user's own, else none.

        element  its number without the letter: a code without its version leaves `a` open, and a reaction without a code `b`
        """
        own_code, own_version = self.codes.code_of(term)
        if not has(code) and own_code:
            code, version = own_code, own_version
        elif code == own_code and not has(version):
            version = own_version
        if not has(code):
            if element in CODED or has(version):
                received = f", received as a term of version {version}" if has(version) else ""
                what = f"no dictionary code for '{term}'{received}"
                self.leave_open(f"{element}b", what, "Supply it in documents.meddra_codes.")
            return {}
        if not has(version):
            self.leave_open(
                f"{element}a",
                f"no dictionary version for the code {code}",
                "Supply code and version in documents.meddra_codes.",
            )
            return {"code": code}
        self.versions.add(version)
        return {"code": code, "codeSystemVersion": version}
