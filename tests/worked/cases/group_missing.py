# ruff: noqa: E501 - a drawn table is as wide as it is
"""GROUP-MISSING."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="GROUP-MISSING",
        title="found at one place at one time, twice; a third child there an hour after is not with them",
        records="""
episode | child | started          | ended            | found
A1      | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
B1      | Ben   | 2026-10-03 20:00 | 2026-10-04 03:00 | Place:Park
C1      | Cat   | 2026-10-04 04:00 | 2026-10-04 09:00 | Place:Park
A2      | Ann   | 2026-10-20 18:00 | 2026-10-21 02:00 | Place:Park
B2      | Ben   | 2026-10-20 19:00 |                  | Place:Park
""",
        expected="""
child_ids | size | times | repeated | ways        | shared_ids | only_start_home | first            | last             | records        | expected
Ann; Ben  | 2    | 2     | yes      | found place | Park       | no              | 2026-10-03 20:00 | 2026-10-20 19:00 | A1; A2; B1; B2 | 0.00574688
""",
    ),
    Case(
        rule="GROUP-MISSING",
        title="a companion named by one of them, a set of three, and an associate two of them know",
        records="""
episode | child | started          | ended            | with
A1      | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00 | Child:Ben; Child:Cat
B1      | Ben   | 2026-10-03 19:00 | 2026-10-04 03:00 | Child:Cat
C1      | Cat   | 2026-10-03 20:00 | 2026-10-04 04:00 |
D1      | Dan   | 2026-10-10 20:00 | 2026-10-11 04:00 |
E1      | Eve   | 2026-10-10 22:00 | 2026-10-11 01:00 |

interview | child | held             | with
R1        | Dan   | 2026-09-10 10:00 | Associate:Taz
R2        | Eve   | 2026-09-12 10:00 | Associate:Taz
""",
        expected="""
child_ids     | size | times | ways      | shared_ids | first            | records
Ann; Ben; Cat | 3    | 1     | companion | Cat        | 2026-10-03 20:00 | A1; B1; C1
Ann; Ben      | 2    | 1     | companion | Ben; Cat   | 2026-10-03 19:00 | A1; B1
Ann; Cat      | 2    | 1     | companion | Cat        | 2026-10-03 20:00 | A1; C1
Ben; Cat      | 2    | 1     | companion | Cat        | 2026-10-03 20:00 | B1; C1
Dan; Eve      | 2    | 1     | associate | Taz        | 2026-10-10 22:00 | D1; E1; R1; R2
""",
    ),
    Case(
        rule="GROUP-MISSING",
        title="children of one home who often go: shown last, with how little it surprises",
        records="""
episode | child | started          | ended            | start    | found
A1      | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00 | Home:Oak |
B1      | Ben   | 2026-10-03 20:00 | 2026-10-04 03:00 | Home:Oak |
C1      | Cat   | 2026-10-05 18:00 | 2026-10-06 02:00 |          | Place:Park
D1      | Dan   | 2026-10-05 20:00 | 2026-10-06 03:00 |          | Place:Park
""",
        ordered=True,
        expected="""
child_ids | only_start_home | ways        | shared_ids | times
Cat; Dan  | no              | found place | Park       | 1
Ann; Ben  | yes             | start place | Oak        | 1
""",
    ),
    Case(
        rule="GROUP-MISSING",
        title="two agencies' records of one time are one time; a hub is left out",
        records="""
episode | child | agency | started          | ended            | found
A1      | Ann   | 99     | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
A2      | Ann   | 997    | 2026-10-03 00:00 | 2026-10-04 00:00 | Place:Park
B1      | Ben   | 99     | 2026-10-03 20:00 | 2026-10-04 03:00 | Place:Park
C1      | Cat   | 99     | 2026-10-03 20:00 | 2026-10-04 03:00 | Place:Hospital
D1      | Dan   | 99     | 2026-10-03 20:00 | 2026-10-04 03:00 | Place:Hospital
E1      | Eve   | 99     | 2026-10-03 20:00 | 2026-10-04 03:00 | Place:Hospital
""",
        asked={"hub_children": 2},
        expected="""
child_ids | times | shared_ids | records
Ann; Ben  | 1     | Park       | A1; A2; B1
""",
    ),
    Case(
        rule="GROUP-MISSING",
        title="an associate whom many missing children know is no hub, nor is a child whom many went with",
        records="""
