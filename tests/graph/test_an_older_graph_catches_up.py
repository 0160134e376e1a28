"""A graph that an earlier version wrote is brought up to date when the program opens it, and tells the same."""

from datetime import datetime
from pathlib import Path

from missingnet.graph.terms import GOES_ON
from tests import engines
from tests.graph.stored import Graph
from tests.graph.test_store_keeps_the_law_once import record

OLDER = "MATCH (s:SchemaVersion) WHERE s.number = 7 DELETE s"
FORGET = "MATCH (e:Episode) REMOVE e.over"
#: More than are brought up to date at once.
MANY = 260


def test_episodes_of_an_older_graph_are_told_when_they_were_over(graph: Graph, tmp_path: Path) -> None:
    graph.empty()
    graph.load([record(f"{n}") for n in range(MANY)])
    before = graph.fingerprint()
    with engines.driver(graph.connection) as driver:
        for change in (OLDER, FORGET):
            driver.execute_query(change, database_=graph.connection.database)
    assert graph.count("MATCH (e:Episode) WHERE e.over IS NULL RETURN count(e)") == MANY
    later = Graph(graph.connection, tmp_path)
    try:
        with engines.driver(graph.connection) as driver:
            rows = driver.execute_query(
                "MATCH (e:Episode) RETURN e.over AS over, count(e) AS many", database_=graph.connection.database
            ).records
        assert [(datetime.fromisoformat(row["over"].isoformat()), row["many"]) for row in rows] == [(GOES_ON, MANY)]
        assert later.fingerprint() == before
    finally:
        later.run(later.store.close())
        later.loop.close()
