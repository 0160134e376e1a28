# ruff: noqa: E501 - a drawn table is as wide as it is
"""CROSS-BORDER."""

from tests.worked.drawn import Case

KNOWN_BY = """
description | thing     | identifiers
N1          | Child:Ann | council:997 1; upn A1
N2          | Child:Ben | council:997 2
N3          | Child:Cat | council:998 3
N4          | Child:Dan | police:99 N4
N5          | Child:Eve | council:997 5
"""

CASES = [
    Case(
        rule="CROSS-BORDER",
        title="a network and an adult span two councils; a park that one council's children go to is just short",
        records=KNOWN_BY
        + """
episode | child | started          | ended            | found      | with
A1      | Ann   | 2026-09-05 20:00 | 2026-09-06 02:00 | Place:Park | Child:Ben
A2      | Ann   | 2026-09-12 20:00 | 2026-09-13 02:00 |            | Child:Ben
B1      | Ben   | 2026-09-20 20:00 | 2026-09-21 02:00 |            | Child:Cat
B2      | Ben   | 2026-09-27 20:00 | 2026-09-28 02:00 |            | Child:Cat

intelligence | at               | subject   | relation | other
I1           | 2026-09-22 12:00 | Child:Ben | friend   | Associate:Taz
I2           | 2026-09-23 12:00 | Child:Cat | friend   | Associate:Taz
I3           | 2026-09-23 12:00 | Child:Dan | friend   | Associate:Taz
""",
        ordered=True,
        expected="""
level     | thing_id     | spans    | child_ids     | no_council_ids | records
network   | not recorded | 997; 998 | Ann; Ben; Cat |                | A1; A2; B1; B2; I1; I2
associate | Taz          | 997; 998 | Ben; Cat; Dan | Dan            | I1; I2; I3
""",
        notes=("Children whom no description gives a council's number: 1 of 4.",),
    ),
    Case(
        rule="CROSS-BORDER",
        title="asked about the park, the rule says why it does not fire",
        records=KNOWN_BY
        + """
episode | child | started          | ended            | found
A1      | Ann   | 2026-09-05 20:00 | 2026-09-06 02:00 | Place:Park
B1      | Ben   | 2026-09-06 20:00 | 2026-09-07 02:00 | Place:Park
""",
        asked={"thing": "@Place:Park"},
        expected="""
level | thing_id | state      | spans | child_ids | why
place | Park     | just short | 997   | Ann; Ben  | 1 authority; the rule fires at 2
""",
    ),
    Case(
        rule="CROSS-BORDER",
        title="a child of one council placed in another's area: the home's own authority counts where it is a code, and a name is shown",
        records=KNOWN_BY
        + """
placement | child | home       | started    | ended
P1        | Ann   | Home:Elms  | 2024-03-01 |
P2        | Ben   | Home:Firs  | 2026-03-01 |
P3        | Cat   | Home:Oaks  | 2026-03-01 | 2026-04-01
P4        | Eve   | Home:Oaks  | 2026-05-01 |

description | thing     | authority
H1          | Home:Elms | 998
H2          | Home:Firs | Quillhaven
""",
        expected="""
level | thing_id | spans    | child_ids | authorities | ways      | records
home  | Elms     | 997; 998 | Ann       | 998         | placed at | P1
home  | Oaks     | 997; 998 | Cat; Eve  |             | placed at | P3; P4
""",
    ),
    Case(
        rule="CROSS-BORDER",
        title="a place that more children than the limit are named with is a hub, left out and said so",
        records=KNOWN_BY
        + """
episode | child | started          | ended            | found          | with
A1      | Ann   | 2026-09-05 20:00 | 2026-09-06 02:00 | Place:Hospital |
B1      | Ben   | 2026-09-06 20:00 | 2026-09-07 02:00 | Place:Hospital |
C1      | Cat   | 2026-09-06 20:00 | 2026-09-07 02:00 | Place:Hospital |
C2      | Cat   | 2026-09-08 20:00 | 2026-09-09 02:00 | Place:Pier     |
B2      | Ben   | 2026-09-08 20:00 | 2026-09-09 02:00 | Place:Pier     |
""",
        asked={"hub_children": 2},
        expected="""
level | thing_id | spans    | child_ids
place | Pier     | 997; 998 | Ben; Cat
""",
        notes=("Hubs left out: 1. More than 2 children are named with each, so sharing it says little.",),
    ),
]
