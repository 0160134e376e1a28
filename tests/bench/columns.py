"""GROUP-MISSING once more, over the same records in columns: what the graph's answer is measured against.

It does the same work from the same ground. The tables hold a row for each episode and for each link of a record, of
all years, as the graph does; the question finds the period's episodes, who and what stands beside them, who knows
which associate by any record that names both, leaves out hubs, joins what overlaps, and tells both children's episodes
of the baseline window.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from missingnet.graph.keyed import Keyed
from tests.bench.loaded import Loaded

Pair = tuple[str, str, frozenset[str]]
"""In which way, beside which thing, by which two episodes."""

_TABLES = {
    "episode": "record TEXT, child TEXT, agency TEXT, kind TEXT, started TIMESTAMP, ended TIMESTAMP",
    "side": "record TEXT, link TEXT, thing TEXT, kind TEXT",
}
_WAYS = {"KNOWS": "associate", "FOUND_AT": "found place", "STARTED_AT": "start place", "WENT_WITH": "companion"}
_QUESTION = """
WITH candidate AS (
  SELECT * FROM episode WHERE kind = 'missing' AND started >= $baseline AND started < $until
    AND (ended IS NULL OR ended > $since)),
went AS (
  SELECT c.child, c.record, c.started, coalesce(c.ended, $until) AS over, s.link, s.thing, s.kind
  FROM candidate c JOIN side s USING (record)
  WHERE s.link IN ('STARTED_AT', 'FOUND_AT', 'WENT_WITH') AND s.thing <> c.child),
knows AS (
  SELECT DISTINCT a.thing AS child, b.thing FROM side a JOIN side b USING (record)
  WHERE a.kind = 'Child' AND a.link IN ('HAD', 'WENT_WITH', 'TELLS_OF', 'NAMES') AND b.kind = 'Associate'
    AND a.thing IN (SELECT child FROM candidate)),
beside AS (
  SELECT * FROM went
  UNION ALL
  SELECT child, record, started, coalesce(ended, $until), 'WENT_WITH', child, 'Child' FROM candidate
  WHERE child IN (SELECT thing FROM went WHERE kind = 'Child')
  UNION ALL
  SELECT c.child, c.record, c.started, coalesce(c.ended, $until), 'KNOWS', k.thing, 'Associate'
  FROM candidate c JOIN knows k USING (child)),
hub AS (
  SELECT link, thing FROM beside WHERE kind NOT IN ('Child', 'Associate')
  GROUP BY link, thing HAVING count(DISTINCT child) > $hub_children),
kept AS (SELECT * FROM beside ANTI JOIN hub USING (link, thing)),
pair AS (
  SELECT a.child AS one, b.child AS other, a.link, a.thing, a.record AS first, b.record AS second
  FROM kept a JOIN kept b
    ON a.link = b.link AND a.thing = b.thing AND a.child < b.child AND a.started < b.over AND b.started < a.over),
told AS (
  SELECT child, list({'record': record, 'agency': agency, 'started': started, 'ended': ended}) AS episodes FROM episode
  WHERE kind = 'missing' AND started >= $baseline AND started < $until
    AND child IN (SELECT one FROM pair UNION SELECT other FROM pair) GROUP BY child)
SELECT pair.link, pair.thing, pair.first, pair.second, m.episodes, n.episodes
FROM pair JOIN told m ON pair.one = m.child JOIN told n ON pair.other = n.child"""


class Columns:
    """The bench's records in DuckDB."""

    def __init__(self, tables: duckdb.DuckDBPyConnection) -> None:
        self._tables = tables

    def ask(self, **settled: Any) -> list[tuple[Any, ...]]:
        """The pairs of a period, each with both children's episodes of the baseline window."""
        asked = {name: value for name, value in settled.items() if f"${name}" in _QUESTION}
        return self._tables.execute(_QUESTION, asked).fetchall()

    @staticmethod
    def pairs(rows: list[tuple[Any, ...]]) -> set[Pair]:
        """What was answered, in the words of the graph's answer."""
        return {(_WAYS[link], thing, frozenset((first, second))) for link, thing, first, second, *_ in rows}


@contextmanager
def columns(bench: Loaded) -> Iterator[Columns]:
    """The records of the bench's graph, put into columns."""
    keyed = Keyed(bench.settings.secret_key())
    with TemporaryDirectory() as folder, duckdb.connect() as tables:
        files = {name: Path(folder) / f"{name}.csv" for name in _TABLES}
        with files["episode"].open("w", newline="") as one, files["side"].open("w", newline="") as other:
            episodes, sides = csv.writer(one), csv.writer(other)
            for record in bench.graph.records():
                name = keyed("record", record.name)
                things = {slot: keyed("thing", mention.keys[0]) for slot, mention in record.mentions.items()}
                for link in record.links:
                    if "record" in (link.source, link.target):
                        slot = link.target if link.source == "record" else link.source
                        sides.writerow((name, link.type, things[slot], record.mentions[slot].label))
                if record.label == "Episode":
                    told = [record.facts.get(fact) for fact in ("kind", "started", "ended")]
                    episodes.writerow((name, things["whom"], record.agency, *told))
        for name, file in files.items():
            tables.execute(f"CREATE TABLE {name} ({_TABLES[name]})")
            tables.execute(f"COPY {name} FROM '{file}' (HEADER false)")
        yield Columns(tables)
