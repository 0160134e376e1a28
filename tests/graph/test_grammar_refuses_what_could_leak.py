"""Every shape that the grammar refuses, and every accepted shape with the access test written into it."""

import pytest

from missingnet.graph.grammar import read
from missingnet.graph.query_words import Refused

C = "MATCH (c:Child)-[h:HAD]->(e:Episode) "
END = " RETURN c.id AS id ORDER BY id"

REFUSED = {
    "a thing on no link": "MATCH (c:Child {id: $x}) RETURN c.id AS id",
    "a second path with a thing on no link": C.rstrip() + ", (p:Place)" + END,
    "an optional thing on no link": C + "OPTIONAL MATCH (p:Place {id: $p})" + END,
    "an arrow with no link": "MATCH (c:Child)-->(e:Episode)" + END,
    "a line with no link": "MATCH (c:Child)--(e:Episode)" + END,
    "a link with no name": "MATCH (c:Child)-[:HAD]->(e:Episode)" + END,
    "a link with no type": "MATCH (c:Child)-[h]->(e:Episode)" + END,
    "a link of no known kind": "MATCH (c:Child)-[h:JOINS]->(e:Episode)" + END,
    "a star on a link": "MATCH (c:Child)-[h:HAD*1..2]->(e:Episode)" + END,
    "a map in a link": "MATCH (c:Child)-[h:HAD {role: 'x'}]->(e:Episode)" + END,
    "a condition in a link": "MATCH (c:Child)-[h:HAD WHERE h.role = 'x']->(e:Episode)" + END,
    "a quantifier on a link": "MATCH (c:Child)-[h:LINKED_TO]-{1,2}(d:Child)" + END,
    "a plus on a link": "MATCH (c:Child)-[h:LINKED_TO]-+(d:Child)" + END,
    "a condition in a node": "MATCH (c:Child WHERE c.id = 'x')-[h:HAD]->(e:Episode)" + END,
    "one name for two links": C + "MATCH (e)-[h:FOUND_AT]->(p:Place)" + END,
    "a node without a name": "MATCH (:Child)-[h:HAD]->(e:Episode) RETURN e.id AS id",
    "a node without a label": "MATCH (c)-[h:HAD]->(e:Episode)" + END,
    "a node that WITH let go": C + "WITH c MATCH (e)<-[k:HAD]-(c)" + END,
    "a node whose link may lead to a thing or an event": "MATCH (c:Child)-[l:HAD|LINKED_TO]-(x)" + END,
    "a node beyond a bracketed pattern": "MATCH (c:Child {id: $x}) ((a:Child)-[l:LINKED_TO]-(b:Child)){1,2} (d)" + END,
    "a kind that is not the graph's": "MATCH (c:Key)-[h:HAD]->(e:Episode)" + END,
    "labels both at once": "MATCH (c:Child&Associate)-[h:HAD]->(e:Episode)" + END,
    "a named path": "MATCH p = (c:Child)-[h:HAD]->(e:Episode)" + END,
    "a shortest path": "MATCH shortestPath((c:Child)-[h:HAD]->(e:Episode))" + END,
    "a shortest path in an expression": C + "WITH c, shortestPath((c)) AS p" + END,
    "a pattern in a condition": C + "WHERE (c)-[:HAD]->()" + END,
    "a pattern in a list": C + "RETURN [(c)-[k:HAD]->(z) | z.id] AS id",
    "a pattern in size": C + "RETURN size((c)--()) AS id",
    "EXISTS that starts with a pattern": C + "WHERE EXISTS { (c)-[k:HAD]->(e) }" + END,
    "COUNT that starts with a pattern": C + "RETURN COUNT { (c)--() } AS id",
    "COUNT of things on no link": C + "RETURN COUNT { MATCH (x:Child) } AS id",
    "CALL that starts with WITH": C + "CALL { WITH c MATCH (c)-[k:HAD]->(z:Episode) RETURN z.id AS z }" + END,
    "CALL that takes in everything": C + "CALL (*) { MATCH (c)-[k:HAD]->(z:Episode) RETURN z.id AS z }" + END,
    "an engine's procedure": C + "CALL db.labels() YIELD label RETURN label AS id",
    "a limit": C + END + " LIMIT 5",
    "a limit in CALL": C + "CALL (c) { MATCH (c)-[k:HAD]->(z:Episode) RETURN z.id AS z LIMIT 1 }" + END,
    "a skip": C + END + " SKIP 5",
    "a whole node": C + "RETURN c AS id",
    "a whole link": C + "RETURN h AS id",
    "everything": C + "RETURN *",
    "a map drawn from a node": C + "RETURN c {.*} AS id",
    "all properties": C + "RETURN properties(e) AS id",
    "a count of rows": C + "RETURN count(*) AS id",
    "the clock": C + "WHERE e.started < localdatetime()" + END,
    "today": C + "WHERE e.started < date()" + END,
    "chance": C + "RETURN rand() AS id",
    "a write": C + "SET c.x = 1" + END,
    "a removal": C + "DETACH DELETE c",
    "a creation": "CREATE (c:Child) RETURN c.id AS id",
    "a quoted name": "MATCH (`c`:Child)-[h:HAD]->(e:Episode) RETURN `c`.id AS id",
    "a second question": C + END + "; MATCH (n) DETACH DELETE n",
    "a quantified pattern without an upper bound": (
        "MATCH (c:Child {id: $x}) ((a:Child)-[l:LINKED_TO]-(b:Child)){1,} (d:Child)" + END
    ),
    "a question that starts with RETURN": "RETURN 1 AS id",
}


