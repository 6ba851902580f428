"""Placement: the fewest questions that tell where a person stands."""
