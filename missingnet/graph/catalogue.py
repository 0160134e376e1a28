"""The catalogue of questions: every query file, read once, checked, and its access test written in (DESIGN §4).

The catalogue refuses to start when a file's shape is not understood, when its rule is not in the rulebook, when its
parameters, columns or order do not agree with its header and row class. Better no service than a wrong answer.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from missingnet.graph import rulebook
from missingnet.graph.answers import Row
from missingnet.graph.answers.declared_tables import tables
from missingnet.graph.grammar import read
from missingnet.graph.query_words import Refused
from missingnet.graph.terms import PREMISES
from missingnet.graph.times import instant_typed

_ROOMS: Final = ("clocks", "thresholds", "patterns", "tables", "views")
#: Given with every question: the classes seen, the instants asked about, the London day of the first, and the one thing
#: asked about, null when all are.
_GIVEN: Final = frozenset({"visible", "as_at", "as_at_day", "known_at", "about"})
_HEADER: Final = re.compile(r"^// ?(.*)$")
_TYPES: Final = frozenset({"id", "text", "table", "search", "int", "float", "bool", "date", "datetime", "ids", "texts"})


class CatalogueError(ValueError):
    """A query file that may not be served, with its name and the reason."""


class ParameterError(ValueError):
    """A parameter of a question that is missing, unknown or not of its type, in words for the person who asks."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A question's parameter: its type, and whether the one who asks must give it. Defaults stand in the rulebook.

    One that is for ``derive`` alone is not in the query's text.
    """

    name: str
    type: str
    required: bool
    derive: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One named question: its text in both forms, its parameters, row class, key and path."""

    rule: str
    title: str
    parameters: Mapping[str, Parameter]
    row: type[Row]
    key: tuple[str, ...]
    path: str | None
    text_now: str
    text_known: str
    chapter: str
    every_version: bool
    """Closed versions are read too: the header says 'versions: all'. Others read those that stand, or stood."""
    uses: tuple[str, ...]
    """Rules whose values this one goes by, as the rulebook has them: nobody gives them with a question."""
    about: str | None
    """The parameter that names one thing to ask about, and why it does not meet the rule: 'child', 'place' …; None: the
    question is of all, or about one thing already."""
    text_one_now: str
    text_one_known: str

    @property
    def source(self) -> str:
        """The paragraph of the document that the rule comes from."""
        return rulebook.source(self.rule)

    def settle(self, given: Mapping[str, Any], as_at: datetime) -> dict[str, Any]:
        """The parameters as they will be used: what was given, typed, and the rulebook's values for the rest, those of
        the rules that it uses among them.

        :raises ParameterError: one is missing, not the question's, or not of its type.
        """
        unknown = sorted(set(given) - set(self.parameters))
        if unknown:
            raise ParameterError(
                f"{self.rule} has no parameter '{unknown[0]}'. It has: {', '.join(self.parameters) or 'none'}."
            )
        settled: dict[str, Any] = {}
        # Read once for all parameters: each reading looks whether the partnership has changed its own values.
        book = rulebook.rules()
        for name, parameter in self.parameters.items():
            if given.get(name) not in (None, ""):
                settled[name] = self._table(given[name]) if parameter.type == "table" else typed(parameter, given[name])
            elif name == self.about:
                settled[name] = None
            elif parameter.required:
                raise ParameterError(f"{self.rule} needs the parameter '{name}' ({parameter.type}).")
            else:
                settled[name] = book[self.rule].at(name, as_at)
        for used in self.uses:
            settled |= {
                name: book[used].at(name, as_at) for name in book[used].parameters.keys() - self.parameters.keys()
            }
        return settled

    def _table(self, name: Any) -> str:
        """The id of a table that this question counts.

        :raises ParameterError: there is none of that id; says which there are.
        """
        ours = [table.id for table in tables().values() if table.of == self.rule]
        if str(name).upper() not in ours:
            raise ParameterError(f"{self.rule} counts no table of that name. There are: {', '.join(ours)}.")
        return str(name).upper()


#: The largest number that an engine takes.
_LARGEST: Final = 2**63 - 1


def typed(parameter: Parameter, value: Any) -> Any:
    """The value as the parameter's type. Text is read as people type it: dates ISO, instants London time.

    :raises ParameterError: it cannot be read as that type.
    """
    try:
        return _typed(parameter.type, value)
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        wanted = {
            "date": "a date like 2026-10-31",
            "datetime": "a time like 2026-10-31 or 2026-10-31T18:00",
            "int": "a whole number",
            "float": "a number",
            "bool": "yes or no",
        }
        raise ParameterError(
            f"'{parameter.name}' must be {wanted.get(parameter.type, 'of type ' + parameter.type)}."
        ) from error


def _typed(kind: str, value: Any) -> Any:
    if kind in ("ids", "texts"):
        return list(value.split(",")) if isinstance(value, str) else [str(v) for v in value]
    if kind == "bool":
        if isinstance(value, bool):
            return value
        return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[str(value).lower()]
    if kind in ("int", "float"):
        number = int(value) if kind == "int" else float(value)
        if not abs(number) <= _LARGEST:
            raise ValueError("a number that no engine holds")
        return number
    if kind == "date":
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else date.fromisoformat(value)
    if kind == "datetime":
        if isinstance(value, datetime):
            return value
        return instant_typed(value.isoformat() if isinstance(value, date) else str(value))
    if not isinstance(value, str):
        raise TypeError
    return value


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Question]:
    """Every question by its rule's id, checked.

    :raises CatalogueError: a file that may not be served.
    """
    found: dict[str, Question] = {}
    home = files("missingnet.cypher")
    for chapter in _ROOMS:
        folder = home.joinpath(chapter)
        for path in sorted(folder.iterdir(), key=lambda p: p.name) if folder.is_dir() else ():
            if path.name.endswith(".cypher"):
                question = _question(path, chapter)
                if question.rule in found:
                    raise CatalogueError(f"{path.name}: {question.rule} is asked by another file already")
                found[question.rule] = question
    return found


