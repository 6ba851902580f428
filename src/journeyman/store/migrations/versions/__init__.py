"""The record's history, one migration a file."""
