"""What a figure draws from, out of what every product is made from."""

from schemas.profile import Profile
from scripts.figures.drawing import Data, Facts
from scripts.files.displays import Displays


def data(displays: Displays) -> Data:
    """The tables a figure may draw from; the onset and clock are those of `displays`."""
    return Data(
        cases=displays.cases,
        times=displays.times,
        rechallenges=displays.rechallenges,
        tests=displays.tests,
        results=displays.results,
        curves=displays.curves,
        ledger=displays.ledger,
        findings=displays.findings,
        doses=displays.series["doses"],
        reactions=displays.series["reactions"],
        measured=displays.series["tests"],
        facts=facts(displays.profile, displays.data_lock, displays.onset, displays.clock, displays.level),
    )


def facts(profile: Profile, data_lock: str, onset: str, clock: str, level: float = 0.95) -> Facts:
    """What figures need to know of the profile."""
    event = profile.event
    return Facts(
        drug=profile.drug.name,
        event=event.name,
        abbreviation=event.abbreviation,
        sentinel=event.sentinel_signs[0] if event.sentinel_signs else "",
        resolution=event.primary_resolution,
        onset=onset,
        clock=clock,
        data_lock=data_lock,
        level=level,
        poolable=tuple(event.poolable_origins),
    )
