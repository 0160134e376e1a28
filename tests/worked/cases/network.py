# ruff: noqa: E501 - a drawn table is as wide as it is
"""NETWORK."""

from tests.worked.drawn import Case

#: Ann, Ben and Cat are tied; Dan and Eve are a pair; Fay was once beside Eve.
TIED = """
episode | child | started          | ended            | with
A1      | Ann   | 2026-09-05 20:00 | 2026-09-06 02:00 | Child:Ben; Associate:Taz
A2      | Ann   | 2026-09-12 20:00 | 2026-09-13 02:00 | Child:Ben
B1      | Ben   | 2026-09-20 20:00 | 2026-09-21 02:00 | Child:Cat
C1      | Cat   | 2026-09-27 20:00 | 2026-09-28 02:00 | Child:Ben
D1      | Dan   | 2026-09-05 20:00 | 2026-09-06 02:00 | Child:Eve
E1      | Eve   | 2026-09-12 20:00 | 2026-09-13 02:00 | Child:Dan
F1      | Fay   | 2026-09-19 20:00 | 2026-09-20 02:00 | Child:Eve
"""

#: Ann and Ben, Cat and Dan; what joins the two pairs is one record and one adult.
BRIDGED = """
episode | child | started          | ended            | with
A1      | Ann   | 2026-09-05 20:00 | 2026-09-06 02:00 | Child:Ben
A2      | Ann   | 2026-09-12 20:00 | 2026-09-13 02:00 | Child:Ben
C1      | Cat   | 2026-09-05 20:00 | 2026-09-06 02:00 | Child:Dan
C2      | Cat   | 2026-09-12 20:00 | 2026-09-13 02:00 | Child:Dan
B1      | Ben   | 2026-09-20 20:00 | 2026-09-21 02:00 | Child:Cat

intelligence | at               | subject   | relation | other
I1           | 2026-09-22 12:00 | Child:Ben | friend   | Associate:Taz
I2           | 2026-09-23 12:00 | Child:Cat | friend   | Associate:Taz
"""

