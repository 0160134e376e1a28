"""The conditions that owners set for sharing records, to stand beside each record in what leaves (decision 0024)."""

from __future__ import annotations

from collections.abc import Iterable

from missingnet.api.asks import Asks

#: Handling code C: shared with conditions.
_WITH_CONDITIONS = "C"


async def conditions_of(asks: Asks, seen: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By record, the condition under which it is shared, where there is one; of records, each with its kind, that the
    reader is known to see. What rests on such a record, or was told with it, has its condition."""
    by_kind: dict[str, set[str]] = {}
    for kind, record in seen:
        by_kind.setdefault(kind, set()).add(record)
    found: dict[str, str] = {}
    for kind, records in by_kind.items():
        for record, access in (await asks.store.access_of(kind, sorted(records))).items():
            if access.handling == _WITH_CONDITIONS:
                found[record] = f"on condition: {access.condition or 'ask its owner'}"
    return found
