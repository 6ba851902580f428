"""The published rules that every entry must pass, one function each.

Run by ``journeyman content check``; ``RULES`` lists them with what each demands.
"""

from journeyman.curriculum.checks.run import RULES, Report, check

__all__ = ["RULES", "Report", "check"]
