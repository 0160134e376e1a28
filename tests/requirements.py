"""What the service must hold, by id, and how far tests show it: the table in docs, and the line at the end of a run."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.pieces import ROOT

TABLE = ROOT / "docs" / "requirements.md"
_FILE = ROOT / "tests" / "requirements.toml"
_HEAD = """# What the service must hold

Made by `scripts/requirements` from `tests/requirements.toml`; the ids are those of the security requirements.
*Held*: the tests named show all of it. *In part*: they show it but for what is said. *Not shown*: no test shows it
yet, whether or not some of it is built. The end of `make test` says how many were held in that run.

"""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement, the tests that show it, and what they do not show."""

    id: str
    title: str
    words: str
    tests: tuple[str, ...]
    lacks: str | None

    @property
    def shown(self) -> str:
        """'held', 'in part' or 'not shown', if its tests pass."""
        return "not shown" if not self.tests else "in part" if self.lacks else "held"


def requirements() -> tuple[Requirement, ...]:
    """All of them, in their order."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Requirement(name, one["title"], one["words"], tuple(one.get("tests", ())), one.get("lacks"))
        for name, one in told.items()
    )


def table() -> str:
    """The table as docs has it."""
    lines = ["| id | requirement | shown | by |", "|---|---|---|---|"]
    for one in requirements():
        shown = f"in part: not {one.lacks}" if one.shown == "in part" else one.shown
        by = "<br>".join(f"`{test.removeprefix('tests/')}`" for test in one.tests)
        lines.append(f"| {one.id} | **{one.title}.** {one.words} | {shown} | {by} |")
    held = sum(one.shown == "held" for one in requirements())
    part = sum(one.shown == "in part" for one in requirements())
    return f"{_HEAD}{held} of {len(lines) - 2} held, {part} in part.\n\n" + "\n".join(lines) + "\n"


def counted(outcomes: Mapping[str, Iterable[str]]) -> str | None:
    """How many requirements one run showed, by what became of each test (its parameters left out); None: none was run.

    A requirement is held where each of its tests passed, and none of them failed or was left out.
    """
    found = [{outcome for test in one.tests for outcome in outcomes.get(test, ("not run",))} for one in requirements()]
    if not any("passed" in of for of in found):
        return None
    passed = [one for one, of in zip(requirements(), found, strict=True) if of == {"passed"}]
    held, part = (sum(one.shown == shown for one in passed) for shown in ("held", "in part"))
    failed = [one.id for one, of in zip(requirements(), found, strict=True) if of & {"failed", "error"}]
    said = f"requirements held: {held} of {len(found)}, in part: {part}"
    return said + (f"; broken in this run: {', '.join(failed)}" if failed else "")
