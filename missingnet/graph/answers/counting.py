"""Counting facts into a table's lines and columns: what they are counted by, in what order, in which bands. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from missingnet.graph.answers.declared_tables import Table
from missingnet.graph.answers.suppression import Place

NOT_RECORDED: Final = "not recorded"
NOT_PLACED: Final = "not placed"
MEAN: Final = "mean absences"
#: How a force that no longer records absence grades such an episode.
NO_RISK: Final = "no apparent risk"
#: What a line of an establishment is called when its register's words are not seen.
NOT_DESCRIBED: Final = "not described"


class Fact(Protocol):
    """What is counted: of a child, in a month; the rest is read by the name of what it is counted by."""

    @property
    def child_id(self) -> str: ...
    @property
    def month(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Among:
    """The facts of one period, and how often each child is among them: what bands of children are counted by."""

    facts: Sequence[Any]
    months: tuple[str, ...]
    bands: Mapping[str, Any]
    missing: Mapping[str, int]
    absent: Mapping[str, int]

    @classmethod
    def of(cls, facts: Iterable[Any], months: Sequence[str], parameters: Mapping[str, Any]) -> Among:
        """The facts that lie in these months."""
        inside = [fact for fact in facts if fact.month in months]
        kinds = {kind: Counter(f.child_id for f in inside if kind_of(f) == kind) for kind in ("missing", "absent")}
        return cls(inside, tuple(months), parameters, kinds["missing"], kinds["absent"])


def kind_of(fact: Any) -> str | None:
    """The kind under which tables count an episode: one graded of no apparent risk is what was called absent before
    2017 (DOMAIN §2). None: it is no episode."""
    kind = getattr(fact, "kind", None)
    return "absent" if kind == NO_RISK else kind


def band_names(bounds: Sequence[float], unit: str, *, first: int = 0, whole: bool = False) -> list[str]:
    """The names of bands that run up to and including each bound, and above the last."""
    names, low = [], first
    for bound in bounds:
        names.append(f"{low}–{bound:g}{unit}" if low != bound or not whole else f"{low}{unit}")
        low = int(bound) + 1 if whole else int(bound)
    return [*names, f"{low}+{unit}" if whole else f"over {low}{unit}"]


def in_band(value: float | None, bounds: Sequence[float], names: Sequence[str]) -> str:
    """The name of the band in which a value lies: up to and including its upper number."""
    if value is None:
        return NOT_RECORDED
    return names[sum(value > bound for bound in bounds)]


#: By name: the bands' parameter, the unit, where the first begins, whether only whole numbers occur.
_BANDS: Final[Mapping[str, tuple[str, str, int, bool]]] = {
    "length": ("length_hours", " h", 0, False),
    "distance": ("distance_miles", " miles", 0, False),
    "age": ("age_years", " years", 0, True),
    "times_missing": ("times_missing", "", 1, True),
    "times_for_absences": ("times_for_absences", "", 1, True),
}
_OF_FACT: Final[Mapping[str, Callable[[Any, Among], float | None]]] = {
    "length": lambda fact, among: fact.hours,
    "distance": lambda fact, among: fact.miles,
    "age": lambda fact, among: fact.age,
    "times_missing": lambda fact, among: among.missing[fact.child_id],
    "times_for_absences": lambda fact, among: among.missing[fact.child_id],
}
#: Labels that stand in every table, in this order, and after them those that stand only where something has them.
_ORDER: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "kind": (("missing", "absent"), ("away",)),
    "lives": (("care", "home"), (NOT_RECORDED,)),
    "level": (("red", "amber", "green"), ()),
    "check": (("check recorded", "no check recorded"), ()),
    "offered": (("offered", "not offered"), ("could not be reached", NOT_RECORDED)),
    "outcome": (("completed", "refused", "waiting"), ("no answer recorded",)),
    "in_time": (("in time", "later"), (NOT_RECORDED,)),
    "area": (("in area", "out of area"), (NOT_RECORDED,)),
}
#: Of what only placed children have, what one who is not placed has.
_OF_PLACEMENT: Final = ("placement", "legal_status", "provider")
_ESTABLISHMENTS: Final = ("home", "school")
ONLY: Final[Mapping[str, Callable[[Any], bool]]] = {
    "over": lambda fact: fact.over is not None,
    "of_a_home": lambda fact: fact.home_id is not None,
    "placed": lambda fact: fact.placement is not None,
    "offered_so": lambda fact: fact.offered == "offered",
    "completed": lambda fact: fact.outcome == "completed",
}


def labels(dimension: str, fact: Any, among: Among) -> tuple[str, ...]:
    """What a fact is counted under: one label, or one for each of its themes. An establishment's is its id."""
    if dimension in _BANDS:
        name, unit, first, whole = _BANDS[dimension]
        bounds = among.bands[name]
        return (in_band(_OF_FACT[dimension](fact, among), bounds, band_names(bounds, unit, first=first, whole=whole)),)
    if dimension in _ESTABLISHMENTS:
        return (getattr(fact, f"{dimension}_id") or NOT_RECORDED,)
    value = kind_of(fact) if dimension == "kind" else getattr(fact, dimension)
    if isinstance(value, tuple):
        return value or (NOT_RECORDED,)
    if value is None and dimension in _OF_PLACEMENT and fact.lives == "home":
        return (NOT_PLACED,)
    return (NOT_RECORDED if value is None else str(value),)


def in_order(dimension: str, among: Among, found: Iterable[str]) -> list[str]:
    """The labels of a dimension in a table's order: those that always stand, the others, what nobody recorded."""
    have = set(found)
    if dimension == "month":
        return list(among.months)
    if dimension in _BANDS:
        name, unit, first, whole = _BANDS[dimension]
        names = band_names(among.bands[name], unit, first=first, whole=whole)
        return [*names, NOT_RECORDED] if NOT_RECORDED in have or dimension in ("length", "distance") else names
    always, sometimes = _ORDER.get(dimension, ((), ()))
    listed = [*always, *(label for label in sometimes if label in have)]
    rest = sorted(have - set(listed) - {NOT_RECORDED, NOT_PLACED})
    last = [label for label in (NOT_PLACED, NOT_RECORDED) if label in have and label not in listed]
    return [*listed, *rest, *last]


@dataclass(frozen=True, slots=True)
class Counted:
    """A table's numbers: at each place how many, and of how many children; None in a place is the total."""

    lines: list[str]
    columns: list[str]
    facts: Mapping[Place, Sequence[Any]]

    def of(self, measure: str, place: Place, among: Among) -> float:
        """How many: episodes or interviews, different children, or absences of a child on average."""
        facts = self.facts.get(place, ())
        children = {fact.child_id for fact in facts}
        if measure == MEAN:
            return round(sum(among.absent[child] for child in children) / len(children), 1) if children else 0
        return len(children) if measure == "children" else len(facts)


def count(table: Table, among: Among) -> Counted:
    """The facts at each place of the table: each line and column, each total."""
    chosen = [
        fact
        for fact in among.facts
        if (not table.kinds or kind_of(fact) in table.kinds) and (table.only is None or ONLY[table.only](fact))
    ]
    places: dict[Place, list[Any]] = {}
    lines: set[str] = set()
    columns: set[str] = set()
    for fact in chosen:
        across = labels(table.columns, fact, among) if table.columns else ("",)
        down = labels(table.lines, fact, among)
        lines.update(down)
        columns.update(across)
        for line in (*down, None):
            for column in (*across, None):
                places.setdefault((line, column), []).append(fact)
    ordered = in_order(table.columns, among, columns) if table.columns else [""]
    return Counted(in_order(table.lines, among, lines), ordered, places)
