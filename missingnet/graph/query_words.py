"""The words and marks of a reading query, and a cursor that copies them out one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from missingnet.graph.terms import EVENTS, LINKS


class Refused(ValueError):
    """A shape that the grammar does not allow, with the reason and the place."""


TOKEN: Final = re.compile(
    r"(?P<gap>\s+|//[^\n]*|/\*.*?\*/)"
    r"|(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<param>\$[A-Za-z_]\w*)"
    r"|(?P<number>\d+\.\d+|\d+)"
    r"|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<mark><=|>=|<>|=~|\.\.|[-<>=+*/%^()\[\]{},.:;|!?&])",
    re.DOTALL,
)
CLAUSES: Final = {"MATCH", "OPTIONAL", "WITH", "RETURN", "UNWIND", "CALL", "ORDER", "UNION", "LIMIT", "WHERE"}
SUBQUERIES: Final = {"EXISTS", "COUNT", "COLLECT"}
FORBIDDEN: Final = {
    "CREATE": "a question writes nothing",
    "MERGE": "a question writes nothing",
    "SET": "a question writes nothing",
    "DELETE": "a question writes nothing",
    "DETACH": "a question writes nothing",
    "REMOVE": "a question writes nothing",
    "FOREACH": "a question writes nothing",
    "LOAD": "a question reads the graph only",
    "USE": "a question has one graph",
    "SKIP": "paging is over the answer, so that totals are true",
    "OFFSET": "paging is over the answer, so that totals are true",
    "SHORTESTPATH": "one engine filters it afterwards and answers wrongly",
    "ALLSHORTESTPATHS": "one engine filters it afterwards and answers wrongly",
    "SHORTEST": "one engine does not know it",
    "PROPERTIES": "it returns a whole node",
    "RAND": "an answer has no chance in it",
    "RANDOMUUID": "an answer has no chance in it",
    "TIMESTAMP": "nothing reads the clock below the door",
    "ELEMENTID": "an engine's own ids are not ours",
    "ID": "an engine's own ids are not ours",
}
BEFORE_A_MAP: Final = {"THEN", "ELSE", "WHEN", "AND", "OR", "NOT", "IN", "AS", "DISTINCT"}
CLOCKS: Final = {"DATE", "DATETIME", "LOCALDATETIME", "LOCALTIME", "TIME"}


def across(kind: str, types: Sequence[str]) -> str | None:
    """What stands at the far end of a link of these types from a thing or an event; None where that is left open.

    A link either joins two things or a thing and an event. From a value, which may be either, an event is taken to be
    due: what is tested in vain is not seen.
    """
    by_record = {any(end in EVENTS for end in (*LINKS[t].sources, *LINKS[t].targets)) for t in types}
    if len(by_record) > 1:
        return None
    return "event" if by_record.pop() and kind != "event" else "thing"


def items(text: str) -> list[str]:
    """The items of an ORDER BY without their directions, in order; commas inside brackets do not part items."""
    found, depth, current = [], 0, ""
    for mark in text:
        depth += (mark in "([{") - (mark in ")]}")
        if mark == "," and depth == 0:
            found.append(current)
            current = ""
        else:
            current += mark
    found.append(current)
    return [re.sub(r"\s+(ASC|DESC|ASCENDING|DESCENDING)\s*$", "", i.strip(), flags=re.I).strip() for i in found]


@lru_cache(maxsize=1)
def _tokens(text: str) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    """The text's tokens with their kinds, and the parameters named. A text is walked once for each of its forms."""
    tokens: list[tuple[str, str]] = []
    params: set[str] = set()
    place = 0
    while place < len(text):
        found = TOKEN.match(text, place)
        if found is None:
            raise Refused(f"cannot read {text[place]!r}: no such mark in a question")
        kind = str(found.lastgroup)
        if kind == "param":
            params.add(found.group()[1:])
        if kind != "gap":
            tokens.append((kind, found.group()))
        elif tokens and tokens[-1][0] != "gap":
            tokens.append(("gap", "\n" if "\n" in found.group() else " "))
        place = found.end()
    return tuple(tokens), frozenset(params)


class Cursor:
    """Walks the tokens of one query, copying them to ``out``; gaps and comments are kept as gaps."""

    def __init__(self, text: str) -> None:
        self.tokens, self.params = _tokens(text)
        self.out: list[str] = []
        self.at = 0

    def peek(self, ahead: int = 0) -> str:
        """The token ``ahead`` places on, gaps left out; words in capitals so that keywords compare."""
        at, left = self.at, ahead
        while at < len(self.tokens):
            kind, text = self.tokens[at]
            if kind != "gap":
                if left == 0:
                    return text.upper() if kind == "word" else text
                left -= 1
            at += 1
        return ""

    def kind(self) -> str:
        at = self.at
        while at < len(self.tokens) and self.tokens[at][0] == "gap":
            at += 1
        return self.tokens[at][0] if at < len(self.tokens) else ""

    def take(self, expected: str | None = None) -> str:
        """Copy the next token out, with the gap before it. Refuses when it is not the one expected."""
        while self.at < len(self.tokens) and self.tokens[self.at][0] == "gap":
            self.out.append(self.tokens[self.at][1])
            self.at += 1
        if self.at >= len(self.tokens):
            raise Refused(f"the question ends where {expected or 'more'} was due")
        kind, text = self.tokens[self.at]
        if expected is not None and (text.upper() if kind == "word" else text) != expected:
            raise Refused(f"found '{text}' where '{expected}' was due")
        self.at += 1
        self.out.append(text)
        return text

    def name(self) -> str:
        if self.kind() != "word":
            raise Refused(f"found '{self.peek()}' where a name was due")
        return self.take()

    def forbid(self, word: str) -> None:
        """Refuse a word that no question may hold."""
        if word in FORBIDDEN and (word not in ("ID", "SET", "USE", "LOAD", "RAND") or self.peek(1) == "("):
            raise Refused(f"{word.lower()}: {FORBIDDEN[word]}")
        if word in ("CREATE", "SET", "USE", "LOAD") or (word in CLOCKS and self.peek(1) == "(" and self.peek(2) == ")"):
            raise Refused(f"{word.lower()}: nothing reads the clock or writes below the door")
