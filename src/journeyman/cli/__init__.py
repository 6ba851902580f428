"""The command line: every verb of the product, for people and for scripts."""
