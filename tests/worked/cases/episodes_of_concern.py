# ruff: noqa: E501 - a drawn table is as wide as it is
"""RISK-BELOW-MEDIUM, ABSENT-WITH-CSE and ABSENT-MISSING-COINCIDE."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="RISK-BELOW-MEDIUM",
        title="a missing child graded low is raised; one graded medium is not, nor one whom nobody graded",
        records="""
episode | child | started          | ended            | risk
A1      | Ann   | 2026-10-10 20:00 | 2026-10-11 08:00 | low
A2      | Ann   | 2026-10-20 20:00 | 2026-10-21 08:00 | high
B1      | Ben   | 2026-10-10 20:00 | 2026-10-11 08:00 | medium
C1      | Cat   | 2026-10-10 20:00 | 2026-10-11 08:00 |
""",
        expected="""
child_id | state | episodes | records | since            | why
Ann      | fired | 1        | A1      | 2026-10-10 20:00 | 1 of 2 graded episodes in the window stand below medium
""",
    ),
    Case(
        rule="RISK-BELOW-MEDIUM",
        title="graded low at first and raised since is just short; what was raised later than the date asked about is low",
        records="""
episode | child | started          | ended            | first_risk | risk   | risk_changes
A1      | Ann   | 2026-10-10 20:00 | 2026-10-11 08:00 | low        | medium | 2026-10-10T21:00 Low>Medium seen in a car
B1      | Ben   | 2026-10-31 20:00 |                  | low        | medium | 2026-11-01T09:00 Low>Medium not heard from
""",
        ordered=True,
        expected="""
child_id | state      | episodes | records | since            | why
Ben      | fired      | 1        | B1      | 2026-10-31 20:00 | 1 of 1 graded episode in the window stand below medium
Ann      | just short | 0        | A1      | not recorded     | 0 of 1 graded episode in the window stand below medium
""",
    ),
    Case(
        rule="RISK-BELOW-MEDIUM",
        title="asked about a child who was graded as policy says, it says why it does not fire",
        records="""
episode | child | started          | ended            | risk
B1      | Ben   | 2026-10-10 20:00 | 2026-10-11 08:00 | medium
""",
        asked={"child": "@Ben"},
        expected="""
child_id | state     | episodes | records | why
Ben      | not fired | 0        |         | 0 of 1 graded episode in the window stand below medium
""",
    ),
    Case(
        rule="ABSENT-WITH-CSE",
        title="graded absent while on the CSE list, or after an assessment of a high risk; not before either",
        records="""
episode | child | kind   | started          | ended
A1      | Ann   | absent | 2026-10-10 20:00 | 2026-10-10 22:00
A2      | Ann   | absent | 2026-08-10 20:00 | 2026-08-10 22:00
B1      | Ben   | absent | 2026-10-10 20:00 | 2026-10-10 22:00
C1      | Cat   | absent | 2026-10-10 20:00 | 2026-10-10 22:00
D1      | Dee   | absent | 2026-10-10 20:00 | 2026-10-10 22:00

list entry | child | list | added      | removed
LA         | Ann   | cse  | 2026-09-01 |
LC         | Cat   | cse  | 2026-01-01 | 2026-10-10

assessment | child | of  | level | at
RB         | Ben   | CSE | High  | 2026-10-09
RD         | Dee   | CSE | High  | 2026-10-11
""",
        expected="""
child_id | state | episodes | records | why
Ann      | fired | 1        | A1; LA  | 1 of 2 absent reports in the window stand beside a known risk
Ben      | fired | 1        | B1; RB  | 1 of 1 absent report in the window stand beside a known risk
""",
    ),
    Case(
        rule="ABSENT-WITH-CSE",
        title="an assessment stands until the same agency's next of that kind; another's, or a later one, takes nothing back",
        records="""
episode | child | kind   | started          | ended
A1      | Ann   | absent | 2026-10-10 20:00 | 2026-10-10 22:00
B1      | Ben   | absent | 2026-10-10 20:00 | 2026-10-10 22:00
C1      | Cat   | absent | 2026-10-10 20:00 | 2026-10-10 22:00
D1      | Dee   | absent | 2026-10-10 20:00 | 2026-10-10 22:00

assessment | child | of                           | level  | at         | agency
RA         | Ann   | CSE                          | High   | 2026-06-09 | 997
SA         | Ann   | CSE                          | Low    | 2026-09-09 | 997
RB         | Ben   | CSE                          | High   | 2026-06-09 | 997
SB         | Ben   | CSE                          | Low    | 2026-09-09 | 99
RC         | Cat   | CSE                          | Medium | 2026-06-09 | 997
SC         | Cat   | Child exploitation screening | Low    | 2026-09-09 | 997
RD         | Dee   | CSE                          | High   | 2026-06-09 | 997
SD         | Dee   | CSE                          | Low    | 2026-10-11 | 997
""",
        expected="""
child_id | state | episodes | records
Ben      | fired | 1        | B1; RB
Cat      | fired | 1        | C1; RC
Dee      | fired | 1        | D1; RD
""",
    ),
    Case(
        rule="ABSENT-MISSING-COINCIDE",
        title="absent and missing within a day of each other; not a day and an hour apart, nor a report that became the other",
        records="""
episode | child | kind    | started          | ended            | became
A1      | Ann   | absent  | 2026-10-10 08:00 | 2026-10-10 10:00 |
A2      | Ann   | missing | 2026-10-11 10:00 | 2026-10-11 20:00 |
B1      | Ben   | absent  | 2026-10-10 08:00 | 2026-10-10 10:00 |
B2      | Ben   | missing | 2026-10-11 11:00 | 2026-10-11 20:00 |
""",
        expected="""
child_id | state | episodes | records | why
Ann      | fired | 1        | A1; A2  | 1 of 1 absent report lie within 24 hours of one of 1 missing episode
""",
    ),
]
