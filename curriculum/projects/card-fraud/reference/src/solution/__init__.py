"""Which card payments are frauds: from the raw table to a ranked list and a line across it."""
