"""What holds on both engines: the writer writes, whoever asks questions cannot, and a test can start from nothing."""

import neo4j
import pytest
from neo4j.exceptions import Neo4jError

from missingnet.graph.engine import Connection
from missingnet.settings import Settings
from tests.engines import driver, wipe

WRITES = (
    "CREATE (:Child {id: 'written'})",
    "MERGE (:Child {id: 'written'})",
    "MATCH (c:Child {id: 'there'}) SET c.id = 'written'",
    "MATCH (c:Child {id: 'there'}) DETACH DELETE c",
    "CREATE CONSTRAINT written IF NOT EXISTS FOR (c:Place) REQUIRE c.id IS UNIQUE",
    "CREATE INDEX written IF NOT EXISTS FOR (c:Child) ON (c.name)",
    "DROP CONSTRAINT there IF EXISTS",
)


@pytest.fixture
def graph_with_a_child(empty_graph: Connection) -> Connection:
    # A constraint of another test's store would keep this one from being made under its own name.
    wipe(empty_graph, schema=True)
    with driver(empty_graph) as link:
        link.execute_query(
            "CREATE CONSTRAINT there IF NOT EXISTS FOR (c:Child) REQUIRE c.id IS UNIQUE",
            database_=empty_graph.database,
        )
        link.execute_query("CREATE (:Child {id: 'there'})", database_=empty_graph.database)
    return empty_graph


def ids(connection: Connection) -> list[str]:
    with driver(connection, reading=True) as link:
        found = link.execute_query(
            "MATCH (c:Child) RETURN c.id AS id ORDER BY id",
            database_=connection.database,
            routing_=neo4j.RoutingControl.READ,
        )
        return [row["id"] for row in found.records]


def test_the_reader_sees_what_the_writer_wrote(graph_with_a_child: Connection) -> None:
    assert ids(graph_with_a_child) == ["there"]


@pytest.mark.parametrize("statement", WRITES)
def test_whoever_asks_questions_is_refused_every_write(graph_with_a_child: Connection, statement: str) -> None:
    with driver(graph_with_a_child, reading=True) as link, pytest.raises(Neo4jError) as refusal:
        link.execute_query(statement, database_=graph_with_a_child.database, routing_=neo4j.RoutingControl.READ)
    assert "Forbidden" in refusal.value.code or "AccessMode" in refusal.value.code
    assert ids(graph_with_a_child) == ["there"]


def test_a_wiped_graph_is_empty_and_can_lose_its_constraints_too(graph_with_a_child: Connection) -> None:
    wipe(graph_with_a_child, schema=True)
    assert ids(graph_with_a_child) == []
    with driver(graph_with_a_child) as link:
        kept = link.execute_query("SHOW CONSTRAINTS", database_=graph_with_a_child.database).records
    assert kept == []


def test_passwords_do_not_show_when_a_connection_is_printed(connection: Connection) -> None:
    assert connection.write_auth[1] not in repr(connection)
    assert connection.read_auth[1] not in repr(connection)


def test_only_the_embedded_engine_has_a_user_who_may_only_read(
    connection: Connection, engine_settings: Settings
) -> None:
    assert connection.read_only_user == (engine_settings.graph_kind == "embedded")
    assert (connection.read_auth != connection.write_auth) == connection.read_only_user
