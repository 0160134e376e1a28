# ruff: noqa: E501 - a drawn table is as wide as it is
"""GROUP-MISSING."""

from tests.worked.drawn import Case

WITH_AND_WITHOUT = """
episode | child | kind    | started          | ended            | start
A1      | Ann   | missing | 2026-10-05 15:00 | 2026-10-05 21:00 | Home:Oak
B1      | Ben   | missing | 2026-10-05 16:00 | 2026-10-05 22:00 | Home:Oak
C1      | Cat   | missing | 2026-10-05 23:00 | 2026-10-06 02:00 | Home:Oak
D1      | Dan   | absent  | 2026-10-05 15:00 | 2026-10-05 21:00 | Home:Oak
D2      | Dan   | missing | 2026-03-05 15:00 | 2026-03-05 21:00 | Home:Oak
"""

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
Ann; Ben  | 2    | 2     | yes      | found place | Park       | no              | 2026-10-03 20:00 | 2026-10-20 19:00 | A1; A2; B1; B2 | 0.00829856
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
        title="one big home: its pairs and sets that may be chance are one row, last; two who go only together stand out",
        records="""
episode | child | started          | ended            | start
A1      | Ann   | 2026-10-05 15:00 | 2026-10-05 21:00 | Home:Oak
B1      | Ben   | 2026-10-05 15:00 | 2026-10-05 21:00 | Home:Oak
A2      | Ann   | 2026-10-13 10:00 | 2026-10-13 16:00 | Home:Oak
B2      | Ben   | 2026-10-13 11:00 | 2026-10-13 16:00 | Home:Oak
A3      | Ann   | 2026-10-22 09:00 | 2026-10-22 12:00 | Home:Oak
B3      | Ben   | 2026-10-22 10:00 | 2026-10-22 12:00 | Home:Oak
C1      | Cat   | 2026-10-03 18:00 | 2026-10-04 02:00 | Home:Oak
C2      | Cat   | 2026-10-17 18:00 | 2026-10-18 02:00 | Home:Oak
D1      | Dan   | 2026-10-03 19:00 | 2026-10-04 02:00 | Home:Oak
D2      | Dan   | 2026-10-10 19:00 | 2026-10-11 02:00 | Home:Oak
E1      | Eve   | 2026-10-03 20:00 | 2026-10-04 02:00 | Home:Oak
E2      | Eve   | 2026-10-10 20:00 | 2026-10-11 02:00 | Home:Oak
""",
        ordered=True,
        expected="""
child_ids     | folded | size | times | only_start_home | false_discovery
Ann; Ben      | 0      | 2    | 3     | yes             | 1.23673e-05
Dan; Eve      | 0      | 2    | 2     | yes             | 0.00178036
Cat; Dan; Eve | 3      | 3    | 1     | yes             | 0.0664177
""",
        notes=(
            "3 pairs and sets share only the home they went from, with a false discovery above 0.05, and are folded into "
            "one row for their home, which stands last. Ask with fold_above 1 to list them.",
        ),
    ),
    Case(
        rule="GROUP-MISSING",
        title="the same, each pair and set listed with the home's effect by its other children",
        records="""
episode | child | started          | ended            | start
A1      | Ann   | 2026-10-05 15:00 | 2026-10-05 21:00 | Home:Oak
B1      | Ben   | 2026-10-05 15:00 | 2026-10-05 21:00 | Home:Oak
A2      | Ann   | 2026-10-13 10:00 | 2026-10-13 16:00 | Home:Oak
B2      | Ben   | 2026-10-13 11:00 | 2026-10-13 16:00 | Home:Oak
A3      | Ann   | 2026-10-22 09:00 | 2026-10-22 12:00 | Home:Oak
B3      | Ben   | 2026-10-22 10:00 | 2026-10-22 12:00 | Home:Oak
C1      | Cat   | 2026-10-03 18:00 | 2026-10-04 02:00 | Home:Oak
C2      | Cat   | 2026-10-17 18:00 | 2026-10-18 02:00 | Home:Oak
D1      | Dan   | 2026-10-03 19:00 | 2026-10-04 02:00 | Home:Oak
D2      | Dan   | 2026-10-10 19:00 | 2026-10-11 02:00 | Home:Oak
E1      | Eve   | 2026-10-03 20:00 | 2026-10-04 02:00 | Home:Oak
E2      | Eve   | 2026-10-10 20:00 | 2026-10-11 02:00 | Home:Oak
""",
        asked={"fold_above": 1.0},
        expected="""
child_ids     | folded | times | home_effect | expected   | chance      | false_discovery
Ann; Ben      | 0      | 3     | 4.07692     | 0.0196006  | 1.23673e-06 | 1.23673e-05
Dan; Eve      | 0      | 2     | 3.78182     | 0.0269264  | 0.000356073 | 0.00178036
Cat; Dan; Eve | 0      | 1     | 24.8225     | 0.00666926 | 0.00664707  | 0.0664707
Cat; Dan      | 0      | 1     | 3.78182     | 0.0269264  | 0.0265671   | 0.0664177
Cat; Eve      | 0      | 1     | 3.78182     | 0.0269264  | 0.0265671   | 0.0664177
""",
    ),
    Case(
        rule="GROUP-MISSING",
        title="an episode that two agencies recorded counts once, and stands beside what either says",
        records="""
episode | child | agency | source          | started          | ended            | found
A1      | Ann   | 99     | police_missing  | 2026-10-03 18:00 | 2026-10-04 02:00 |
A2      | Ann   | 997    | council_missing | 2026-10-03 18:30 | 2026-10-04 01:00 | Place:Park
B1      | Ben   | 99     | police_missing  | 2026-10-03 20:00 | 2026-10-04 03:00 | Place:Park
B2      | Ben   | 997    | council_missing | 2026-10-03 20:30 | 2026-10-04 03:00 |
""",
        expected="""
child_ids | times | first            | agencies | records    | same_records
Ann; Ben  | 1     | 2026-10-03 20:00 | 99       | A1; A2; B1 | B2
""",
    ),
    Case(
        rule="GROUP-MISSING",
        title="a set's history: how often all were missing at once before the period, whatever they shared then",
        records="""
episode | child | started          | ended            | found
A1      | Ann   | 2026-06-05 18:00 | 2026-06-06 02:00 | Place:Mall
B1      | Ben   | 2026-06-05 19:00 | 2026-06-06 02:00 |
A2      | Ann   | 2026-09-12 18:00 | 2026-09-13 02:00 | Place:Park
B2      | Ben   | 2026-09-12 19:00 | 2026-09-13 02:00 | Place:Park
C2      | Cat   | 2026-09-13 02:00 | 2026-09-13 09:00 | Place:Park
A3      | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
B3      | Ben   | 2026-10-03 20:00 | 2026-10-04 03:00 | Place:Park
C3      | Cat   | 2026-10-03 21:00 | 2026-10-04 03:00 | Place:Park
""",
        expected="""
child_ids     | times | repeated | before | records
Ann; Ben; Cat | 1     | no       | 0      | A3; B3; C3
Ann; Ben      | 1     | no       | 2      | A3; B3
Ann; Cat      | 1     | no       | 0      | A3; C3
Ben; Cat      | 1     | no       | 0      | B3; C3
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
A3      | Ann   | 2026-09-05 19:00 | 2026-09-05 22:00 |
D1      | Dan   | 2026-09-01 18:00 | 2026-10-28 18:00 | Place:Mall
E1      | Eve   | 2026-09-10 18:00 | 2026-10-29 18:00 | Place:Mall
F1      | Fay   | 2026-09-21 18:00 | 2026-10-30 18:00 | Place:Mall
""",
        ordered=True,
        expected="""
child_ids     | size | times | expected    | chance
Ann; Ben      | 2    | 2     | 0.00503928  | 1.26546e-05
Ann; Ben; Cat | 3    | 1     | 6.71695e-05 | 6.71672e-05
Ben; Cat      | 2    | 1     | 0.00177999  | 0.00177841
Ann; Cat      | 2    | 1     | 0.00355999  | 0.00355366
Dan; Eve; Fay | 3    | 1     | 0.00688439  | 0.00686075
Eve; Fay      | 2    | 1     | 0.0369822   | 0.0363067
Dan; Fay      | 2    | 1     | 0.0384615   | 0.0377312
Dan; Eve      | 2    | 1     | 0.045858    | 0.0448224
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
    Case(
        rule="GROUP-MISSING",
        title="asked of a child: every pair and set that they are in, also those that else fold into their home's row",
        records=WITH_AND_WITHOUT,
        asked={"child": "@Ann"},
        expected="""
child_ids | state | folded | times | ways        | why
Ann; Ben  | fired | 0      | 1     | start place | missing at the same time once in the period, where chance would have it less than 0.01 times
""",
    ),
    Case(
        rule="GROUP-MISSING",
        title="asked of a child: why not, missing an hour after the other was back",
        records=WITH_AND_WITHOUT,
        asked={"child": "@Cat"},
        expected="""
child_ids | state     | times | first        | records | why
Cat       | not fired | 0     | not recorded | C1      | 1 missing episode in the period, and no child who shares a companion, a place or an associate was missing at the same time
""",
    ),
    Case(
        rule="GROUP-MISSING",
        title="asked of a child: why not, no missing episode in the period",
        records=WITH_AND_WITHOUT,
        asked={"child": "@Dan"},
        expected="""
child_ids | state     | records | why
Dan       | not fired |         | 0 missing episodes in the period
""",
    ),
]
