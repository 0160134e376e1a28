"""Pictures, pages and packs made from answers: nothing here asks the graph anything."""

from pathlib import Path

STATIC = Path(__file__).parent / "static"
"""The folder of styles, scripts and pictures that every page is served with."""
