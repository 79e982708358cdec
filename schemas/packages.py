"""The libraries that a run depends on, named once."""

PACKAGES = ("duckdb", "jinja2", "lifelines", "lxml", "matplotlib", "numpy", "openpyxl", "pandas", "pandera", "pint",
            "python-docx", "reportlab", "scipy", "xlsxwriter")  # fmt: skip
"""Those that have a say in what is printed: another version of one makes the rooms run again."""
IN_MANIFEST = ("pandas", "pandera", "numpy", "scipy", "lifelines", "matplotlib", "snakemake", "jinja2")
"""Those whose versions the manifest names for a reader: what computes and draws, and what ran it."""
