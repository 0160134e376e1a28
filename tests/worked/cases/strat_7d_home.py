# ruff: noqa: E501 - a drawn table is as wide as it is
"""STRAT-7D-HOME."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="STRAT-7D-HOME",
        title="at home on a plan or subject of an enquiry: within seven days, and not if back before",
        as_at="2026-10-20 12:00",
        records="""
episode | child | agency | started          | ended            | risk
A1      | Ann   | 99     | 2026-10-01 12:00 |                  | high
B1      | Ben   | 99     | 2026-10-01 12:00 | 2026-10-08 12:00 |
C1      | Cat   | 99     | 2026-10-01 12:00 | 2026-10-08 12:01 |
D1      | Dan   | 99     | 2026-10-14 12:00 |                  |
E1      | Eve   | 99     | 2026-10-01 12:00 |                  |
F1      | Fay   | 99     | 2026-10-01 12:00 |                  |

list entry | child | list | added      | removed
LA         | Ann   | cp   | 2026-03-01 |
LX         | Ann   | cse  | 2026-03-01 |
LB         | Ben   | cp   | 2026-03-01 |
LC         | Cat   | s47  | 2026-09-20 | 2026-10-05
LD         | Dan   | cp   | 2026-03-01 |
LE         | Eve   | cp   | 2026-03-01 | 2026-09-30
LF         | Fay   | cp   | 2026-03-01 |

placement | child | home     | started
PF        | Fay   | Home:Elm | 2026-01-05

meeting | child | about | arranged   | planned    | held
MA      | Ann   | A1    | 2026-10-05 |            | 2026-10-08
""",
        expected="""
child_id | state        | standing | due              | who_acts                            | answered_by | facts
Ann      | held in time | met      | 2026-10-08 12:00 |                                     | MA          | Arranged 5 October 2026, by whom is not recorded; May be brought forward: on the list CSE; May be brought forward: the risk is graded high; On a child protection plan; Outcome: not recorded; Who chaired it is not recorded
Cat      | overdue      | broken   | 2026-10-08 12:00 | social worker notifies and arranges |             | Subject of an enquiry under section 47
Dan      | running      | running  | 2026-10-21 12:00 | social worker notifies and arranges |             | On a child protection plan
""",
    ),
    Case(
        rule="STRAT-7D-HOME",
        title="asked about a child who was back before, on no list, or looked after",
        as_at="2026-10-20 12:00",
        records="""
episode | child | agency | started          | ended
B1      | Ben   | 99     | 2026-10-01 12:00 | 2026-10-08 12:00
B2      | Ben   | 99     | 2026-08-01 12:00 | 2026-08-18 12:00
B3      | Ben   | 99     | 2026-09-10 12:00 | 2026-09-18 12:00

list entry | child | list | added      | removed
LB         | Ben   | cp   | 2026-10-01 |
LC         | Cat   | cp   | 2026-07-01 |

placement | child | home     | started    | ended
PB        | Ben   | Home:Elm | 2026-09-05 | 2026-09-20

meeting | child | about | arranged   | held
MB      | Ben   | B1    | 2026-10-09 | 2026-10-12
""",
        asked={"child": "@Ben"},
        expected="""
record | state           | standing | why
B1     | returned before | not owed | missing from home from 1 October 2026, 12:00; 7 days allowed; back 8 October 2026, 12:00; a meeting was held all the same 12 October 2026
B2     | no such plan    | not owed | on no child protection plan and subject of no enquiry under section 47 while missing
B3     | looked after    | not owed | a placement was open: not at home; see STRAT-72H
""",
    ),
]
