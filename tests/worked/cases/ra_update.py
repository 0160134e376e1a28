# ruff: noqa: E501 - a drawn table is as wide as it is
"""RA-UPDATE."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="RA-UPDATE",
        title="five working days from the return; each episode its own assessment, and what is recorded beside it",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | source         | started          | ended
A1      | Ann   | 99     | police_missing | 2026-10-01 20:00 | 2026-10-02 08:00
A2      | Ann   | 99     | police_missing | 2026-10-06 20:00 | 2026-10-07 08:00
B1      | Ben   | 99     | police_missing | 2026-10-01 20:00 | 2026-10-02 08:00
C1      | Cat   | 99     | police_missing | 2026-10-26 20:00 | 2026-10-27 08:00
D1      | Dan   | 99     | police_missing | 2026-10-29 20:00 |
E1      | Eve   | 99     | police_missing | 2026-10-01 20:00 | 2026-10-02 08:00

placement | child | home     | started
LA        | Ann   | Home:Elm | 2026-01-05
LB        | Ben   | Home:Elm | 2026-01-05
LC        | Cat   | Home:Elm | 2026-01-05
LD        | Dan   | Home:Elm | 2026-01-05

assessment | child | of                | at         | level | assessor | about | placement_plan_updated | early_review_considered
RA         | Ann   | missing from care | 2026-10-09 | high  | J. Other |       | 2026-10-12             |
RB         | Ben   | missing from care | 2026-10-10 | low   |          | B1    |                        |
R0         | Ben   | missing from care | 2026-09-10 | low   |          |       |                        |

told | child | party | at               | occasion | about
T1   | Ann   | IRO   | 2026-10-07 10:00 | return   | A2
""",
        expected="""
record | state           | standing | due              | answered_by | worker       | facts
A1     | overdue         | broken   | 2026-10-10 00:00 |             | not recorded | That an early review was considered is not recorded; That the IRO was told is not recorded; That the placement plan was updated is not recorded
A2     | updated in time | met      | 2026-10-15 00:00 | RA          | J. Other     | That an early review was considered is not recorded; The IRO was told 7 October 2026, 10:00; The placement plan was updated 12 October 2026
B1     | updated late    | late     | 2026-10-10 00:00 | RB          | not recorded | That an early review was considered is not recorded; That the IRO was told is not recorded; That the placement plan was updated is not recorded
C1     | running         | running  | 2026-11-04 00:00 |             | not recorded | That an early review was considered is not recorded; That the IRO was told is not recorded; That the placement plan was updated is not recorded
D1     | not due         | not owed | not recorded     |             | not recorded |
""",
    ),
]
