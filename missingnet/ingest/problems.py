"""What was wrong, where, and what to do: a row that is not loaded is always answered for (requirement I1).

A problem tells the *shape* of what was found ('99.99.9999'), never the value: reports are sent on by e-mail, and a
child's name in the wrong column must not travel with them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one column, and the remedy. The column is in the sender's own words; '' is the whole row."""

    column: str
    problem: str
    remedy: str


class Rejected(Exception):
    """This row cannot be loaded. The exception's text holds no value from the row."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.problem)
        self.problem = problem


class Unreadable(Exception):
    """This file cannot be read at all: why, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


def shape(value: str, longest: int = 20) -> str:
    """The pattern of a value without the value: digits as 9, letters as A, cut after ``longest`` signs."""
    drawn = "".join("9" if c.isdigit() else "A" if c.isalpha() else c if c.isprintable() else "?" for c in value)
    return drawn if len(drawn) <= longest else drawn[:longest] + "…"


@dataclass(slots=True)
class FileReport:
    """One file's reconciliation: rows = loaded + unchanged + changed + conflicting + rejected.

    Problems are kept by kind with the rows they befell, so that a file of a million faulty rows stays small.
    """

    file: str
    source: str | None = None
    agency: str | None = None
    extract_date: str | None = None
    file_hash: str | None = None
    readable: bool = True
    rows: int = 0
    loaded: int = 0
    unchanged: int = 0
    changed: int = 0
    conflicting: int = 0
    rejected: int = 0
    notes: list[str] = field(default_factory=list)
    _befell: dict[Problem, array[int]] = field(default_factory=dict)

    @property
    def accounted_for(self) -> bool:
        """True when no row was lost (law 'Once')."""
        return self.rows == self.loaded + self.unchanged + self.changed + self.conflicting + self.rejected

    def add(self, row: int, problem: Problem) -> None:
        """Row ``row`` (1 is the header; 0 the whole file) has this problem."""
        rows = self._befell.get(problem)
        if rows is None:
            rows = self._befell[problem] = array("Q")
        rows.append(row)

    def kinds(self) -> list[tuple[Problem, list[int]]]:
        """Each kind of problem with its rows, the first to occur first."""
        return [(problem, sorted(rows)) for problem, rows in sorted(self._befell.items(), key=lambda k: min(k[1]))]

    def problems(self) -> Iterator[tuple[int, Problem]]:
        """Every problem by row."""
        yield from sorted(
            ((row, problem) for problem, rows in self._befell.items() for row in rows),
            key=lambda found: (found[0], found[1].column, found[1].problem),
        )

    def as_json(self) -> dict[str, object]:
        """The reconciliation as a data officer's program reads it."""
        return {
            "file": self.file,
            "source": self.source,
            "agency": self.agency,
            "extract_date": self.extract_date,
            "file_hash": self.file_hash,
            "rows": self.rows,
            "loaded": self.loaded,
            "unchanged": self.unchanged,
            "changed": self.changed,
            "conflicting": self.conflicting,
            "rejected": self.rejected,
            "notes": list(self.notes),
            "problems": [
                {"row": row, "column": p.column, "problem": p.problem, "remedy": p.remedy} for row, p in self.problems()
            ],
        }


@dataclass(slots=True)
class Report:
    """What became of every row of every file."""

    files: list[FileReport] = field(default_factory=list)
    dry_run: bool = False

    @property
    def exit_code(self) -> int:
        """0: every row is accounted for. 2: a file could not be read at all."""
        return 0 if all(file.readable and file.accounted_for for file in self.files) else 2

    def as_json(self) -> dict[str, object]:
        """The issue's shape: files, each with its counts and problems."""
        return {"dry_run": self.dry_run, "files": [file.as_json() for file in self.files]}
