"""What became of communities between two days: new, growing, split, merged, gone (rule NETWORK). Pure.

A community of then and one of now are one line of descent when they share so much of the smaller of the two. That
goes by children alone, not by anything stored, so any two days can be compared, in either direction of time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from missingnet.graph.answers.communities import Children

#: In the order of work.
CHANGES: Final = ("new", "merged", "split", "growing", "changed", "shrinking", "unchanged", "gone")


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one community: its state, the children of those that it came from, and of how many it came."""

    state: str
    before: Children
    ancestors: int

    def why(self, day: str) -> str:
        """The state in a sentence."""
        return {
            "new": f"New: no community of {day} had so many of these children.",
            "merged": f"Merged: its children stood in {self.ancestors} communities on {day}.",
            "split": f"Split: on {day} its children stood in one community with others who are now in another.",
            "growing": f"Growing: {len(self.before)} children on {day}.",
            "shrinking": f"Shrinking: {len(self.before)} children on {day}.",
            "changed": f"As many children as on {day}, not all of them the same.",
            "unchanged": f"The same children as on {day}.",
        }[self.state]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of each community of now, and which of then are in no line of descent."""

    of: Mapping[Children, Became]
    gone: frozenset[Children]


def became(now: Sequence[Children], then: Sequence[Children], share: float) -> Changes:
    """Every community of now, by where its children come from; and those of then that went nowhere."""
    line = {
        (new, old) for new in now for old in then if new & old and len(new & old) >= share * min(len(new), len(old))
    }
    found = {}
    for new in now:
        ancestors = [old for old in then if (new, old) in line]
        before: Children = frozenset().union(*ancestors)
        heirs = sum((other, old) in line for old in ancestors for other in now)
        if not ancestors:
            state = "new"
        elif len(ancestors) > 1:
            state = "merged"
        elif heirs > 1:
            state = "split"
        elif len(new) != len(before):
            state = "growing" if len(new) > len(before) else "shrinking"
        else:
            state = "unchanged" if new == before else "changed"
        found[new] = Became(state, before, len(ancestors))
    return Changes(found, frozenset(old for old in then if not any((new, old) in line for new in now)))
