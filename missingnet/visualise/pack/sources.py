"""The annex of sources: every record that a line rests on, under the number printed in that line (law 'Source')."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from missingnet.graph.answers import Answer
from missingnet.graph.answers.grades import in_order, strictest_first
from missingnet.graph.answers.record_sources import RecordSource
from missingnet.visualise.pack.asks import Ask, Unanswered, ask
from missingnet.visualise.pack.gathered import Answers
from missingnet.visualise.words import (
    CONFLICTING,
    NOT_RECORDED,
    RECORD_WORDS,
    agency_words,
    day_words,
    span_words,
)

SOURCES = "RECORD-SOURCES"
_FAILED = "could not be answered"


def source_asks(records: Iterable[str]) -> list[Ask]:
    """The question where these records came from; none when nothing is cited."""
    cited = sorted(set(records))
    return [ask(SOURCES, {"records": cited})] if cited else []


def _graded(rows: Iterable[RecordSource]) -> str:
    """Every grade of a record's versions, best first, and then its handling codes, strictest first: '2C or 3D, C'."""
    held = list(rows)
    grades = " or ".join(in_order(grade for row in held for grade in row.grades))
    return ", ".join(filter(None, (grades, " ".join(strictest_first(c for row in held for c in row.handling))))) or "–"


class Annex:
    """Numbers records in the order in which the pack first cites them, and says where each came from.

    A record of which two versions stand (the agency sent both, neither is guessed) names both rows.
    """

    def __init__(self, answers: Answers, conditions: Mapping[str, str]) -> None:
        self._conditions = conditions
        self._numbers: dict[str, int] = {}
        self._rows: dict[str, list[RecordSource]] = {}
        self._files: dict[tuple[str, date], str] = {}
        self._failed = any(put.rule == SOURCES and isinstance(a, Unanswered) for put, a in answers.items())
        for answer in answers.values():
            for row in answer.rows if isinstance(answer, Answer) else ():
                if isinstance(row, RecordSource):
                    self._rows.setdefault(row.record, []).append(row)

    def number(self, records: Iterable[str]) -> list[int]:
        """The numbers of these records, in order; a record new to the pack gets the next one."""
        return sorted({self._numbers.setdefault(record, len(self._numbers) + 1) for record in records})

    def conflicts(self, record: str) -> bool:
        """True when two versions of this record stand: it came twice for one date with different content."""
        return len(self._rows.get(record, ())) > 1

    def as_json(self) -> dict[str, Any]:
        """Every record cited, in the order of its number, and the files they stand in, each with a short name."""
        records = [self._line(record, number) for record, number in self._numbers.items()]
        files = [
            {"name": name, "file": file, "extract": day_words(extract)} for (file, extract), name in self._files.items()
        ]
        return {"records": records, "files": files}

    def _file(self, row: RecordSource) -> str:
        """The short name of the file and extract that a record stands in: F1, F2, …"""
        return self._files.setdefault((row.file, row.extract), f"F{len(self._files) + 1}")

    def _line(self, record: str, number: int) -> dict[str, Any]:
        rows = self._rows.get(record)
        unknown = _FAILED if self._failed else NOT_RECORDED
        if not rows:
            return {"number": number, "record": record} | dict.fromkeys(
                ("what", "agency", "reference", "observed", "grade", "where"), unknown
            )
        row = rows[0]
        what = ", ".join(filter(None, (RECORD_WORDS.get(row.label, row.label), self._conditions.get(record))))
        return {
            "number": number,
            "record": record,
            "what": f"{what} ({CONFLICTING})" if self.conflicts(record) else what,
            "agency": agency_words(row.agency),
            "reference": row.reference or NOT_RECORDED,
            "observed": span_words(row.observed_from, row.observed_to),
            "grade": _graded(rows),
            "where": " and ".join(f"{self._file(one)}, row {one.row}" for one in rows),
        }
