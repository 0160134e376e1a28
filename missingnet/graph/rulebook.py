"""The rulebook: every rule with its words, its source paragraph and its parameters' values.

The rules stand in ``rules/*.toml``, one file a chapter. A partnership changes a value in ``rulebook.toml`` of its
state folder, never in a query: thresholds, windows and bands stand nowhere else. An answer names the values it used.

    ["MASE-3-IN-3M"]
    min_episodes = [{ from = 2027-01-01, value = 4 }]      # or plainly: min_episodes = 4
    since = { before = { months = 4 } }
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from missingnet.graph.times import NoSuchTime, london_to_utc, utc_to_london
from missingnet.settings import settings

CHAPTERS: Final = ("clocks", "thresholds", "patterns", "school_days", "tables", "views")
BUILT: Final = "built"
NOT_YET: Final = "in the rulebook, not yet a question"
#: The rulebook's own values have stood since before any record.
ALWAYS: Final = date(1900, 1, 1)


class RulebookError(ValueError):
    """A rulebook file that cannot be used; names the file, the rule and the remedy."""


@dataclass(frozen=True, slots=True)
class Before:
    """A moment so long before the date asked about; windows roll with it (DOMAIN §4)."""

    months: int = 0
    days: int = 0
    hours: int = 0

    def resolve(self, as_at: datetime) -> datetime:
        """The instant (naive UTC). Months and days are London's calendar, hours elapse."""
        local = utc_to_london(as_at)
        if self.months:
            count = local.year * 12 + local.month - 1 - self.months
            year, month = divmod(count, 12)
            local = local.replace(year=year, month=month + 1, day=min(local.day, monthrange(year, month + 1)[1]))
        local -= timedelta(days=self.days)
        if not self.months and not self.days:
            return as_at - timedelta(hours=self.hours)
        try:
            return london_to_utc(local) - timedelta(hours=self.hours)
        except NoSuchTime:
            return london_to_utc(local + timedelta(hours=1)) - timedelta(hours=self.hours)

    def __str__(self) -> str:
        parts = [
            f"{n} {unit}{'' if n == 1 else 's'}"
            for n, unit in ((self.months, "month"), (self.days, "day"), (self.hours, "hour"))
            if n
        ]
        return f"{' '.join(parts)} before the date asked about" if parts else "the date asked about"


