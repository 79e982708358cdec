"""What readers and writers of messages share: codes, and the shapes of dates, intervals and quantities.

In come codes and times as a message sends them; out come our own codes and times as text. The rule: crosswalks are
data (`schemas/codelists`), and what no list knows stays as sent, so that `validate` finds it.
"""
