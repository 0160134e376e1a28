# ruff: noqa: E501 - a drawn table is as wide as it is
"""MASE-3-IN-3M."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="MASE-3-IN-3M",
        title="asked about one child, the rule also says why it does not fire",
        records="""
episode | child | agency | started          | ended
A1      | Ann   | 99     | 2026-09-10 21:00 | 2026-09-11 02:00
B1      | Ben   | 99     | 2026-09-01 20:00 | 2026-09-01 23:00
B2      | Ben   | 99     | 2026-10-01 20:00 | 2026-10-01 23:00
B3      | Ben   | 99     | 2026-10-20 20:00 | 2026-10-20 23:00
""",
        asked={"child": "@Ann"},
        expected="""
child_id | state     | episodes | records | why
Ann      | not fired | 1        | A1      | 1 missing episode began in the window; the rule fires at 3
""",
    ),
    Case(
        rule="MASE-3-IN-3M",
        title="three within three months fire, two are just short, one is neither",
        records="""
episode | child | agency | started          | ended
A1      | Ann   | 99     | 2026-08-02 20:00 | 2026-08-03 08:00
A2      | Ann   | 99     | 2026-09-10 21:00 | 2026-09-11 02:00
A3      | Ann   | 99     | 2026-10-30 18:00 |
B1      | Ben   | 99     | 2026-09-01 20:00 | 2026-09-01 23:00
B2      | Ben   | 99     | 2026-10-01 20:00 | 2026-10-01 23:00
C1      | Cat   | 99     | 2026-10-01 20:00 | 2026-10-01 23:00
""",
        ordered=True,
        expected="""
child_id | state      | episodes | agencies | records    | first            | last
Ann      | fired      | 3        | 99       | A1; A2; A3 | 2026-08-02 20:00 | 2026-10-30 18:00
Ben      | just short | 2        | 99       | B1; B2     | 2026-09-01 20:00 | 2026-10-01 20:00
""",
    ),
    Case(
        rule="MASE-3-IN-3M",
        title="an episode that began on the window's first instant is outside, absences and later episodes do not count",
        records="""
episode | child | agency | kind    | started          | ended
A1      | Ann   | 99     | missing | 2026-08-01 00:00 | 2026-08-01 08:00
A2      | Ann   | 99     | missing | 2026-09-10 21:00 | 2026-09-11 02:00
A3      | Ann   | 99     | missing | 2026-10-30 18:00 |
A4      | Ann   | 99     | absent  | 2026-10-01 18:00 | 2026-10-01 19:00
A5      | Ann   | 99     | missing | 2026-11-02 18:00 | 2026-11-02 19:00
""",
        ordered=True,
        expected="""
child_id | state      | episodes | records
Ann      | just short | 2        | A2; A3
""",
    ),
    Case(
        rule="MASE-3-IN-3M",
        title="one episode that police and council both recorded counts once, by the police's record",
        records="""
episode | child | agency | source          | precision | started          | ended
P1      | Ann   | 99     | police_missing  | minute    | 2026-09-02 20:00 | 2026-09-03 08:00
P2      | Ann   | 99     | police_missing  | minute    | 2026-10-02 20:00 | 2026-10-03 08:00
C1      | Ann   | 997    | ssda903_missing | day       | 2026-09-02 00:00 | 2026-09-03 00:00
C2      | Ann   | 997    | ssda903_missing | day       | 2026-10-02 00:00 | 2026-10-03 00:00
""",
        ordered=True,
        expected="""
child_id | state      | episodes | agencies | records | same_records
Ann      | just short | 2        | 99       | P1; P2  | C1; C2
""",
    ),
    Case(
        rule="MASE-3-IN-3M",
        title="an episode that only the council knows counts beside the police's, and so the child is at the threshold",
        records="""
episode | child | agency | source          | precision | started          | ended
P1      | Ann   | 99     | police_missing  | minute    | 2026-09-02 20:00 | 2026-09-03 08:00
P2      | Ann   | 99     | police_missing  | minute    | 2026-10-02 20:00 | 2026-10-03 08:00
C1      | Ann   | 997    | ssda903_missing | day       | 2026-09-02 00:00 | 2026-09-03 00:00
C3      | Ann   | 997    | ssda903_missing | day       | 2026-10-04 00:00 | 2026-10-05 00:00
""",
        ordered=True,
        expected="""
child_id | state | episodes | agencies | records    | same_records
Ann      | fired | 3        | 99; 997  | C3; P1; P2 | C1
""",
    ),
    Case(
        rule="MASE-3-IN-3M",
        title="nights that follow each other: each of the police's is the council's of its own date, and of no other",
        records="""
episode | child | agency | source          | precision | started          | ended
P1      | Ann   | 99     | police_missing  | minute    | 2026-10-05 20:00 | 2026-10-06 02:00
P2      | Ann   | 99     | police_missing  | minute    | 2026-10-06 20:00 | 2026-10-07 08:00
C2      | Ann   | 997    | ssda903_missing | day       | 2026-10-06 00:00 | 2026-10-07 00:00
C3      | Ann   | 997    | ssda903_missing | day       | 2026-10-07 00:00 | 2026-10-08 00:00
""",
        ordered=True,
        expected="""
child_id | state | episodes | agencies | records    | same_records
Ann      | fired | 3        | 99; 997  | C3; P1; P2 | C2
""",
    ),
    Case(
        rule="MASE-3-IN-3M",
        title="a run of nights that the council recorded as one, and one that began before the window",
        records="""
episode | child | agency | source          | precision | started          | ended
P1      | Ann   | 99     | police_missing  | minute    | 2026-10-05 20:00 | 2026-10-06 02:00
P2      | Ann   | 99     | police_missing  | minute    | 2026-10-06 20:00 | 2026-10-07 08:00
C1      | Ann   | 997    | ssda903_missing | day       | 2026-10-05 00:00 | 2026-10-08 00:00
P0      | Ann   | 99     | police_missing  | minute    | 2026-07-31 20:00 | 2026-08-03 08:00
C0      | Ann   | 997    | ssda903_missing | day       | 2026-08-02 00:00 | 2026-08-03 00:00
""",
        ordered=True,
        expected="""
child_id | state      | episodes | agencies | records | same_records
Ann      | just short | 2        | 99       | P1; P2  | C1
""",
    ),
]
