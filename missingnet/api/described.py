"""How answers and refusals look, for the description of the routes: what is described is what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

Responses = dict[int | str, dict[str, Any]]

_TEXT: Final = {"type": "string"}
_TEXT_OR_NULL: Final = {"anyOf": [{"type": "string"}, {"type": "null"}]}
_NUMBER: Final = {"type": "integer", "minimum": 0}

#: The shapes that routes name, by the names that they have in the description.
SCHEMAS: Final[Mapping[str, Any]] = {
    "Refusal": {
        "type": "object",
        "description": "Why nothing was shown: a constant code, and what can be done about it in words.",
        "required": ["error", "detail"],
        "properties": {"error": _TEXT, "detail": _TEXT},
        "additionalProperties": False,
    },
    "Answer": {
        "type": "object",
        "description": "One page of the answer to a question.",
        "required": [
            *("rule", "title", "source", "parameters", "as_at", "known_at", "marking"),
            *("total", "notes", "rows", "shown", "start", "next"),
        ],
        "properties": {
            **dict.fromkeys(("rule", "title", "source", "as_at", "marking"), _TEXT),
            **dict.fromkeys(("known_at", "next"), _TEXT_OR_NULL),
            **dict.fromkeys(("total", "shown", "start"), _NUMBER),
            "parameters": {"type": "object"},
            "notes": {"type": "array", "items": _TEXT},
            "rows": {"type": "array", "items": {"type": "object"}},
            "since_meeting": {"type": "object"},
        },
        "additionalProperties": False,
    },
}
ANSWER: Final = {"$ref": "#/components/schemas/Answer"}
_REFUSAL: Final = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
#: What any route may refuse with that shows or takes data.
_MAY_REFUSE: Final[Mapping[int, str]] = {
    400: "No purpose was stated",
    401: "No reader was named",
    403: "This reader may not do this",
    404: "Nothing there that this reader may see",
    409: "Not as things stand: while emergency access is open nothing is judged and nothing is taken away",
    422: "Something could not be understood",
    429: "More was asked in a short time than may be; see Retry-After",
    503: "The service cannot answer now; nothing was shown",
}
_ERRORS: Final = 400


def with_refusals(said: Mapping[int | str, dict[str, Any]], *, data: bool) -> Responses:
    """What a route may answer, as it says itself, and how it may refuse; only what it says, where it holds no data."""
    found: Responses = {}
    if data:
        found |= {code: {"description": words, "content": _REFUSAL} for code, words in _MAY_REFUSE.items()}
    for code, about in said.items():
        refuses = str(code).isdigit() and int(code) >= _ERRORS and "content" not in about
        found[code] = {**about, "content": _REFUSAL} if refuses else about
    return found
