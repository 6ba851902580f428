"""A reference solution."""
