"""Alembic's environment for the record."""
