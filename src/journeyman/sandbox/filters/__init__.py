"""The system-call filters: checked-in BPF for each processor, and the program that writes it.

``python -m journeyman.sandbox.filters`` rewrites the ``.bpf`` files from ``rules``; a test
checks that they are equal.
"""
