"""What a run tried and lost: counted as it goes, said at its end. What is lost is counted before a test fails."""

from __future__ import annotations

from collections import Counter

BAD_INPUTS, PLANTED, CAUGHT, CRASHES = "bad inputs tried", "leaks planted", "caught", "crashes survived"
ROWS, WRITES = "rows lost", "acknowledged writes lost"
_ORDER = (BAD_INPUTS, PLANTED, CAUGHT, CRASHES, ROWS, WRITES)
_counted: Counter[str] = Counter()
_seen: set[str] = set()


def tally(what: str, many: int = 1) -> None:
    """Count so many more; of what a run may lose, nought is a count too."""
    _seen.add(what)
    _counted[what] += many


def told() -> dict[str, int]:
    """All that was counted here, for another process to add."""
    return {what: _counted[what] for what in _ORDER if what in _seen}


def words() -> str | None:
    """What was counted, in words; None: nothing was."""
    return ", ".join(f"{what}: {_counted[what]:,}" for what in _ORDER if what in _seen) or None
