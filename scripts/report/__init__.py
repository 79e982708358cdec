"""The report: one self-contained page, the headline numbers, and the manifest of the run."""
