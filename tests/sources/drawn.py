"""Records drawn as a person reads them, so that an expected result can be checked by eye."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from missingnet.graph.records import Record


def drawn(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Each record with its facts, whom it mentions, its links as arrows, and who may see it."""
    return [_one(record) for record in records]


def _one(record: Record) -> dict[str, Any]:
    access = record.access
    where = f" in {', '.join(access.compartments)}" if access.compartments else ""
    handling = f", handling {access.handling}" if access.handling else ""
    found = {
        "record": f"{record.label} {record.name}",
        "row": record.provenance.row,
        "facts": {name: _plain(value) for name, value in sorted(record.facts.items())},
        "mentions": {
            slot: " ".join((mention.label, *(mention.keys or ("(by this record)",))))
            for slot, mention in sorted(record.mentions.items())
        },
        "links": [_arrow(link) for link in record.links],
        "seen by": f"{access.owner}; concerns {', '.join(access.authorities)}{where}{handling}",
        "observed": [_plain(record.observed_from), _plain(record.observed_to)],
        "found by": list(record.search),
        "raw row": " | ".join(f"{name}: {value}" for name, value in record.raw.items()),
    }
    return {name: value for name, value in found.items() if value not in ({}, [], [None, None], "")}


def _arrow(link: Any) -> str:
    grades = " ".join(filter(None, (link.source_grade, link.assessment_grade, link.handling)))
    said = ", ".join(part for part in (link.role, grades) if part)
    return f"{link.source} -{link.type}{f' ({said})' if said else ''}-> {link.target}"


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
