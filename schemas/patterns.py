"""Shapes of text that a config or a profile may hold, each with the words of the message for a text of another shape."""

NAME = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
DAY = r"^\d{4}-\d{2}-\d{2}$"
PART_DATE = r"^\d{4}(-\d{2}){0,2}$"
ORGANISATION = r"^[^-\s][^-]*$"
COUNTRY = r"^[A-Z]{2}$"
WANTED = {
    NAME: "a name of letters a to z, digits, - and _ is wanted, which begins with a letter or a digit",
    DAY: "a day such as 2025-12-31 is wanted",
    PART_DATE: "a date such as 2025, 2025-12 or 2025-12-31 is wanted",
    ORGANISATION: "a name without a dash is wanted, which begins with no blank",
    COUNTRY: "a country of two capital letters, such as GB, is wanted",
}
