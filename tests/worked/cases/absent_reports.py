# ruff: noqa: E501 - a drawn table is as wide as it is
"""ABSENT-PLACE-5-IN-30D, ABSENT-MASKS-MISSING and ABSENT-REFERRED."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="ABSENT-PLACE-5-IN-30D",
        title="five absent reports from one home in thirty days fire, whichever children they are of; four are just short",
        records="""
episode | child | kind    | started          | ended            | start
A1      | Ann   | absent  | 2026-10-05 18:00 | 2026-10-05 20:00 | Home:Larch
A2      | Ann   | absent  | 2026-10-12 18:00 | 2026-10-12 20:00 | Home:Larch
A3      | Ann   | absent  | 2026-10-19 18:00 | 2026-10-19 20:00 | Home:Larch
B1      | Ben   | absent  | 2026-10-12 18:30 | 2026-10-12 20:00 | Home:Larch
B2      | Ben   | absent  | 2026-10-30 18:00 |                  | Home:Larch
B3      | Ben   | missing | 2026-10-25 18:00 | 2026-10-26 20:00 | Home:Larch
C1      | Cat   | absent  | 2026-10-02 00:00 | 2026-10-02 20:00 | Home:Rowan
C2      | Cat   | absent  | 2026-10-07 18:00 | 2026-10-07 20:00 | Home:Rowan
C3      | Cat   | absent  | 2026-10-12 18:00 | 2026-10-12 20:00 | Home:Rowan
C4      | Cat   | absent  | 2026-10-17 18:00 | 2026-10-17 20:00 | Home:Rowan
C5      | Cat   | absent  | 2026-10-22 18:00 | 2026-10-22 20:00 | Home:Rowan
""",
        ordered=True,
        expected="""
place_id | state      | reports | child_ids | since            | why
Larch    | fired      | 5       | Ann; Ben  | 2026-10-30 18:00 | 5 absent reports of 2 children began here in the window; the rule fires at 5
Rowan    | just short | 4       | Cat       | not recorded     | 4 absent reports of 1 child began here in the window; the rule fires at 5
""",
    ),
    Case(
        rule="ABSENT-PLACE-5-IN-30D",
        title="asked about one place, the rule also says why it does not fire",
        records="""
episode | child | kind   | started          | ended            | start
A1      | Ann   | absent | 2026-10-05 18:00 | 2026-10-05 20:00 | Home:Larch
""",
        asked={"place": "@Home:Larch"},
        expected="""
place_id | state     | reports | why
Larch    | not fired | 1       | 1 absent report of 1 child began here in the window; the rule fires at 5
""",
    ),
    Case(
        rule="ABSENT-MASKS-MISSING",
        title="five absences beside one missing episode fire, four are just short; beside three missing episodes nothing is hidden",
        records="""
episode | child | kind    | started          | ended
A1      | Ann   | absent  | 2026-06-05 18:00 | 2026-06-05 20:00
A2      | Ann   | absent  | 2026-07-05 18:00 | 2026-07-05 20:00
A3      | Ann   | absent  | 2026-08-05 18:00 | 2026-08-05 20:00
A4      | Ann   | absent  | 2026-09-05 18:00 | 2026-09-05 20:00
A5      | Ann   | absent  | 2026-10-05 18:00 | 2026-10-05 20:00
A6      | Ann   | missing | 2026-10-20 18:00 | 2026-10-21 20:00
B1      | Ben   | absent  | 2026-07-05 18:00 | 2026-07-05 20:00
B2      | Ben   | absent  | 2026-08-05 18:00 | 2026-08-05 20:00
B3      | Ben   | absent  | 2026-09-05 18:00 | 2026-09-05 20:00
B4      | Ben   | absent  | 2026-10-05 18:00 | 2026-10-05 20:00
C1      | Cat   | absent  | 2026-06-05 18:00 | 2026-06-05 20:00
C2      | Cat   | absent  | 2026-07-05 18:00 | 2026-07-05 20:00
C3      | Cat   | absent  | 2026-08-05 18:00 | 2026-08-05 20:00
C4      | Cat   | absent  | 2026-09-05 18:00 | 2026-09-05 20:00
C5      | Cat   | absent  | 2026-10-05 18:00 | 2026-10-05 20:00
C6      | Cat   | missing | 2026-10-10 18:00 | 2026-10-11 20:00
C7      | Cat   | missing | 2026-10-15 18:00 | 2026-10-16 20:00
C8      | Cat   | missing | 2026-10-20 18:00 | 2026-10-21 20:00
""",
        ordered=True,
        expected="""
child_id | state      | absences | missing | since            | why
Ann      | fired      | 5        | 1       | 2026-10-05 18:00 | 5 absent reports beside 1 missing episode in the window; the rule fires at 5 beside no more than 2
Ben      | just short | 4        | 0       | not recorded     | 4 absent reports beside 0 missing episodes in the window; the rule fires at 5 beside no more than 2
""",
    ),
    Case(
        rule="ABSENT-REFERRED",
        title="a report that names no children's services is raised, and so is one that names nobody; a social worker told is enough",
        records="""
episode | child | kind   | started          | ended            | notified
A1      | Ann   | absent | 2026-10-05 18:00 | 2026-10-05 20:00 | Parent; Carer
A2      | Ann   | absent | 2026-10-12 18:00 | 2026-10-12 20:00 | Social Worker
A3      | Ann   | absent | 2026-10-19 18:00 | 2026-10-19 20:00 |
B1      | Ben   | absent | 2026-10-12 18:00 | 2026-10-12 20:00 | Emergency duty team; Parent
""",
        expected="""
child_id | state | episodes | records | since            | why
Ann      | fired | 2        | A1; A3  | 2026-10-05 18:00 | 2 of 3 absent reports in the window do not say that children's services were told; of 1 nothing is recorded
""",
    ),
    Case(
        rule="ABSENT-REFERRED",
        title="where the report became a missing one, what that says counts; asked about, it says why it does not fire",
        records="""
episode | child | kind    | source         | started          | ended            | notified      | became
A1      | Ann   | absent  | police_absent  | 2026-10-05 18:00 | 2026-10-05 20:00 |               | A2
A2      | Ann   | missing | police_missing | 2026-10-05 18:00 | 2026-10-06 20:00 | Social worker |
""",
        asked={"child": "@Ann"},
        expected="""
child_id | state     | episodes | why
Ann      | not fired | 0        | 0 of 1 absent report in the window do not say that children's services were told
""",
    ),
]