@pytest.mark.parametrize("shape", REFUSED)
def test_a_shape_that_could_leak_or_cut_is_refused(shape: str) -> None:
    with pytest.raises(Refused):
        read(REFUSED[shape])


SEEN = "$visible[{0}.visibility]"
ACCEPTED = {
    "a link and its event": (C + END, ["h", "e"]),
    "the author's own condition in brackets": (C + "WHERE e.kind = 'missing' OR true" + END, ["h", "e"]),
    "an optional match": (C + "OPTIONAL MATCH (e)-[f:FOUND_AT]->(p:Place|Home)" + END, ["h", "e", "f"]),
    "two paths": (
        "MATCH (c:Child)-[h:HAD]->(e:Episode), (d:Child)-[g:HAD]->(f:Episode)" + END,
        ["h", "e", "g", "f"],
    ),
    "EXISTS": (C + "WHERE EXISTS { MATCH (e)-[f:FOUND_AT]->(p:Place) }" + END, ["h", "e", "f"]),
    "COUNT with a guard": (
        C + "RETURN c.id AS id, COUNT { MATCH (c)-[k:HAD]->(z:Episode) RETURN 1 LIMIT $n } AS n ORDER BY id",
        ["h", "e", "k", "z"],
    ),
    "COLLECT": (
        C + "RETURN c.id AS id, COLLECT { MATCH (c)-[k:HAD]->(z:Episode) RETURN z.kind } AS n ORDER BY id",
        ["h", "e", "k", "z"],
    ),
    "CALL with UNION": (
        C + "CALL (c) { MATCH (c)-[k:HAD]->(z:Episode) RETURN z.id AS z "
        "UNION MATCH (c)-[m:LINKED_TO]->(y:Child) RETURN y.id AS z }" + END,
        ["h", "e", "k", "z", "m"],
    ),
    "a bracketed quantified pattern": (
        "MATCH (c:Child {id: $x}) ((a:Child)-[l:LINKED_TO]-(b:Child) WHERE a.id <> b.id OR true){1,2} (d:Child)" + END,
        ["l"],
    ),
    "events by the only link that leads to them": (
        "MATCH (c:Child)-[h:HAD|WENT_WITH|NAMES]-(e)-[f:HAD|FOUND_AT|NAMES]-(p) RETURN p.id AS id ORDER BY id",
        ["h", "e", "f"],
    ),
    "things by the only link that leads to them": ("MATCH (c:Child)-[l:LINKED_TO|USES]-(x)" + END, ["l"]),
    "an event from a value": (
        C + "WITH collect(c) AS cs UNWIND cs AS x MATCH (x)-[k:HAD]-(y) RETURN y.record AS id ORDER BY id",
        ["h", "e", "k", "y"],
    ),
    "a value carried on": (
        C + "WITH collect(e) AS es UNWIND es AS x MATCH (x)-[f:FOUND_AT]->(p:Place) RETURN p.id AS id ORDER BY id",
        ["h", "e", "f"],
    ),
}


@pytest.mark.parametrize("shape", ACCEPTED)
@pytest.mark.parametrize("mode", ["now", "known"])
def test_an_accepted_shape_carries_the_test_for_every_link_and_event(shape: str, mode: str) -> None:
    text, tested = ACCEPTED[shape]
    written = getattr(read(text), mode)
    for name in tested:
        assert written.count(SEEN.format(name)) == 1, written
        if mode == "known":
            assert f"{name}.known_from <= $known_at AND $known_at < {name}.known_to" in written
    assert written.count("$visible[") == len(tested)


def test_the_authors_or_cannot_open_the_door() -> None:
    written = read(C + "WHERE e.kind = 'missing' OR true" + END).now
    assert f"{SEEN.format('h')} AND {SEEN.format('e')} AND ( e.kind = 'missing' OR true)" in written


def test_the_columns_the_order_and_the_parameters_are_read_off() -> None:
    found = read(C + "WHERE e.started >= $since RETURN c.id AS id, count(DISTINCT e.record) AS n ORDER BY n DESC, id")
    assert (found.columns, found.order, found.params) == (("id", "n"), ("n", "id"), frozenset({"since"}))
