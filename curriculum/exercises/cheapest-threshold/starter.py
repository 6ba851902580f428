import numpy as np


def cheapest_threshold(label, score, false_alarm, miss):
    """Threshold (a score, or inf) with the least total cost, the highest among equals, and that cost."""
