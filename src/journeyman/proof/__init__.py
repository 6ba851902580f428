"""Claims that a stranger can check: canonical JSON, signatures, and what they pin down."""
