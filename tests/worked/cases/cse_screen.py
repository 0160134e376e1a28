# ruff: noqa: E501 - a drawn table is as wide as it is
"""CSE-SCREEN: screenings for exploitation."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="CSE-SCREEN",
        title="within five working days and a day late, before the episode and too long before, running, and not at all",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | started          | ended            | authority
A1      | Ann   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00 | 997
B1      | Ben   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00 | 997
C1      | Cat   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00 | 997
D1      | Dan   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00 | 997
E1      | Eve   | 99     | 2026-10-28 20:00 | 2026-10-29 08:00 | 997
F1      | Fay   | 99     | 2026-10-01 20:00 |                  | 997

assessment | child | of                  | at         | level  | about | assessor | radicalisation_considered
RA         | Ann   | CSE screening       | 2026-10-08 | medium | A1    | J. Worker | yes
RB         | Ben   | Exploitation screen | 2026-10-09 | low    |       |          | no
RC         | Cat   | CSE screening       | 2026-07-03 | high   |       |          |
RD         | Dan   | CSE screening       | 2026-07-02 | high   |       |          |
RF         | Fay   | Missing from care   | 2026-10-02 | high   |       |          |
""",
        expected="""
child_id | state            | standing | due              | worker       | answered_by | facts
Ann      | screened in time | met      | 2026-10-09 00:00 | J. Worker    | RA          | Radicalisation considered; Result: medium
Ben      | screened late    | late     | 2026-10-09 00:00 | not recorded | RB          | Radicalisation not considered; Result: low
Cat      | screened before  | met      | 2026-10-09 00:00 | not recorded | RC          | Radicalisation not recorded as considered; Result: high
Dan      | not screened     | broken   | 2026-10-09 00:00 | not recorded |             |
Eve      | running          | running  | 2026-11-05 00:00 | not recorded |             |
Fay      | not screened     | broken   | 2026-10-09 00:00 | not recorded |             |
""",
    ),
    Case(
        rule="CSE-SCREEN",
        title="where no screening is seen at all, it is not provided",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | started          | ended
A1      | Ann   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00

assessment | child | of                | at         | level
RF         | Ann   | Missing from care | 2026-10-02 | high
""",
        expected="""
child_id | state        | who_acts
Ann      | not provided | social worker screens
""",
    ),
    Case(
        rule="CSE-SCREEN",
        title="of several screenings of the first day every one is named, with all that they say; none of a later day",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | started          | ended            | authority
A1      | Ann   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00 | 997

assessment | child | of                  | at         | level  | assessor  | radicalisation_considered
RA         | Ann   | CSE screening       | 2026-10-08 | medium | J. Worker | yes
RB         | Ann   | Exploitation screen | 2026-10-08 | high   | A. Other  | yes
RC         | Ann   | CSE screening       | 2026-10-09 | low    | C. Later  | no
""",
        expected="""
child_id | state            | worker                 | answered_by | facts
Ann      | screened in time | A. Other and J. Worker | RA; RB      | Radicalisation considered; Result: high; Result: medium
""",
    ),
]
