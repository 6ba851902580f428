"""Looks a table over before anything is learnt from it."""
