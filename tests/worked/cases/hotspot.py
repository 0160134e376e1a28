# ruff: noqa: E501 - a drawn table is as wide as it is
"""HOTSPOT."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="HOTSPOT",
        title="a place, its district and its unit, this period against the one before",
        records="""
episode | child | kind    | started          | ended            | start       | found
A1      | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 |             | Place:Park
B1      | Ben   | missing | 2026-10-05 18:00 | 2026-10-06 02:00 | Place:Park  | Place:Park
C1      | Cat   | missing | 2026-07-05 18:00 | 2026-07-06 02:00 |             | Place:Park
D1      | Dan   | absent  | 2026-10-05 18:00 | 2026-10-06 02:00 |             | Place:Park
E1      | Eve   | missing | 2026-10-05 18:00 |                  | Place:Shop  |
F1      | Fay   | missing | 2026-04-05 18:00 | 2026-04-06 02:00 |             | Place:Park

interview | child | held             | went to
R1        | Ann   | 2026-10-10 10:00 | Place:Park

description | thing      | agency | postcode | lpu
P           | Place:Park | 99     | B5 4AA   | Central
""",
        expected="""
level                | thing_id     | area         | found | started | seen | episodes | children | before_found | before_episodes | before_children | change | records
local policing unit  | not recorded | Central      | 2     | 1       | 1    | 2        | 2        | 1            | 1               | 1               | 1      | A1; B1; R1
place                | Park         | not recorded | 2     | 1       | 1    | 2        | 2        | 1            | 1               | 1               | 1      | A1; B1; R1
postcode district    | not recorded | B5           | 2     | 1       | 1    | 2        | 2        | 1            | 1               | 1               | 1      | A1; B1; R1
place                | Shop         | not recorded | 0     | 1       | 0    | 1        | 1        | 0            | 0               | 0               | 1      | E1
""",
        notes=(
            "The period before is as long as this one, and began on 30 April 2026, 23:00: the "
            "clocks changed, so as many hours began an hour earlier in the day.",
            "1 place has no postcode recorded and is in no district.",
        ),
    ),
    Case(
        rule="HOTSPOT",
        title="an episode in two agencies' records is one; a place told of without a date is counted in neither period",
        records="""
episode | agency | child | kind    | started          | ended            | found
A1      | 99     | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
A2      | 997    | Ann   | missing | 2026-10-03 18:30 | 2026-10-04 02:00 | Place:Park
A3      | 99     | Ann   | missing | 2026-10-13 18:00 | 2026-10-14 02:00 | Place:Park
B1      | 997    | Ben   | missing | 2026-10-05 18:00 | 2026-10-06 02:00 | Place:Park

interview | child | held | went to
R1        | Ann   |      | Place:Park
R2        | Ann   |      | Place:Den
""",
        expected="""
thing_id | found | episodes | seen | change | records
Park     | 3     | 3        | 0    | 3      | A1; A2; A3; B1
""",
        notes=("2 records without a date put a child at a place, and are counted in neither period.",),
    ),
    Case(
        rule="HOTSPOT",
        title="a month half over is set against as many days before it",
        records="""
episode | child | kind    | started          | ended            | found
A1      | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
A2      | Ann   | missing | 2026-10-14 23:59 | 2026-10-15 00:00 | Place:Park
B1      | Ben   | missing | 2026-09-17 18:00 | 2026-09-18 02:00 | Place:Park
C1      | Cat   | missing | 2026-09-16 18:00 | 2026-09-17 02:00 | Place:Park
D1      | Dan   | missing | 2026-10-16 18:00 | 2026-10-17 02:00 | Place:Park
""",
        as_at="2026-10-15 00:00",
        asked={"since": "2026-10-01T00:00", "until": "2026-11-01T00:00"},
        expected="""
thing_id | episodes | before_episodes | change | records
Park     | 2        | 1               | 1      | A1; A2
""",
        notes=(
            "The period before is as long as this one, and began on 17 September 2026, 00:00.",
            "The period is not over: it is counted to 15 October 2026, 00:00, the date asked about.",
        ),
    ),
]
