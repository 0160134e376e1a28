"""What a run measured: one table, each line with its target, its figure and whether it was reached."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measurement. ``reached`` is None where the issue sets no target for this engine."""

    what: str
    engine: str
    target: str
    figure: str
    reached: bool | None

    @property
    def verdict(self) -> str:
        return {True: "reached", False: "FAILED target", None: "no target"}[self.reached]


lines: list[Line] = []
"""Everything measured in this run, in order; printed at its end."""


def line(what: str, engine: str, target: str, figure: str, reached: bool | None = None) -> None:
    """Keep a measurement for the table; the test fails when its target is missed."""
    lines.append(Line(what, engine, target, figure, reached))
    assert reached is not False, f"FAILED target: {what} on {engine}: {figure}, target {target}"


def printed() -> list[str]:
    """The table's lines."""
    rows = [
        ("what", "engine", "target", "figure", ""),
        *((x.what, x.engine, x.target, x.figure, x.verdict) for x in lines),
    ]
    wide = [max(len(row[column]) for row in rows) for column in range(5)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip() for row in rows]


def percentile(figures: list[float], part: float) -> float:
    """The figure below which this part of them lies."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def ms(seconds: float) -> str:
    """Seconds as milliseconds."""
    return f"{seconds * 1000:.0f} ms"
