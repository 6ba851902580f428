"""Runs untrusted code and grades it: judge, warm processes, jail, wire, likely causes.

``Sandbox`` is what the rest of the program uses; docs/explanation/grading.md tells how trust
works here. Importing this package brings in neither numpy nor any process.
"""

from journeyman.sandbox.engine import Sandbox
from journeyman.sandbox.isolation import Isolation

__all__ = ["Isolation", "Sandbox"]
