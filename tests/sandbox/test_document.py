"""The page on grading names every cause, layer and level that there is."""

from pathlib import Path

from journeyman.sandbox.causes import CAUSES
from journeyman.sandbox.confine import LAYERS

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "grading.md"


def test_every_cause_and_layer_is_documented() -> None:
    text = PAGE.read_text()
    assert all(f"`{name}`" in text for name in CAUSES)
    assert all(f"| {layer} |" in text for layer in LAYERS)
    assert all(f"**{level}**" in text for level in ("full", "good", "limits-only"))
