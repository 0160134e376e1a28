# ruff: noqa: E501 - a drawn table is as wide as it is
"""TABLE-OF-EPISODES, TABLE-OF-INTERVIEWS, TABLE-OF-TRIAGE and SSDA903-MISSING."""

from tests.worked.drawn import Case

PERIOD = {"since": "2026-08-01T00:00", "until": "2026-11-01T00:00"}

EPISODES = """
episode | agency | source          | child | kind    | started          | ended            | precision | missing_from | found      | lpu
P1      | 99     | police_missing  | Ann   | missing | 2026-08-03 18:00 | 2026-08-04 02:00 | minute    | care         | Place:Park | North
P2      | 99     | police_missing  | Ann   | missing | 2026-08-10 18:00 | 2026-08-11 02:01 | minute    | care         |            | North
P3      | 99     | police_missing  | Ben   | missing | 2026-10-05 18:00 |                  | minute    | home         |            | South
A1      | 99     | police_absent   | Ann   | absent  | 2026-09-05 18:00 | 2026-09-05 23:00 | minute    | care         |            | North
A2      | 99     | police_absent   | Cat   | absent  | 2026-10-07 18:00 | 2026-10-07 23:00 | minute    |              |            |
C1      | 997    | ssda903_missing | Ann   | missing | 2026-08-03 00:00 | 2026-08-04 00:00 | day       | care         |            |

placement | child | home       | started    | place_code | legal_status
L1        | Ann   | Home:Elm   | 2026-01-01 | K2         | C2

description | thing      | agency | name | born       | sex    | ethnicity | postcode | latitude | longitude
D1          | Child:Ann  | 997    | Ann  | 2011-05-01 | female | WBRI      |          |          |
D2          | Child:Ben  | 99     | Ben  | 2013-10-06 | male   | Black Caribbean | B5 4AA | 52.47 | -1.89
D3          | Home:Elm   | ofsted | Elm  |            |        |           | B23 6RL  | 52.52    | -1.84
D4          | Place:Park | 99     | Park |            |        |           | B27 6SF  | 52.44    | -1.82

check | child | at               | about
S1    | Ann   | 2026-08-04 10:00 | P1
"""

TRIAGE = """
episode | agency | source         | child | kind    | started          | ended            | missing_from
A0      | 99     | police_absent  | Ann   | absent  | 2026-07-02 18:00 | 2026-07-02 22:00 | care
A1      | 99     | police_missing | Ann   | missing | 2026-08-03 18:00 | 2026-08-04 02:00 | care
A2      | 99     | police_missing | Ann   | missing | 2026-09-03 18:00 | 2026-09-04 02:00 | care
A3      | 99     | police_missing | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | home
B0      | 99     | police_missing | Ben   | missing | 2026-07-03 18:00 | 2026-07-04 02:00 | home
B1      | 99     | police_missing | Ben   | missing | 2026-08-03 18:00 | 2026-08-04 02:00 | home
B2      | 99     | police_missing | Ben   | missing | 2026-09-03 18:00 | 2026-09-04 02:00 | home
C1      | 99     | police_absent  | Cat   | absent  | 2026-09-05 18:00 | 2026-09-05 23:00 | care
D1      | 99     | police_missing | Dee   | missing | 2026-10-05 18:00 | 2026-10-05 23:00 | home
E1      | 99     | police_missing | Eve   | missing | 2026-10-05 18:00 | 2026-10-05 23:00 | home

interview | child | held             | themes
ID        | Dee   | 2026-07-12 15:00 | Drugs
IE        | Eve   | 2026-10-12 15:00 | Drugs
"""

