"""The drawings of patients as files of their own: the timeline of each, and each against the others, at 174 mm and 8 point.

They are the drawings of the page, with the style that the page has for them inside.
"""

import jinja2

from scripts.files.file_names import file_names

WIDE, HEADING = 660, 22
STYLE = (
    "text{fill:#1a1a1a}.timeline rect{fill:#0072b2}.timeline .dose{fill:#1a1a1a;stroke:#fff}"
    ".timeline .partial{fill:#fff;stroke:#1a1a1a}.timeline .test{fill:none;stroke:#0072b2}"
    ".timeline .event,.timeline .sentinel_sign{fill:#d55e00}.timeline .until{fill:#6b6b6b}.words{fill:#404040}"
    ".strip .own{fill:#0072b2}.strip .other{fill:none;stroke:#6b6b6b}.open{stroke:#1a1a1a;stroke-dasharray:3 2}"
)
"""Colours that are told apart with and without colour vision, as in the figures; a page on the screen has its theme."""


def drawings(patients: list[dict], environment: jinja2.Environment, rights: str) -> dict[str, str]:
    """File in patients/ -> SVG, for the patients with something on a day: `<case>-timeline.svg`, `<case>-against.svg`."""
    names, made = file_names([each["case_id"] for each in patients]), {}
    for each in patients:
        stem = f"patients/{names[each['case_id']]}"
        if any(line["ticks"] for line in each["timelines"]):
            parts = [(line["heading"], line) for line in each["timelines"]]
            made[f"{stem}-timeline.svg"] = _drawn("timeline", each["case_id"], parts, environment, rights)
        if strips := each["against"]["strips"]:
            parts = [(strip["label"][:1].upper() + strip["label"][1:], strip) for strip in strips]
            made[f"{stem}-against.svg"] = _drawn("against", each["case_id"], parts, environment, rights)
    return made


def _drawn(kind: str, case_id: str, drawn: list[tuple[str, dict]], environment: jinja2.Environment, rights: str) -> str:
    """The parts below one another, each under its heading."""
    parts, y = [], 0
    for heading, drawing in drawn:
        y += HEADING
        parts.append({"heading": heading, "drawing": drawing, "y": y})
        y += drawing["height"] + 24
    template = environment.get_template("alone.svg.j2")
    return template.render(kind=kind, title=case_id, parts=parts, wide=WIDE, height=y, style=STYLE, rights=rights)
