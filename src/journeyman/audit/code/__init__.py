"""Reads code without running it: follows data from where it is loaded to where it is scored."""
