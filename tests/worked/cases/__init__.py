"""The worked examples, one module a rule."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.worked.drawn import Case

CASES: list[Case] = [
    case
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py"))
    for case in import_module(f"tests.worked.cases.{path.stem}").CASES
]
