"""What an E2B(R3) message must keep that the schema set lets through: each element (`elements`, with `paths.csv`), and what
elements ask of each other. The rule: each rule is published or marked as ours, and rejects a planted fault in the tests.
"""
