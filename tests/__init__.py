"""The tests mirror src; tests/browser drives Chromium."""