@dataclass(frozen=True, slots=True)
class Role:
    """Whose page of findings it is, and the rules on it."""

    title: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter's value and the day from which it stands."""

    since: date
    value: Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """A rule's parameter: its values by effective date, earliest first, and where they come from."""

    name: str
    words: str
    unit: str
    ours: bool
    local: bool
    values: tuple[Value, ...]

    def at(self, day: date) -> Any:
        """The value that stands on that day; before any effective date the earliest."""
        standing = [v.value for v in self.values if v.since <= day]
        return standing[-1] if standing else self.values[0].value

    @property
    def default(self) -> Any:
        """The latest value, as the rulebook prints it."""
        return self.values[-1].value


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id is its name everywhere."""

    id: str
    title: str
    words: str
    source: str
    chapter: str
    state: str
    parameters: Mapping[str, Parameter]
    table: Mapping[str, Any] | None
    """What a table of the chapter 'tables' counts, and by what; None: the rule is no table."""

    def at(self, parameter: str, as_at: datetime) -> Any:
        """The value that a parameter has when nobody gives one, for a question as at that instant (naive UTC).

        :raises RulebookError: the rule has no such parameter.
        """
        if parameter not in self.parameters:
            raise RulebookError(f"Rule {self.id} has no parameter '{parameter}'.")
        value = self.parameters[parameter].at(utc_to_london(as_at).date())
        if isinstance(value, Before):
            return value.resolve(as_at)
        return list(value) if isinstance(value, tuple) else value


def rules() -> Mapping[str, Rule]:
    """Every rule by its id, with the partnership's own values where it has any.

    :raises RulebookError: a rulebook file cannot be read, or names a rule or parameter that there is not.
    """
    path = settings().home / "rulebook.toml"
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return _rules(None, 0)
    return _rules(path, stamp)


def rule(name: str) -> Rule:
    """The rule of that id.

    :raises RulebookError: there is none.
    """
    try:
        return rules()[name]
    except KeyError:
        raise RulebookError(f"The rulebook has no rule '{name}'.") from None


def source(name: str) -> str:
    """The paragraph that a rule comes from, which a partnership's own values leave as it is.

    :raises RulebookError: there is no such rule.
    """
    try:
        return _rules(None, 0)[name].source
    except KeyError:
        raise RulebookError(f"The rulebook has no rule '{name}'.") from None


def default(name: str, parameter: str, as_at: datetime) -> Any:
    """The value that a rule's parameter has when nobody gives one, for a question as at that instant (naive UTC).

    :raises RulebookError: the rule has no such parameter.
    """
    return rule(name).at(parameter, as_at)


@lru_cache(maxsize=1)
def roles() -> Mapping[str, Role]:
    """The roles that have a page of their own, by name."""
    text = files("missingnet.graph").joinpath("rules").joinpath("roles.toml").read_text(encoding="utf-8")
    return {name: Role(about["title"], tuple(about["rules"])) for name, about in tomllib.loads(text).items()}


def first_for(names: Iterable[str]) -> tuple[str, ...]:
    """The rules that people of these roles look at first, in order, each once (DOMAIN §1)."""
    known = roles()
    return tuple(dict.fromkeys(rule for name in names if name in known for rule in known[name].rules))


@lru_cache(maxsize=4)
def _rules(local: Path | None, stamp: int) -> Mapping[str, Rule]:
    found: dict[str, Rule] = {}
    home = files("missingnet.graph").joinpath("rules")
    for chapter in CHAPTERS:
        for name, about in tomllib.loads(home.joinpath(f"{chapter}.toml").read_text(encoding="utf-8")).items():
            if name in found:
                raise RulebookError(f"rules/{chapter}.toml: {name} stands twice in the rulebook.")
            found[name] = _rule(name, chapter, about)
    if local is not None:
        _change(found, local)
    return MappingProxyType(found)


def _rule(name: str, chapter: str, about: Mapping[str, Any]) -> Rule:
    parameters = {
        key: Parameter(
            name=key,
            words=told["words"],
            unit=told["unit"],
            ours=bool(told.get("ours", False)),
            local=False,
            values=_values(told["default"]),
        )
        for key, told in about.get("parameters", {}).items()
    }
    return Rule(
        id=name,
        title=about["title"],
        words=about["words"],
        source=about["source"],
        chapter=chapter,
        state=about.get("state", NOT_YET),
        parameters=MappingProxyType(parameters),
        table=about.get("table"),
    )


def _change(found: dict[str, Rule], local: Path) -> None:
    """Put the partnership's own values in the place of ours; before their first effective date ours stand."""
    try:
        changes = tomllib.loads(local.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulebookError(f"{local.name} cannot be read as TOML. Correct it or take it away.") from error
    for name, given in changes.items():
        if name not in found:
            raise RulebookError(f"{local.name}: there is no rule '{name}'.")
        old = found[name]
        parameters = dict(old.parameters)
        for key, value in given.items():
            if key not in parameters:
                raise RulebookError(f"{local.name}: {name} has no parameter '{key}'.")
            was = parameters[key]
            values = _values(value)
            first = min(v.since for v in values)
            for one in values:
                if type(one.value) is not type(was.default):
                    raise RulebookError(f"{local.name}: {name}.{key} must be like the rulebook's own ({was.unit}).")
            kept = tuple(v for v in was.values if v.since < first)
            parameters[key] = Parameter(key, was.words, was.unit, False, True, kept + values)
        found[name] = Rule(
            old.id, old.title, old.words, old.source, old.chapter, old.state, MappingProxyType(parameters), old.table
        )


def _values(told: Any) -> tuple[Value, ...]:
    """The values of one parameter: one plain value, or a list of ``{from, value}``."""
    if isinstance(told, list) and told and all(isinstance(t, dict) and "from" in t for t in told):
        return tuple(sorted((Value(t["from"], _value(t["value"])) for t in told), key=lambda v: v.since))
    return (Value(ALWAYS, _value(told)),)


def _value(told: Any) -> Any:
    if isinstance(told, dict):
        return Before(**told["before"])
    return tuple(told) if isinstance(told, list) else told
