"""Exercises: code to write, graded in the sandbox."""
