"""The manual says what the program does: its pages are those that scripts/manual would write now."""

from tests.pieces import ROOT
from tests.worked.manual import pages

FOLDER = ROOT / "docs" / "guide" / "rules"


def test_no_page_is_stale_missing_or_left_over() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    wanted = pages()
    stale = sorted(name for name in written.keys() | wanted.keys() if written.get(name) != wanted.get(name))
    assert not stale, f"run .venv/bin/python scripts/manual and look at the difference: {', '.join(stale)}"
