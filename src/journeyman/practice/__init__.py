"""Practice: fresh variants of short questions, one skill at a time."""
