"""Competitions on one's own machine, with leaderboards that cannot fool anybody."""
