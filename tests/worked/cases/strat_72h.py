# ruff: noqa: E501 - a drawn table is as wide as it is
"""STRAT-72H."""

from tests.worked.drawn import Case

PLACED = """
placement | child | home     | started
LA        | Ann   | Home:Elm | 2026-01-05
LB        | Ben   | Home:Elm | 2026-01-05
LC        | Cat   | Home:Elm | 2026-01-05
LD        | Dan   | Home:Elm | 2026-01-05
LE        | Eve   | Home:Elm | 2026-01-05
LF        | Fay   | Home:Elm | 2026-01-05
"""

CASES = [
    Case(
        rule="STRAT-72H",
        title="five working days from the 72 hour mark: the August bank holiday and weekends are left out",
        as_at="2026-09-09 12:00",
        records="""
episode | child | agency | started          | ended            | risk
A1      | Ann   | 99     | 2026-08-25 20:00 | 2026-09-02 08:00 | high
B1      | Ben   | 99     | 2026-08-25 20:00 | 2026-09-02 08:00 | medium
C1      | Cat   | 99     | 2026-09-04 09:00 |                  | medium
D1      | Dan   | 99     | 2026-09-06 12:00 |                  | medium
E1      | Eve   | 99     | 2026-08-25 20:00 | 2026-09-02 08:00 | medium
F1      | Fay   | 99     | 2026-08-25 20:00 | 2026-09-02 08:00 | medium
"""
        + PLACED
        + """
meeting | child | about | arranged   | planned    | held       | arranged_by | chair_role
MA      | Ann   | A1    | 2026-08-28 |            | 2026-09-07 | R. Ombley   | team manager
MB      | Ben   |       | 2026-08-28 |            | 2026-09-08 | R. Ombley   | team manager
MC      | Cat   | C1    | 2026-09-08 | 2026-09-10 |            | R. Ombley   |
ME      | Eve   | E1    | 2026-08-28 | 2026-09-03 |            |             |
""",
        expected="""
child_id | state              | standing | started          | due              | who_acts                             | worker       | answered_by
Ann      | held in time       | met      | 2026-08-28 20:00 | 2026-09-08 00:00 |                                      | R. Ombley    | MA
Ben      | held late          | late     | 2026-08-28 20:00 | 2026-09-08 00:00 |                                      | R. Ombley    | MB
Cat      | arranged           | running  | 2026-09-07 09:00 | 2026-09-15 00:00 | team manager chairs                  | R. Ombley    | MC
Dan      | not due            | not owed | not recorded     | not recorded     | social worker notifies and arranges  | not recorded |
Eve      | arranged, not held | broken   | 2026-08-28 20:00 | 2026-09-08 00:00 | team manager chairs                  | not recorded | ME
Fay      | overdue            | broken   | 2026-08-28 20:00 | 2026-09-08 00:00 | social worker notifies and arranges  | not recorded |
""",
    ),
    Case(
        rule="STRAT-72H",
        title="72 hours elapse across the clocks going back; exactly 72 hours are not over 72",
        as_at="2026-10-29 12:00",
        records="""
episode | child | agency | started          | ended
A1      | Ann   | 99     | 2026-10-23 20:00 | 2026-10-26 19:00
A2      | Ben   | 99     | 2026-10-23 20:00 | 2026-10-26 19:01
"""
        + PLACED,
        expected="""
child_id | state        | standing     | started          | due              | why
Ben      | running | running | 2026-10-26 19:00 | 2026-11-03 00:00 | looked after and missing over 72 hours at 26 October 2026, 19:00; 5 working days allowed; 4 days 12 hours left; no meeting is recorded
""",
    ),
    Case(
        rule="STRAT-72H",
        title="asked about one child, the rule says why no meeting is owed",
        as_at="2026-09-09 12:00",
        records="""
episode | child | agency | started          | ended
A1      | Ann   | 99     | 2026-09-01 20:00 | 2026-09-04 20:00
A2      | Ann   | 99     | 2026-08-20 20:00 | 2026-08-26 20:00

placement | child | home     | started
LA        | Ann   | Home:Elm | 2026-09-01
""",
        asked={"child": "@Ann"},
        expected="""
record | state           | standing     | why
A1     | returned before | not owed     | back 4 September 2026, 20:00, after 72 hours; the rule needs more than 72
A2     | not provided    | not provided | no file of placements covers the time: whether the child was looked after is not known
""",
    ),
]
