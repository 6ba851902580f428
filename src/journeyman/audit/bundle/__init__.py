"""Checks on what a piece of work left behind: its tables, predictions and runs."""
