"""What products say of the profile and of the declared conventions, in a few words."""

from dataclasses import dataclass

from schemas.profile import Profile
from schemas.results import Conventions


@dataclass(frozen=True)
class Facts:
    """Names of drug, event and sign, and the conventions of the headline."""

    drug: str
    event: str
    abbreviation: str
    sentinel: str
    resolution: str
    onset: str
    clock: str
    data_lock: str
    level: float

    @property
    def short_event(self) -> str:
        return self.abbreviation or self.event


def facts(profile: Profile, declared: Conventions) -> Facts:
    """The facts; the sentinel sign is the first that the profile names, blank where it names none."""
    event = profile.event
    return Facts(
        drug=profile.drug.name,
        event=event.name,
        abbreviation=event.abbreviation,
        sentinel=event.sentinel_signs[0] if event.sentinel_signs else "",
        resolution=declared.resolution,
        onset=declared.onset,
        clock=declared.clock,
        data_lock=declared.data_lock,
        level=declared.level,
    )