def question(rule: str) -> Question:
    """The question of that rule.

    :raises ParameterError: there is none; says which there are.
    """
    wanted, known = rule.upper(), catalogue()
    if wanted not in known:
        raise ParameterError(f"No question is called '{rule}'. There are: {', '.join(sorted(known))}.")
    return known[wanted]


def parse(name: str, text: str, chapter: str) -> Question:
    """A question from a file's text. Everything that DESIGN §4 refuses is refused here.

    :raises CatalogueError: with the file's name and the reason.
    """
    header: dict[str, str] = {}
    lines = text.splitlines()
    body_at = 0
    for number, line in enumerate(lines):
        match = _HEADER.match(line)
        if match is None:
            body_at = number
            break
        label, _, rest = match.group(1).partition(":")
        header["rule" if number == 0 else label.strip()] = (match.group(1) if number == 0 else rest).strip()
    rule, _, title = header.get("rule", "").partition(":")
    missing = [word for word in ("rule", "params", "row", "key") if word not in header]
    if missing:
        raise CatalogueError(f"{name}: the header lacks '{missing[0]}:'")
    if rule.strip() not in rulebook.rules():
        raise CatalogueError(f"{name}: '{rule.strip()}' is not in the rulebook")
    parameters = _parameters(name, header["params"])
    if header.get("versions", "all") != "all":
        raise CatalogueError(f"{name}: 'versions:' can only be 'all'; left out, the versions that stand are read")
    try:
        query = read("\n".join(lines[body_at:]), every_version="versions" in header, about=header.get("about"))
    except Refused as error:
        raise CatalogueError(f"{name}: {error}") from error
    uses = tuple(part.strip() for part in header["uses"].split(",")) if "uses" in header else ()
    for other in uses:
        if other not in rulebook.rules():
            raise CatalogueError(f"{name}: '{other}', which it uses, is not in the rulebook")
    # What a question declares itself is its own, also where a rule that it uses has a value of that name.
    of_others = {parameter for other in uses for parameter in rulebook.rule(other).parameters} - parameters.keys()
    used = query.params - _GIVEN - of_others
    asked = {p.name for p in parameters.values() if not p.derive}
    for wrong, why in ((asked - used, "declared and not used"), (used - asked, "not declared")):
        if wrong:
            raise CatalogueError(f"{name}: parameter '{sorted(wrong)[0]}' is {why}")
    known = rulebook.rule(rule.strip()).parameters
    for parameter in parameters.values():
        if not parameter.required and parameter.name not in known:
            raise CatalogueError(f"{name}: '{parameter.name}' is neither required nor given a value by the rulebook")
    about = _about(query.about_kinds)
    if about is not None:
        parameters[about] = Parameter(about, "id", required=False)
    row = _row_class(name, rule.strip(), header["row"])
    if set(query.columns) != set(row.model_fields):
        differ = sorted(set(query.columns) ^ set(row.model_fields))
        raise CatalogueError(f"{name}: the columns differ from {header['row']} in {', '.join(differ)}")
    key = tuple(part.strip() for part in header["key"].split(","))
    if tuple(query.order[-len(key) :]) != key:
        raise CatalogueError(f"{name}: the order does not end with its key ({', '.join(key)}), so pages could differ")
    return Question(
        rule=rule.strip(),
        title=title.strip(),
        parameters=parameters,
        row=row,
        key=key,
        path=header.get("path"),
        text_now=query.now,
        text_known=query.known,
        chapter=chapter,
        every_version="versions" in header,
        uses=uses,
        about=about,
        text_one_now=query.one_now,
        text_one_known=query.one_known,
    )


def _about(kinds: frozenset[str]) -> str | None:
    """What the parameter is called that names one thing of these kinds."""
    if not kinds:
        return None
    return "place" if kinds <= set(PREMISES) else "".join(kinds).lower() if len(kinds) == 1 else "thing"


def _question(path: Traversable, chapter: str) -> Question:
    return parse(path.name, path.read_text(encoding="utf-8"), chapter)


def _parameters(name: str, declared: str) -> dict[str, Parameter]:
    found = {}
    for part in declared.split(",") if declared not in ("", "none") else ():
        words = part.split()
        if len(words) not in (2, 3) or words[1] not in _TYPES or words[2:] not in ([], ["required"], ["derive"]):
            raise CatalogueError(f"{name}: cannot read the parameter '{part.strip()}' (name type [required|derive])")
        found[words[0]] = Parameter(words[0], words[1], "required" in words[2:], "derive" in words[2:])
    return found


def _row_class(name: str, rule: str, row: str) -> type[Row]:
    """The row class, looked for in the answers' module of the rule, else in any."""
    answers = importlib.import_module("missingnet.graph.answers")
    modules = [p.name.removesuffix(".py") for p in files(answers).iterdir() if p.name.endswith(".py")]
    wanted = rule.lower().replace("-", "_")
    for module in sorted(modules, key=lambda m: (m != wanted, m)):
        if module != "__init__":
            found = getattr(importlib.import_module(f"missingnet.graph.answers.{module}"), row, None)
            if isinstance(found, type) and issubclass(found, Row):
                return found
    raise CatalogueError(f"{name}: there is no row class '{row}' in missingnet.graph.answers")
