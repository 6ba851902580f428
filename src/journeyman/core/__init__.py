"""Frozen dataclasses and pure rules that every other room shares."""
