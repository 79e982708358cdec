"""Contracts of every table that crosses a room's border. The contract is the documentation."""
