"""How the times of a generated case are told: mostly by a date, else counted in days, hours or minutes, or not usable."""

from tests.decisions.drawn import Drawn

DATES = ("", "2022-01-03", "2022-01-20", "2022-02", "2022-03-05", "2022")
COUNTS = (("1", "1"), ("3", "3"), ("2", "5"), ("20", "20"), ("", "9"), ("4", ""))
SCALES = ("study_day", "d", "h", "min", "wk")
ORIGINS = ("first_dose", "last_dose", "diagnosis", "not_stated", "admission")


def told(drawn: Drawn, prefix: str, good: str, *, origins: tuple[str, ...] = ORIGINS) -> dict[str, str]:
    """The cells of a time: a date, or bounds with a scale and an origin."""
    how = drawn.cell("date", "date", "counted")
    if how == "date":
        return {f"{prefix}_date": drawn.cell(good, *DATES)}
    return counted(drawn, prefix, origins)


def counted(drawn: Drawn, prefix: str, origins: tuple[str, ...]) -> dict[str, str]:
    low, high = drawn.draw_of(COUNTS)
    scale = drawn.draw_of(SCALES)
    origin = "first_dose" if scale == "study_day" else drawn.draw_of(origins)
    return {f"{prefix}_lower": low, f"{prefix}_upper": high, f"{prefix}_scale": scale, f"{prefix}_origin": origin}


def end(drawn: Drawn, reaction: str, good: str) -> dict[str, str]:
    """The end of a reaction: as any time, counted from its own onset too, or by its duration."""
    if drawn.cell("end", "end", "duration") == "duration":
        return {"duration": drawn.draw_of(("1", "10")), "duration_scale": drawn.draw_of(("d", "h"))}
    return told(drawn, "end", good, origins=(*ORIGINS, f"onset:{reaction}"))


def gap(drawn: Drawn) -> dict[str, str]:
    """How long after the course before a course began."""
    low, high = drawn.draw_of((("", ""), ("5", "5"), ("2", "8"), ("3", "")))
    origin = drawn.draw_of(("", "previous_start", "previous_end"))
    return {"gap_lower": low, "gap_upper": high, "gap_scale": drawn.draw_of(("d", "mo")), "gap_origin": origin}
