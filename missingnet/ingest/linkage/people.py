"""People as records describe them, made ready to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from missingnet.ingest.linkage.engine import rows
from missingnet.ingest.linkage.spelling import days, spellings
from missingnet.ingest.linkage.tabled import Kind, table

if TYPE_CHECKING:
    import duckdb

#: Premises that more people than this are recorded at are a hospital, a station or a home: no evidence who is who.
SHARED_BY_MANY: Final = 10
#: A name that this many people (and one in five thousand) have is a name, however near another it is in letters.
HELD_BY: Final = 3
#: What is said of a person, and whether it is one text or several.
SAID: Final[Mapping[str, Kind]] = {
    "id": "text",
    "thing": "text",
    "given": "text",
    "family": "text",
    "born": "text",
    "sex": "text",
    "postcode": "text",
    "postcodes": "texts",
    "premises": "texts",
    "schools": "texts",
    "kin": "texts",
    "around": "texts",
    "registers": "texts",
}
_KINDS: Final[Mapping[str, Kind]] = {"words": "texts", "forms": "texts", "listed": "flag", "number": "number"}


@dataclass(frozen=True, slots=True)
class Described:
    """One spelling of one person. ``thing`` is whom it stands for already; rows of one person are never paired.

    ``kin`` and ``around`` name persons: brothers and sisters; those recorded beside this one. ``registers`` are the
    registers in which this person has a number of their own (never a police nominal: a force may hold one twice).
    """

    id: str
    thing: str
    given: str | None = None
    family: str | None = None
    born: str | None = None
    sex: str | None = None
    postcode: str | None = None
    postcodes: tuple[str, ...] = ()
    premises: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()


def say(con: duckdb.DuckDBPyConnection, people: Sequence[Described]) -> None:
    """Put them into the table ``said``."""
    table(con, "said", {name: [getattr(one, name) for one in people] for name in SAID}, SAID)


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table ``prepared`` from ``said``: everything the model's conditions and blocks read."""
    table(con, "names", spellings(_distinct(con, "given", "family")), _KINDS)
    table(con, "births", days(_distinct(con, "born")), _KINDS)
    con.execute(_PREPARE, [HELD_BY, SHARED_BY_MANY]).fetchall()


def _distinct(con: duckdb.DuckDBPyConnection, *columns: str) -> Iterable[str]:
    asked = " UNION ".join(f"SELECT {column} AS text FROM said WHERE {column} IS NOT NULL" for column in columns)  # noqa: S608 (columns are ours)
    return [row[0] for row in rows(con, f"{asked} ORDER BY text")]


_PREPARE: Final = r"""
CREATE OR REPLACE TABLE prepared AS
WITH plain AS (
    SELECT id, thing, sex, schools, kin, around, registers, given, family, born,
        nullif(upper(regexp_replace(postcode, '[^A-Za-z0-9]', '', 'g')), '') AS postcode,
        list_transform(postcodes, lambda x: upper(regexp_replace(x, '[^A-Za-z0-9]', '', 'g'))) AS postcodes,
        premises
    FROM said
), crowded AS (
    SELECT premise FROM (SELECT DISTINCT thing, unnest(premises) AS premise FROM plain)
    GROUP BY premise HAVING count(*) > $2
), homes AS (
    SELECT id, list(premise ORDER BY premise) AS premises
    FROM (SELECT DISTINCT id, unnest(premises) AS premise FROM plain)
    WHERE premise NOT IN (SELECT premise FROM crowded)
    GROUP BY id
), crowds AS (
    SELECT code FROM (
        SELECT DISTINCT thing, unnest(list_append(coalesce(postcodes, []), postcode)) AS code FROM plain
    )
    GROUP BY code HAVING count(*) > 10 * $2
), known_codes AS (
    SELECT id, list(code ORDER BY code) AS postcodes
    FROM (SELECT DISTINCT id, unnest(list_append(coalesce(postcodes, []), postcode)) AS code FROM plain)
    WHERE code IS NOT NULL AND code NOT IN (SELECT code FROM crowds WHERE code IS NOT NULL)
    GROUP BY id
), held AS (
    SELECT names.name, count(DISTINCT plain.thing) AS people
    FROM plain JOIN names ON names.text = plain.given
    GROUP BY names.name
), total AS (
    SELECT count(DISTINCT thing) AS people FROM plain
)
SELECT
    plain.id, plain.thing, plain.sex, plain.schools, plain.kin, plain.around, plain.registers, plain.postcode,
    homes.premises, known_codes.postcodes,
    CASE WHEN regexp_matches(plain.postcode, '^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$')
        THEN left(plain.postcode, length(plain.postcode) - 2) END AS sector,
    g.name AS given, g.forms AS given_forms, g.words AS given_words,
    coalesce(g.listed OR (held.people >= $1 AND held.people * 5000 >= total.people), false) AS given_is_a_name,
    f.name AS family, f.words AS family_words, f.sound AS family_sound,
    g.name || ' ' || f.name AS whole,
    CASE WHEN g.name <> f.name THEN f.name || ' ' || g.name END AS exchanged,
    left(g.name, 1) || left(f.name, 1) AS initials,
    least(g.sound, f.sound) || ' ' || greatest(g.sound, f.sound) AS sounds,
    b.day AS born, b.exchanged AS born_exchanged, b.number AS born_number, left(b.day, 4) AS year,
    left(b.day, 7) AS month
FROM plain
CROSS JOIN total
LEFT JOIN names g ON g.text = plain.given
LEFT JOIN names f ON f.text = plain.family
LEFT JOIN births b ON b.text = plain.born
LEFT JOIN held ON held.name = g.name
LEFT JOIN homes ON homes.id = plain.id
LEFT JOIN known_codes ON known_codes.id = plain.id
ORDER BY plain.id
"""