episode | child | started          | ended            | with
A1      | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00 | Associate:Taz
B1      | Ben   | 2026-10-03 19:00 | 2026-10-04 03:00 | Associate:Taz
C1      | Cat   | 2026-10-03 20:00 | 2026-10-04 04:00 | Associate:Taz
D1      | Dan   | 2026-10-10 20:00 | 2026-10-11 01:00 | Child:Gus
E1      | Eve   | 2026-10-10 22:00 | 2026-10-11 02:00 | Child:Gus
F1      | Fay   | 2026-10-12 22:00 | 2026-10-13 02:00 | Child:Gus
""",
        asked={"hub_children": 2},
        expected="""
child_ids     | size | times | ways      | shared_ids | records
Ann; Ben; Cat | 3    | 1     | companion | Taz        | A1; B1; C1
Ann; Ben      | 2    | 1     | companion | Taz        | A1; B1
Ann; Cat      | 2    | 1     | companion | Taz        | A1; C1
Ben; Cat      | 2    | 1     | companion | Taz        | B1; C1
Dan; Eve      | 2    | 1     | companion | Gus        | D1; E1
""",
    ),
    Case(
        rule="GROUP-MISSING",
        title="an associate named beside the child in intelligence or a notice, or met in the episode itself",
        records="""
episode | child | started          | ended            | with
A1      | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00 |
B1      | Ben   | 2026-10-03 19:00 | 2026-10-04 03:00 | Associate:Taz
C1      | Cat   | 2026-10-03 20:00 | 2026-10-04 04:00 |
D1      | Dan   | 2026-10-03 20:00 | 2026-10-04 04:00 |

intelligence | at               | subject | relation | other
I1           | 2026-09-01 12:00 | Ann     |          | Associate:Taz

notice | child | served     | names
N1     | Cat   | 2026-09-02 | Associate:Taz
N2     | Dan   | 2026-11-02 | Associate:Taz
""",
        expected="""
child_ids     | size | times | ways      | shared_ids | records
Ann; Ben; Cat | 3    | 1     | associate | Taz        | A1; B1; C1; I1; N1
Ann; Ben      | 2    | 1     | associate | Taz        | A1; B1; I1
Ann; Cat      | 2    | 1     | associate | Taz        | A1; C1; I1; N1
Ben; Cat      | 2    | 1     | associate | Taz        | B1; C1; N1
""",
    ),
    Case(
        rule="GROUP-MISSING",
        title="pairs and sets in one order, the least likely by chance first",
        records="""
episode | child | started          | ended            | found
A1      | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
B1      | Ben   | 2026-10-03 20:00 | 2026-10-04 03:00 | Place:Park
C1      | Cat   | 2026-10-03 21:00 | 2026-10-04 03:00 | Place:Park
A2      | Ann   | 2026-10-20 18:00 | 2026-10-21 02:00 | Place:Park
B2      | Ben   | 2026-10-20 19:00 | 2026-10-21 03:00 | Place:Park
D1      | Dan   | 2026-09-01 18:00 | 2026-10-28 18:00 | Place:Mall
E1      | Eve   | 2026-09-01 18:00 | 2026-10-29 18:00 | Place:Mall
F1      | Fay   | 2026-09-01 18:00 | 2026-10-30 18:00 | Place:Mall
""",
        ordered=True,
        expected="""
child_ids     | size | times | expected    | chance
Ann; Ben      | 2    | 2     | 0.000605049 | 1.82968e-07
Ann; Ben; Cat | 3    | 1     | 6.80401e-07 | 6.80401e-07
Ben; Cat      | 2    | 1     | 0.0002633   | 0.000263265
Ann; Cat      | 2    | 1     | 0.000273086 | 0.000273049
Dan; Eve; Fay | 3    | 1     | 0.0104708   | 0.0104162
Dan; Eve      | 2    | 1     | 0.0516658   | 0.0503538
Dan; Fay      | 2    | 1     | 0.0523269   | 0.0509814
Eve; Fay      | 2    | 1     | 0.0530031   | 0.0516229
""",
    ),
    Case(
        rule="GROUP-MISSING",
        title="a month that is not over is counted to the date asked about, and says so",
        records="""
episode | child | started          | ended            | found
A1      | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
B1      | Ben   | 2026-10-03 20:00 | 2026-10-04 03:00 | Place:Park
A2      | Ann   | 2026-10-20 18:00 | 2026-10-21 02:00 | Place:Park
B2      | Ben   | 2026-10-20 19:00 | 2026-10-21 02:00 | Place:Park
""",
        as_at="2026-10-15 00:00",
        asked={"since": "2026-10-01T00:00", "until": "2026-11-01T00:00"},
        expected="""
child_ids | times | first            | last             | records
Ann; Ben  | 1     | 2026-10-03 20:00 | 2026-10-03 20:00 | A1; B1
""",
        notes=("The period is not over: it is counted to 15 October 2026, 00:00, the date asked about.",),
    ),
]
