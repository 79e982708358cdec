"""In which order narratives tell things."""

from scripts.documents.words import narrative_event
from tests.documents.invented import case


def test_what_has_no_time_is_told_in_the_order_of_the_source():
    """Not in that of the names of rows: paragraph 12 comes after 2, and what is timed before both."""
    told = {
        "advice": ("para 12", ""),
        "rest": ("para 2", ""),
        "admission": ("para 30", "4"),
        "oxygen": ("para 31", "2"),
    }
    rows = [
        {
            "item": measure[::-1],
            "measure": measure,
            "locator": f"Case report, {place}",
            "time_lower": day,
            "time_upper": day,
        }
        | ({"time_scale": "study_day", "time_origin": "first_dose"} if day else {})
        for measure, (place, day) in told.items()
    ]
    for order in (rows, rows[::-1]):
        assert narrative_event.treatment(case(managements=order)) == (
            "oxygen (study day 2); admission (study day 4); rest; advice"
        )
