"""From the series to derived tables: onset, resolution, dechallenge, rechallenge, test results, one row per case."""
