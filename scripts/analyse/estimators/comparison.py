"""Comparing groups within a case series: the reasons not to (definitions: comparing-groups)."""

from collections.abc import Mapping, Sequence

LEAST_PER_GROUP = 5
MOST_MISSING = 0.2


def reasons_against(
    sizes: Mapping[str, int],
    differ_by: Sequence[str] = (),
    share_missing: float = 0.0,
    split_seen_first: bool = False,
    sampling_frame: bool = False,
) -> list[str]:
    """Why the groups should not be tested against each other, in words; empty where nothing speaks against.

    `sizes`: cases per group. `differ_by`: what differs between them by construction (dose, route, source).
    """
    small = [f"{group} ({size})" for group, size in sizes.items() if size < LEAST_PER_GROUP]
    reasons = {
        f"fewer than {LEAST_PER_GROUP} cases in {', '.join(small)}": bool(small),
        f"the groups differ by construction in {', '.join(differ_by)}": bool(differ_by),
        f"the outcome is missing in {share_missing:.0%}, more than {MOST_MISSING:.0%}": share_missing > MOST_MISSING,
        "the groups were formed after the outcomes had been seen": split_seen_first,
        "reported cases are not a sample from anything a test could speak about": not sampling_frame,
    }
    return [reason for reason, holds in reasons.items() if holds]
