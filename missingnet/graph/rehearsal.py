"""Questions planned before anybody asks them.

An engine that has just started may need longer to plan a question for the first time than an answer may take. So each
is explained once, with parameters of the types that will come, in the background: nothing of the graph is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from missingnet.graph import rulebook
from missingnet.graph.catalogue import Question, catalogue

_MOMENT: Final = datetime(2000, 1, 1)
#: A value of each type of parameter, as it is sent.
_VALUES: Final[dict[str, Any]] = {
    "id": "",
    "text": "",
    "search": [""],
    "int": 1,
    "float": 1.0,
    "bool": True,
    "date": date(2000, 1, 1),
    "datetime": _MOMENT,
    "ids": [""],
    "texts": [""],
}


def rehearsals() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each question's text, to be explained and not run, with parameters: those about one thing first."""
    asked = sorted(catalogue().values(), key=lambda q: ("{" not in (q.path or ""), q.rule))
    for question in asked:
        yield f"EXPLAIN {question.text_now}", _parameters(question)


def _parameters(question: Question) -> dict[str, Any]:
    own = {name: _VALUES[parameter.type] for name, parameter in question.parameters.items() if not parameter.derive}
    used = {name: p.default for rule in question.uses for name, p in rulebook.rule(rule).parameters.items()}
    return {"visible": [True], "as_at": _MOMENT, "as_at_day": _MOMENT.date(), "about": None, **used, **own}
