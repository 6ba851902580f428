"""Which digit was spoken: from samples of sound to a digit, or to “once more, please”."""
