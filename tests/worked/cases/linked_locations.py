"""LINKED-LOCATIONS."""

from tests.worked.drawn import Case

ONE_SHORT = """
episode | child | started          | ended            | start       | found
A1      | Ann   | 2026-09-03 18:00 | 2026-09-04 02:00 | Place:Arch  | Place:Park
A2      | Ann   | 2026-09-05 18:00 | 2026-09-06 02:00 |             | Place:Hotel
B1      | Ben   | 2026-09-05 18:00 | 2026-09-06 02:00 |             | Place:Mall

intelligence | at               | subject         | relation | other
I1           | 2026-09-01 12:00 | Vehicle:AB12CDE | seen at  | Place:Park
I2           | 2026-09-02 12:00 | Vehicle:AB12CDE | seen at  | Place:Hotel
"""

CASES = [
    Case(
        rule="LINKED-LOCATIONS",
        title="two places share a child and a vehicle; a third shares only one child and is just short",
        records="""
episode | child | started          | ended            | start       | found
A1      | Ann   | 2026-09-03 18:00 | 2026-09-04 02:00 | Place:Arch  | Place:Park
A2      | Ann   | 2026-09-05 18:00 | 2026-09-06 02:00 |             | Place:Hotel

intelligence | at               | subject         | relation | other
I1           | 2026-09-01 12:00 | Vehicle:AB12CDE | seen at  | Place:Park
I2           | 2026-09-02 12:00 | Vehicle:AB12CDE | seen at  | Place:Hotel
""",
        expected="""
place_id+other_id | shared | child_ids | associate_ids | vehicle_ids | ways              | records
Hotel; Park       | 2      | Ann       |               | AB12CDE     | found at; seen at | A1; A2; I1; I2
""",
    ),
    Case(
        rule="LINKED-LOCATIONS",
        title="a child who tells of two places, and the associate told of beside them; a hub is left out",
        records="""
interview | child | held             | with          | went to
R1        | Ann   | 2026-09-10 10:00 | Associate:Taz | Place:Park; Place:Hotel
R2        | Ben   | 2026-09-10 10:00 |               | Place:Hospital; Place:Park
R3        | Cat   | 2026-09-10 10:00 |               | Place:Hospital; Place:Park

episode | child | started          | ended            | found
D1      | Dan   | 2026-09-03 18:00 | 2026-09-04 02:00 | Place:Hospital
E1      | Eve   | 2026-09-03 18:00 | 2026-09-04 02:00 | Place:Hospital
""",
        asked={"hub_children": 3},
        expected="""
place_id+other_id | shared | child_ids | associate_ids | ways                                  | records
Hotel; Park       | 2      | Ann       | Taz           | same interview; told of in interview | R1
""",
    ),
    Case(
        rule="LINKED-LOCATIONS",
        title="asked of one place: the pair that it is in, and the pair one short",
        records=ONE_SHORT,
        asked={"place": "@Place:Hotel"},
        expected="""
place_id+other_id | state      | shared | why
Hotel; Park       | fired      | 2      | share 1 child, 1 vehicle; the rule fires at 2
Arch; Hotel       | just short | 1      | share 1 child; the rule fires at 2
""",
    ),
    Case(
        rule="LINKED-LOCATIONS",
        title="asked of one place: why not, for nobody there was elsewhere",
        records=ONE_SHORT,
        asked={"place": "@Place:Mall"},
        expected="""
place_id | state     | why
Mall     | not fired | nobody and no vehicle at it in the window was at another place too
""",
    ),
    Case(
        rule="LINKED-LOCATIONS",
        title="asked of one place: why not, for it is a hub",
        records=ONE_SHORT,
        asked={"place": "@Place:Park", "hub_children": 0},
        expected="""
place_id | state     | why
Park     | not fired | a hub: 1 child was there, and above 0 it ties everybody to everybody
""",
        notes=("4 places are left out as hubs: more than 0 children were there, so sharing it says little.",),
    ),
]
