"""Real data sets: a catalogue with provenance, and fetching with progress, resume and checksums."""