CASES = [
    Case(
        rule="TABLE-OF-EPISODES",
        title="each episode once, with what it is counted by",
        records=EPISODES,
        asked=PERIOD,
        expected="""
record | kind    | month   | hours        | lives        | placement    | gender       | ethnicity    | age          | lpu          | home_district | found_district | miles        | home         | check
P1     | missing | 2026-08 | 8            | care         | K2           | female       | White        | 15           | North        | B23           | B27            | 5.59         | Elm          | check recorded
P2     | missing | 2026-08 | 8.02         | care         | K2           | female       | White        | 15           | North        | B23           | not recorded   | not recorded | Elm          | no check recorded
P3     | missing | 2026-10 | not recorded | home         | not recorded | male         | Black        | 12           | South        | B5            | not recorded   | not recorded | not recorded | not recorded
A1     | absent  | 2026-09 | 5            | care         | K2           | female       | White        | 15           | North        | B23           | not recorded   | not recorded | Elm          | no check recorded
A2     | absent  | 2026-10 | 5            | not recorded | not recorded | not recorded | not recorded | not recorded | not recorded | not recorded  | not recorded   | not recorded | not recorded | no check recorded
""",
        notes=("Not provided: 2026-08, by the police absent files of 99.",),
    ),
    Case(
        rule="TABLE-OF-EPISODES",
        title="missing and absent side by side, and added; a month without a file of absences is not provided, never nought",
        records=EPISODES,
        asked={**PERIOD, "table": "EPISODES-BY-MONTH"},
        expected="""
line    | missing episodes | absent episodes | added episodes | missing children | absent children | added children
2026-08 | 2                | not provided    | not provided   | 1                | not provided    | not provided
2026-09 | 0                | 1               | 1              | 0                | 1               | 1
2026-10 | 1                | 1               | 2              | 1                | 1               | 2
all     | 3                | 2               | not provided   | 2                | 2               | not provided
""",
        notes=("Not provided: 2026-08, by the police absent files of 99.",),
    ),
    Case(
        rule="TABLE-OF-EPISODES",
        title="a band runs up to and including its upper number; an open episode's length is not recorded",
        records=EPISODES,
        asked={**PERIOD, "table": "LENGTH-OF-EPISODES"},
        expected="""
line         | episodes
0–8 h        | 1 (33.3 %)
8–16 h       | 1 (33.3 %)
16–24 h      | 0 (0 %)
24–48 h      | 0 (0 %)
48–168 h     | 0 (0 %)
over 168 h   | 0 (0 %)
not recorded | 1 (33.3 %)
all          | 3 (100 %)
""",
    ),
    Case(
        rule="TABLE-OF-EPISODES",
        title="by one agency's own records, and of one area",
        records=EPISODES,
        asked={**PERIOD, "table": "EPISODES-PER-CHILD", "agency": "99", "area": "north"},
        expected="""
line | children
1–2  | 1 (100 %)
3–5  | 0 (0 %)
6–8  | 0 (0 %)
9–19 | 0 (0 %)
20+  | 0 (0 %)
all  | 1 (100 %)
""",
    ),
    Case(
        rule="TABLE-OF-EPISODES",
        title="where no file tells of anything, nothing is provided",
        records="""
list entry | child | list | added
E1         | Ann   | cse  | 2026-01-01
""",
        asked={**PERIOD, "table": "EPISODES-PER-CHILD"},
        expected="""
line | children
1–2  | not provided
3–5  | not provided
6–8  | not provided
9–19 | not provided
20+  | not provided
all  | not provided
""",
        notes=("Not provided: no file tells of missing.",),
    ),
    Case(
        rule="TABLE-OF-INTERVIEWS",
        title="offered, completed in time and later, refused, waiting; what was not offered stands apart",
        records="""
interview | child | returned         | held             | outcome     | about | themes
R1        | Ann   | 2026-10-04 02:00 | 2026-10-07 02:00 | held        | P1    | School; Friends
R2        | Ann   | 2026-10-12 02:00 | 2026-10-15 02:01 | held        |       |
R3        | Ben   | 2026-10-06 02:00 |                  | refused     |       |
R4        | Cat   | 2026-10-08 02:00 |                  | waiting     |       |
R5        | Cat   | 2026-10-09 02:00 |                  | not offered |       |

episode | child | kind    | started          | ended            | missing_from | source
P1      | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | care         | police_missing
""",
        asked={"since": "2026-10-01T00:00", "until": "2026-11-01T00:00"},
        expected="""
record | offered     | outcome      | in_time      | lives        | themes
R1     | offered     | completed    | in time      | care         | Friends; School
R2     | offered     | completed    | later        | not recorded |
R3     | offered     | refused      | not recorded | not recorded |
R4     | offered     | waiting      | not recorded | not recorded |
R5     | not offered | not recorded | not recorded | not recorded |
""",
    ),
    Case(
        rule="TABLE-OF-INTERVIEWS",
        title="what became of the interviews offered, by home or care",
        records="""
interview | child | returned         | held             | outcome
R1        | Ann   | 2026-10-04 02:00 | 2026-10-07 02:00 | held
R2        | Ann   | 2026-10-12 02:00 | 2026-10-15 02:01 | held
R3        | Ben   | 2026-10-06 02:00 |                  | refused
R5        | Cat   | 2026-10-09 02:00 |                  | not offered

placement | child | home     | started    | ended
L1        | Ann   | Home:Elm | 2026-01-01 | 2026-10-12
""",
        asked={"since": "2026-10-01T00:00", "until": "2026-11-01T00:00", "table": "INTERVIEW-OUTCOMES"},
        expected="""
line      | care interviews | home interviews | not recorded interviews | added interviews
completed | 1 (100 %)       | 0               | 1 (50 %)                | 2 (66.7 %)
refused   | 0 (0 %)         | 0               | 1 (50 %)                | 1 (33.3 %)
waiting   | 0 (0 %)         | 0               | 0 (0 %)                 | 0 (0 %)
all       | 1 (100 %)       | 0               | 2 (100 %)               | 3 (100 %)
""",
    ),
    Case(
        rule="TABLE-OF-TRIAGE",
        title="each episode with its child's level over the period: what lies before it or after it makes none",
        records=TRIAGE,
        asked=PERIOD,
        expected="""
record | child_id | kind    | month   | level | lives
A1     | Ann      | missing | 2026-08 | red   | care
A2     | Ann      | missing | 2026-09 | red   | care
A3     | Ann      | missing | 2026-10 | red   | home
B1     | Ben      | missing | 2026-08 | amber | home
B2     | Ben      | missing | 2026-09 | amber | home
C1     | Cat      | absent  | 2026-09 | green | care
D1     | Dee      | missing | 2026-10 | green | home
E1     | Eve      | missing | 2026-10 | red   | home
""",
    ),
    Case(
        rule="TABLE-OF-TRIAGE",
        title="children by level, home and care; who was missing from both counts under both, and once in all",
        records=TRIAGE,
        asked={**PERIOD, "table": "TRIAGE-BY-HOME-AND-CARE"},
        expected="""
line  | care children | home children | added children
red   | 1 (50 %)      | 2 (50 %)      | 2 (40 %)
amber | 0 (0 %)       | 1 (25 %)      | 1 (20 %)
green | 1 (50 %)      | 1 (25 %)      | 2 (40 %)
all   | 2 (100 %)     | 4 (100 %)     | 5 (100 %)
""",
    ),
    Case(
        rule="TABLE-OF-TRIAGE",
        title="episodes and children by level",
        records=TRIAGE,
        asked={**PERIOD, "table": "EPISODES-BY-RAG"},
        expected="""
line  | missing episodes | absent episodes | added episodes | missing children | absent children | added children
red   | 4 (57.1 %)       | 0 (0 %)         | 4 (50 %)       | 2 (50 %)         | 0 (0 %)         | 2 (40 %)
amber | 2 (28.6 %)       | 0 (0 %)         | 2 (25 %)       | 1 (25 %)         | 0 (0 %)         | 1 (20 %)
green | 1 (14.3 %)       | 1 (100 %)       | 2 (25 %)       | 1 (25 %)         | 1 (100 %)       | 2 (40 %)
all   | 7 (100 %)        | 1 (100 %)       | 8 (100 %)      | 4 (100 %)        | 1 (100 %)       | 5 (100 %)
""",
    ),
    Case(
        rule="SSDA903-MISSING",
        title="the year's rows, what fails a check, and the one just short of it",
        records="""
episode | agency | source          | child | kind    | started          | ended            | precision
C1      | 997    | ssda903_missing | Ann   | missing | 2025-05-01 00:00 | 2025-05-03 00:00 | day
C2      | 997    | ssda903_missing | Ann   | away    | 2025-05-02 00:00 | 2025-05-04 00:00 | day
C3      | 997    | ssda903_missing | Ann   | missing | 2025-06-08 00:00 | 2025-06-10 00:00 | day
C4      | 997    | ssda903_missing | Ann   | missing | 2025-06-20 00:00 | 2025-06-21 00:00 | day
C5      | 997    | ssda903_missing | Ben   | missing | 2025-08-01 00:00 |                  | day
C6      | 997    | ssda903_missing | Cat   | missing | 2026-03-30 00:00 | 2026-04-02 00:00 | day
C7      | 997    | ssda903_missing | Cat   | missing | 2025-03-30 00:00 | 2025-03-31 00:00 | day
C8      | 997    | ssda903_missing | Dan   | missing | 2026-03-29 00:00 | 2026-04-03 00:00 | day
P1      | 99     | police_missing  | Cat   | missing | 2025-12-01 18:00 | 2025-12-02 06:00 | minute

placement | child | home     | started    | ended      | reason_ended
L1        | Ann   | Home:Elm | 2025-01-01 | 2025-06-09 | X1
L2        | Ann   | Home:Oak | 2025-06-09 | 2025-06-15 | E4A
L3        | Ben   | Home:Elm | 2025-01-01 | 2025-08-09 | E4A
L4        | Cat   | Home:Elm | 2025-01-01 |            |
L5        | Dan   | Home:Elm | 2025-01-01 | 2026-04-01 | E4A
""",
        asked={"agency": "997", "since": "2025-04-01T00:00", "until": "2026-04-01T00:00", "with_police": "yes"},
        expected="""
child_id | missing | start      | end          | agency | fails
Ann      | M       | 2025-05-01 | 2025-05-03   | 997    |
Ann      | A       | 2025-05-02 | 2025-05-04   | 997    | 574
Ann      | M       | 2025-06-08 | 2025-06-10   | 997    | 575
Ann      | M       | 2025-06-20 | 2025-06-21   | 997    | 581
Ben      | M       | 2025-08-01 | not recorded | 997    | 577; 580
Cat      | M       | 2025-12-01 | 2025-12-02   | 99     |
Cat      | M       | 2026-03-30 | not recorded | 997    |
Dan      | M       | 2026-03-29 | not recorded | 997    |
""",
        notes=("4 rows fail a check of the DfE's, of 8 rows.",),
    ),
]
