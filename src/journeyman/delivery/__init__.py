"""Delivery: export, demo, serving, monitoring, cards and the viva."""
