"""Clinical rules, one file `rule_<topic>.py` in the folder of its matter: `times`, `exposure`, `clinical`, `sources`.

Each has `find(tables, profile) -> findings`; the folders are the list (scripts.validate.rules). The modules beside
the folders are what rules of several matters share. The rule: facts of a drug or an event come from the profile, and
a rule that cannot know is silent.
"""
