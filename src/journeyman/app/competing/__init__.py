"""The parts of :class:`journeyman.app.competitions.Competitions`, each in a module of its own."""
