"""The record: one database that only grows, the ledger in it, and what is derived from it."""
