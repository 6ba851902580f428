"""The web face: pages that a browser on this machine reads. Import ``server`` or ``launch``."""
