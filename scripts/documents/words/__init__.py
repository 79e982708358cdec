"""The sentences of the documents: rows of a case and numbers of the series in, texts out.

Wording that a physician may change stands in YAML files under `texts/`. The rule: values are put in as they are and
never read as templates, each number is one of the results or names its source, and a missing item is named as
missing.
"""
