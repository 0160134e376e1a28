# ruff: noqa: E501 - a drawn table is as wide as it is
"""HIDDEN-MISSING."""

from tests.worked.drawn import Case

RECORDS = """
episode | child | agency | source          | precision | kind    | started          | ended
P0      | Dan   | 99     | police_missing  | minute    | missing | 2026-08-15 20:00 | 2026-08-15 22:00
P1      | Ann   | 99     | police_missing  | minute    | missing | 2026-09-02 20:00 | 2026-09-03 02:00
C1      | Ann   | 997    | ssda903_missing | day       | missing | 2026-09-03 00:00 | 2026-09-04 00:00
C4      | Ben   | 997    | ssda903_missing | day       | missing | 2026-08-10 00:00 | 2026-08-11 00:00
C5      | Cat   | 997    | ssda903_missing | day       | missing | 2026-09-10 00:00 | 2026-09-11 00:00
"""

CASES = [
    Case(
        rule="HIDDEN-MISSING",
        title="asked of a child: why the rule names them",
        records=RECORDS,
        asked={"child": "@Cat"},
        expected="""
child_id | state | records | why
Cat      | fired | C5      | told by records that are not the police's, and by none of the police's
""",
    ),
    Case(
        rule="HIDDEN-MISSING",
        title="asked of a child: why not, for the police hold each time",
        records=RECORDS,
        asked={"child": "@Ann"},
        expected="""
child_id | state     | month        | records | why
Ann      | not fired | not recorded |         | 1 time away by other agencies' records in the period, and the police hold each
""",
    ),
    Case(
        rule="HIDDEN-MISSING",
        title="asked of a child: why not, for the police's files do not reach so far",
        records=RECORDS,
        asked={"child": "@Ben"},
        expected="""
child_id | state     | records | why
Ben      | not fired |         | no other agency's record of the period tells of a time away that the police's files would cover; 1 time outside what the police's files cover
""",
    ),
    Case(
        rule="HIDDEN-MISSING",
        title="away by the council's return or an interview, and unknown to the police; what touches a police episode is known",
        records="""
episode | child | agency | source          | precision | kind    | started          | ended
P0      | Dan   | 99     | police_missing  | minute    | missing | 2026-08-15 20:00 | 2026-08-15 22:00
P1      | Ann   | 99     | police_missing  | minute    | missing | 2026-09-02 20:00 | 2026-09-03 02:00
C1      | Ann   | 997    | ssda903_missing | day       | missing | 2026-09-03 00:00 | 2026-09-04 00:00
C2      | Ann   | 997    | ssda903_missing | day       | missing | 2026-09-05 00:00 | 2026-09-06 00:00
C3      | Ben   | 997    | ssda903_missing | day       | away    | 2026-09-20 00:00 |
C4      | Ben   | 997    | ssda903_missing | day       | missing | 2026-08-10 00:00 | 2026-08-11 00:00
P5      | Cat   | 99     | police_absent   | minute    | absent  | 2026-10-01 20:00 | 2026-10-01 23:00

interview | child | returned         | about
I2        | Ann   | 2026-09-06 10:00 |
I5        | Cat   | 2026-10-02 00:50 |
I6        | Cat   | 2026-10-05 10:00 |
I7        | Cat   | 2026-10-08 10:00 | P9
""",
        ordered=True,
        expected="""
child_id | month   | kinds             | began            | over             | agencies        | records
Cat      | 2026-10 | returned          | not recorded     | 2026-10-05 10:00 | interviews      | I6
Ben      | 2026-09 | away              | 2026-09-20 00:00 | not recorded     | 997             | C3
Ann      | 2026-09 | missing; returned | 2026-09-05 00:00 | 2026-09-06 00:00 | 997; interviews | C2; I2
""",
        notes=("1 time away lies outside what the police's files seen cover: not provided, and not listed.",),
    ),
]
