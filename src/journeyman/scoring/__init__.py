"""Metrics, intervals and comparisons: pure functions that competitions and projects share."""
