"""What is decided of a patient: alive, dechallenge, rechallenge, other causes, judgements, each once and with its basis.

In come exposures, episodes, signs and the rows of a case; out go the columns of `patients` and the tables
`rechallenges`, `causes` and `judgements`. The rule: unknown is never the good outcome.
"""
