"""The grammar of a reading query, and the access test that is written into it.

Authors never write the access test. This reads a query's text by a small grammar and writes the test for every link
and every event node into each MATCH and each bracketed quantified pattern. What the grammar does not know is refused
when the service starts, because a shape that is not understood could leak (DESIGN §4, law 'Withheld is never loaded').
"""

from __future__ import annotations

from typing import Literal

from missingnet.graph.query_words import BEFORE_A_MAP, CLAUSES, SUBQUERIES, Cursor, Refused, across, items
from missingnet.graph.terms import EVENTS, LINKS, SEARCH_KEY, THINGS

#: Which versions are read: those that stand, or that stood at $known_at; or every one, told by now or by $known_at.
Mode = Literal["now", "known", "ever", "ever-known"]


class _Reader(Cursor):
    """Walks the tokens of one query, copying them out and adding the test."""

    def __init__(self, text: str, mode: Mode, about: str | None = None, *, one: bool = False) -> None:
        super().__init__(text)
        self.mode = mode
        self.about = about
        self.one = one
        self.about_kinds: set[str] = set()
        self.scope: dict[str, str] = {}  # variable -> 'event', 'thing', 'link' or 'value'
        self.columns: list[str] = []
        self.order: list[str] = []

    # -- clauses ---------------------------------------------------------------------------------------------------
    def query(self, closing: str, *, counted: bool = False) -> None:
        """Clauses up to ``closing`` ('' is the end of the text or '}' of a subquery)."""
        outer = dict(self.scope)
        if self.peek() not in ("MATCH", "OPTIONAL") and not (closing == "" and self.peek() in ("CALL", "UNWIND")):
            raise Refused("a question, and each subquery, starts with MATCH")
        while self.peek() != closing:
            word = self.peek()
            if word == "OPTIONAL":
                self.take()
                if self.peek() != "MATCH":
                    raise Refused("OPTIONAL goes with MATCH only")
            elif word == "MATCH":
                self.match()
            elif word in ("WITH", "RETURN"):
                self.take()
                self.projection(returning=word == "RETURN")
            elif word == "WHERE":
                self.take()
                self.expression()
            elif word == "UNWIND":
                self.take()
                self.expression(until=("AS",))
                self.take("AS")
                self.scope[self.name()] = "value"
            elif word == "CALL":
                self.call()
            elif word == "ORDER":
                self.take()
                self.take("BY")
                start = len(self.out)
                self.expression()
                self.order = items("".join(self.out[start:]))
            elif word == "UNION":
                self.take()
                if self.peek() in ("ALL", "DISTINCT"):
                    self.take()
                self.scope = dict(outer)
            elif word == "LIMIT":
                if not counted:
                    raise Refused("LIMIT cuts an answer silently; it may stand only in COUNT { … RETURN 1 LIMIT n }")
                self.take()
                self.expression()
            else:
                raise Refused(f"'{self.peek() or 'the end'}' where a clause was due")

    def match(self) -> None:
        self.take("MATCH")
        tests = self.paths()
        self.condition(tests)

    def condition(self, tests: list[str]) -> None:
        """Write the access tests, bracketing the author's own condition."""
        written = " AND ".join(self.test(name) for name in dict.fromkeys(tests))
        if self.peek() == "WHERE":
            self.take("WHERE")
            self.out.append(f" {written} AND (" if written else " (")
            self.expression()
            self.out.append(")")
        elif written:
            self.out.append(f" WHERE {written}")

    def test(self, name: str) -> str:
        seen = f"$visible[{name}.visibility]"
        if self.mode in ("now", "ever"):
            return seen
        if self.mode == "ever-known":
            return f"({seen} AND {name}.known_from <= $known_at)"
        return f"({seen} AND {name}.known_from <= $known_at AND $known_at < {name}.known_to)"

    def paths(self) -> list[str]:
        tests = self.path()
        while self.peek() == ",":
            self.take()
            tests += self.path()
        return tests

    def path(self) -> list[str]:
        """One path: nodes and links in turn, with bracketed quantified patterns between nodes."""
        if self.kind() == "word":
            raise Refused("a path has no name and no function around it")
        tests: list[str] = []
        bare: list[str] = []
        links = 0
        due: str | None = None
        while True:
            if self.peek() == "(" and self.peek(1) == "(":
                self.take("(")
                links += 1
                self.group()
                due = None
                continue
            name, kind, known = self.node(due)
            if kind == "event" and not known:
                tests.append(name)
            elif kind != "event" and not known:
                bare.append(name)
            if self.peek() == "(":
                continue
            if self.peek() not in ("-", "<"):
                break
            links += 1
            link, types = self.link()
            tests.append(link)
            due = across(kind, types)
        if bare and not links:
            raise Refused(f"'{bare[0]}' stands on no link: a thing is seen only through a link that is seen")
        return tests

    def group(self) -> None:
        """A bracketed quantified pattern; its test stands inside, where both engines apply it to every step."""
        names_before = set(self.scope)
        self.condition(self.paths())
        self.take(")")
        if self.peek() != "{":
            raise Refused("a bracketed pattern needs {least,most}, both numbers")
        self.take("{")
        for expected in ("number", ",", "number"):
            if expected != self.peek() and self.kind() != expected:
                raise Refused("a bracketed pattern needs {least,most}, both numbers")
            self.take()
        self.take("}")
        for name in set(self.scope) - names_before:
            self.scope[name] = "value"

    def node(self, due: str | None = None) -> tuple[str, str, bool]:
        """A node. Returns its name, whether it is an event or a thing, and whether it was known before.

        ``due`` is what the link before it leads to: a node there needs no label, and is planned much faster without.
        """
        self.take("(")
        name = self.name() if self.kind() == "word" else ""
        if not name:
            raise Refused("every node in a pattern has a name")
        known = name in self.scope
        labels: list[str] = []
        if self.peek() == ":":
            self.take()
            labels.append(self.name())
            while self.peek() == "|":
                self.take()
                labels.append(self.name())
        if self.peek() in (":", "&", "!", "%"):
            raise Refused("labels are alternatives, A|B, and nothing else")
        for label in labels:
            if label not in THINGS and label not in EVENTS and label != SEARCH_KEY:
                raise Refused(f"'{label}' is no kind of thing or event")
        if not labels and not known and due is None:
            raise Refused(f"'{name}' has no label, was not named before, and its link may lead to a thing or an event")
        if name == self.about and not known:
            if not labels or self.peek() == "{":
                raise Refused(f"'{name}', which the question is about, stands with its kind and nothing else")
            self.about_kinds.update(labels)
            if self.one:
                self.out.append(" {id: $about}")
        if self.peek() == "{":
            self.braces()
        if self.peek() == "WHERE":
            raise Refused("a condition stands after the pattern, not inside a node")
        self.take(")")
        kind = "event" if any(label in EVENTS for label in labels) else "thing"
        if not labels:
            kind = self.scope[name] if known else str(due)
        self.scope[name] = kind
        return name, kind, known

    def link(self) -> tuple[str, list[str]]:
        """A link, exactly ``[name:TYPE|TYPE]`` with its arrow. Returns its name and its types."""
        if self.peek() == "<":
            self.take()
        self.take("-")
        if self.peek() != "[":
            raise Refused("every link has a name and a type: [name:TYPE]")
        self.take("[")
        if self.kind() != "word":
            raise Refused("every link has a name and a type: [name:TYPE]")
        name = self.name()
        if self.peek() != ":":
            raise Refused(f"link '{name}' has no type")
        if name in self.scope:
            raise Refused(f"'{name}' names two links or a link and something else")
        self.take()
        types = [self.name()]
        while self.peek() == "|":
            self.take()
            types.append(self.name())
        for kind in types:
            if kind not in LINKS:
                raise Refused(f"'{kind}' is no kind of link")
        if self.peek() != "]":
            raise Refused(f"link '{name}' holds more than a name and types: one engine ignores it and everything leaks")
        self.take("]")
        self.take("-")
        if self.peek() == ">":
            self.take()
        if self.peek() != "(":
            raise Refused(f"a node must follow link '{name}': a quantifier on a link is ignored by one engine")
        self.scope[name] = "link"
        return name, types

    def call(self) -> None:
        self.take("CALL")
        outer = dict(self.scope)
        if self.peek() == "(":
            self.take()
            inner: dict[str, str] = {}
            while self.peek() != ")":
                if self.peek() == "*":
                    raise Refused("CALL names what it takes in")
                name = self.name()
                if name not in outer:
                    raise Refused(f"CALL takes in '{name}', which is not there")
                inner[name] = outer[name]
                if self.peek() == ",":
                    self.take()
            self.take(")")
            self.scope = inner
        elif self.peek() == "{":
            self.scope = {}
        else:
            raise Refused("CALL is for a subquery only")
        self.take("{")
        self.query("}")
        self.take("}")
        for column in self.columns:
            outer[column] = "value"
        self.scope = outer

    def projection(self, *, returning: bool) -> None:
        """The items of WITH or RETURN. What they do not name is out of scope afterwards."""
        if self.peek() == "DISTINCT":
            self.take()
        kept: dict[str, str] = {}
        columns: list[str] = []
        while True:
            if self.peek() == "*":
                raise Refused("'*' hides what is returned: name each column")
            start = len(self.out)
            self.expression(until=(",", "AS"))
            item = "".join(self.out[start:]).strip()
            if self.peek() == "AS":
                self.take()
                name = self.name()
                kept[name] = self.scope.get(item, "value") if item == name else "value"
            else:
                name = item
                kept[name] = self.scope.get(name, "value")
            if returning and item in self.scope and self.scope[item] in ("event", "thing", "link"):
                raise Refused(f"'{item}' is a whole node or link: return what of it is needed")
            columns.append(name)
            if self.peek() != ",":
                break
            self.take()
        self.columns = columns
        # ORDER BY and WHERE after WITH may still use what went before; what comes after may not.
        if not returning:
            if self.peek() == "ORDER":
                self.take()
                self.take("BY")
                self.expression()
            if self.peek() == "WHERE":
                self.take()
                self.expression()
        self.scope = kept if not returning else self.scope

    # -- expressions -----------------------------------------------------------------------------------------------
    def expression(self, until: tuple[str, ...] = ()) -> None:
        """Copy an expression up to the next clause, a closing bracket, or one of ``until`` at this depth."""
        last = ""
        while True:
            token = self.peek()
            kind = self.kind()
            if token == "" or token in (")", "]", "}", ";") or token in until:
                if token == ";":
                    raise Refused("a file holds one question")
                return
            after_dot = last == "."
            if kind == "word" and not after_dot:
                if token == "WITH" and last in ("STARTS", "ENDS"):
                    pass
                elif token in CLAUSES:
                    return
                self.forbid(token)
                if token in SUBQUERIES and self.peek(1) == "{":
                    self.take()
                    self.subquery(counted=token == "COUNT")
                    last = "}"
                    continue
                if self.peek(1) == "{" and token not in BEFORE_A_MAP:
                    raise Refused("a map drawn from a node returns more than is named")
            if token in ("(", "["):
                if token == "[" and last in ("-", "<"):
                    raise Refused("a pattern stands in MATCH only, never in an expression")
                self.take()
                while self.peek() not in (")", "]"):
                    self.expression()
                    if self.peek() == "WHERE":  # a list comprehension's own condition
                        self.take()
                    elif self.peek() not in (")", "]"):
                        raise Refused(f"'{self.peek()}' inside brackets")
                self.take()
                last = ")"
                continue
            if token == "{":
                self.braces()
                last = "}"
                continue
            if (token == "-" and last in ("-", "<")) or (token in ("-",) and self.peek(1) in ("-", ">")):
                raise Refused("a pattern stands in MATCH only, never in an expression")
            if token == "*" and last in ("(", ""):
                raise Refused("'*' counts what may not be seen: count a name")
            last = token
            self.take()

    def subquery(self, *, counted: bool) -> None:
        outer, columns, order = dict(self.scope), self.columns, self.order
        self.take("{")
        self.query("}", counted=counted)
        self.take("}")
        self.scope, self.columns, self.order = outer, columns, order

    def braces(self) -> None:
        """A map ``{name: expression}``."""
        self.take("{")
        while self.peek() != "}":
            self.name()
            self.take(":")
            self.expression(until=(",",))
            if self.peek() == ",":
                self.take()
        self.take("}")


class Read:
    """A question's text as read: both forms with the test, the parameters used, its columns and its order.

    ``every_version`` is for a question about what a record said at any time: closed versions are read as well.
    ``about`` is the variable of the things that the question is about: it can be asked of one of them as well.
    """

    def __init__(self, text: str, *, every_version: bool = False, about: str | None = None) -> None:
        modes: tuple[Mode, Mode] = ("ever", "ever-known") if every_version else ("now", "known")
        readers = [_Reader(text, mode, about, one=one) for one in (False, True) for mode in modes]
        for reader in readers:
            reader.query("")
        now = readers[0]
        if about is not None and not now.about_kinds:
            raise Refused(f"nothing is called '{about}', which the question is said to be about")
        self.now, self.known, self.one_now, self.one_known = ("".join(reader.out).strip() for reader in readers)
        self.about_kinds = frozenset(now.about_kinds)
        self.params = now.params
        self.columns = tuple(now.columns)
        self.order = tuple(now.order)


def read(text: str, *, every_version: bool = False, about: str | None = None) -> Read:
    """A question's text, read.

    :raises Refused: a shape that the grammar does not know.
    """
    return Read(text, every_version=every_version, about=about)
