"""Hostile and broken submissions with the outcome that each must have, as data."""

from tests.sandbox.battery.broken import BROKEN
from tests.sandbox.battery.escapes import ESCAPES
from tests.sandbox.battery.exhausting import EXHAUSTING
from tests.sandbox.battery.forging import FORGING
from tests.sandbox.battery.kinds import Attack

BATTERY: tuple[Attack, ...] = (*BROKEN, *ESCAPES, *EXHAUSTING, *FORGING)

__all__ = ["BATTERY", "EXHAUSTING", "Attack"]