CASES = [
    Case(
        rule="NETWORK",
        title="three children whom records tie are a community; a tied pair is not listed, and a child met once is tied to nobody",
        records=TIED,
        expected="""
child_ids     | size | state     | records        | shared | members.record_count
Ann; Ben; Cat | 3    | unchanged | A1; A2; B1; C1 | 5      | 2; 2; 4
""",
        notes=(
            "Children in a community: 3, of 6 whom records of the window name with somebody or something. Smaller sets of tied children, not listed: 1.",
        ),
    ),
    Case(
        rule="NETWORK",
        title="asked about a child of a pair, the rule says that it is just short",
        records=TIED,
        asked={"child": "@Dan"},
        expected="""
child_ids | state      | why
Dan; Eve  | just short | 2 children, tied by at least 2 separate pieces of evidence (a place counts 0.25); the rule fires at 3.
""",
    ),
    Case(
        rule="NETWORK",
        title="asked about a child who is tied to nobody, it says what was found and what a tie takes",
        records=TIED,
        asked={"child": "@Fay"},
        expected="""
child_ids | state     | why
Fay       | not fired | Records that name the child: 1. Separate pieces of evidence shared with any one other child: 1 at most; a tie takes 2 (a place counts 0.25).
""",
    ),
    Case(
        rule="NETWORK",
        title="an adult or a child without whom a community falls into parts bridges it; a child at its edge does not",
        records=BRIDGED,
        ordered=True,
        expected="""
child_ids          | associate_ids | associate_bridges.bridge_id | associate_bridges.records | child_bridges.bridge_id
Ann; Ben; Cat; Dan | Taz           | Taz                         | I1; I2                    |
""",
    ),
    Case(
        rule="NETWORK",
        title="one record counts once, however many it names: an interview of five does not make a network",
        records="""
interview | child | held             | with                                          | went to    | slept at
R1        | Ann   | 2026-09-10 10:00 | Child:Ben; Child:Cat; Child:Dan; Associate:Taz | Place:Park | Place:Flat

intelligence | at               | subject   | relation | other
I1           | 2026-09-22 12:00 | Child:Eve | friend   | Associate:Taz
I2           | 2026-09-23 12:00 | Child:Eve | seen at  | Place:Park
I3           | 2026-09-24 12:00 | Child:Eve | seen at  | Place:Flat
""",
        expected="""
child_ids | state
""",
    ),
    Case(
        rule="NETWORK",
        title="places alone, where two are made to count as one person: three do not tie, four do",
        records="""
episode | child | started          | ended            | found
A1      | Ann   | 2026-09-01 20:00 | 2026-09-02 02:00 | Place:Park
A2      | Ann   | 2026-09-03 20:00 | 2026-09-04 02:00 | Place:Flat
A3      | Ann   | 2026-09-05 20:00 | 2026-09-06 02:00 | Place:Arch
A4      | Ann   | 2026-09-07 20:00 | 2026-09-08 02:00 | Place:Pier
B1      | Ben   | 2026-09-11 20:00 | 2026-09-12 02:00 | Place:Park
B2      | Ben   | 2026-09-13 20:00 | 2026-09-14 02:00 | Place:Flat
B3      | Ben   | 2026-09-15 20:00 | 2026-09-16 02:00 | Place:Arch
B4      | Ben   | 2026-09-17 20:00 | 2026-09-18 02:00 | Place:Pier
C1      | Cat   | 2026-09-21 20:00 | 2026-09-22 02:00 | Place:Park
C2      | Cat   | 2026-09-23 20:00 | 2026-09-24 02:00 | Place:Flat
C3      | Cat   | 2026-09-25 20:00 | 2026-09-26 02:00 | Place:Arch
""",
        asked={"min_children": 2, "place_weight": 0.5},
        expected="""
child_ids | place_ids              | held | draws
Ann; Ben  | Arch; Flat; Park; Pier | 10   | 20
""",
    ),
    Case(
        rule="NETWORK",
        title="over time: one is new, one has grown, two have merged, one is gone",
        records="""
episode | child | started          | ended            | with
A1      | Ann   | 2025-11-05 20:00 | 2025-11-06 02:00 | Child:Ben; Child:Cat
A2      | Ann   | 2026-09-12 20:00 | 2026-09-13 02:00 | Child:Ben; Child:Cat
B1      | Ben   | 2026-09-20 20:00 | 2026-09-21 02:00 | Child:Cat; Child:Ann
B2      | Ben   | 2026-10-10 20:00 | 2026-10-11 02:00 | Child:Dan
B3      | Ben   | 2026-10-11 20:00 | 2026-10-12 02:00 | Child:Dan
E1      | Eve   | 2026-10-12 20:00 | 2026-10-13 02:00 | Child:Fay; Child:Gus
E2      | Eve   | 2026-10-13 20:00 | 2026-10-14 02:00 | Child:Fay; Child:Gus
H1      | Hal   | 2025-10-12 20:00 | 2025-10-13 02:00 | Child:Ida; Child:Jon
H2      | Hal   | 2025-10-13 20:00 | 2025-10-14 02:00 | Child:Ida; Child:Jon
K1      | Kim   | 2026-09-12 20:00 | 2026-09-13 02:00 | Child:Lou; Child:Max
K2      | Kim   | 2026-09-13 20:00 | 2026-09-14 02:00 | Child:Lou; Child:Max
N1      | Ned   | 2026-09-14 20:00 | 2026-09-15 02:00 | Child:Ola; Child:Pip
N2      | Ned   | 2026-09-15 20:00 | 2026-09-16 02:00 | Child:Ola; Child:Pip
N3      | Ned   | 2026-10-14 20:00 | 2026-10-15 02:00 | Child:Kim
N4      | Ned   | 2026-10-15 20:00 | 2026-10-16 02:00 | Child:Kim
""",
        ordered=True,
        expected="""
state   | child_ids                    | before_child_ids             | joined_child_ids | child_bridges.bridge_id
new     | Eve; Fay; Gus                |                              |                  |
merged  | Kim; Lou; Max; Ned; Ola; Pip | Kim; Lou; Max; Ned; Ola; Pip |                  | Kim; Ned
growing | Ann; Ben; Cat; Dan           | Ann; Ben; Cat                | Dan              |
gone    | Hal; Ida; Jon                | Hal; Ida; Jon                |                  |
""",
    ),
    Case(
        rule="NETWORK",
        title="a community from which what joined its halves has faded is split, and one that lost a child shrinks",
        records="""
episode | child | started          | ended            | with
A1      | Ann   | 2026-09-12 20:00 | 2026-09-13 02:00 | Child:Ben; Child:Cat
A2      | Ann   | 2026-09-13 20:00 | 2026-09-14 02:00 | Child:Ben; Child:Cat
D1      | Dan   | 2026-09-12 20:00 | 2026-09-13 02:00 | Child:Eve; Child:Fay
D2      | Dan   | 2026-09-13 20:00 | 2026-09-14 02:00 | Child:Eve; Child:Fay
A3      | Ann   | 2025-10-12 20:00 | 2025-10-13 02:00 | Child:Dan
A4      | Ann   | 2025-10-13 20:00 | 2025-10-14 02:00 | Child:Dan
K1      | Kim   | 2026-09-12 20:00 | 2026-09-13 02:00 | Child:Lou; Child:Max
K2      | Kim   | 2026-09-13 20:00 | 2026-09-14 02:00 | Child:Lou; Child:Max
K3      | Kim   | 2025-10-12 20:00 | 2025-10-13 02:00 | Child:Ned
K4      | Kim   | 2025-10-13 20:00 | 2025-10-14 02:00 | Child:Ned
""",
        expected="""
state     | child_ids     | before_child_ids             | left_child_ids
split     | Ann; Ben; Cat | Ann; Ben; Cat; Dan; Eve; Fay | Dan; Eve; Fay
split     | Dan; Eve; Fay | Ann; Ben; Cat; Dan; Eve; Fay | Ann; Ben; Cat
shrinking | Kim; Lou; Max | Kim; Lou; Max; Ned           | Ned
""",
    ),
    Case(
        rule="NETWORK",
        title="a vehicle named with more children than the limit is a hub and ties nobody",
        records="""
intelligence | at               | subject   | relation | other
I1           | 2026-09-01 12:00 | Child:Ann | uses     | Vehicle:AB12CDE
I2           | 2026-09-02 12:00 | Child:Ben | uses     | Vehicle:AB12CDE
I3           | 2026-09-03 12:00 | Child:Cat | uses     | Vehicle:AB12CDE
I4           | 2026-09-04 12:00 | Child:Ann | friend   | Associate:Taz
I5           | 2026-09-05 12:00 | Child:Ben | friend   | Associate:Taz
I6           | 2026-09-06 12:00 | Child:Cat | friend   | Associate:Taz
""",
        asked={"hub_children": 2, "min_shared": 1.0},
        expected="""
child_ids     | associate_ids | thing_ids
Ann; Ben; Cat | Taz           |
""",
        notes=(
            "1 hub is left out: a place, vehicle, phone or handle named with more than 2 children ties everybody to everybody.",
        ),
    ),
]
