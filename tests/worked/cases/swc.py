# ruff: noqa: E501 - a drawn table is as wide as it is
"""SWC: safe-and-well checks."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="SWC",
        title="made in time and a minute late, agreed otherwise, owed still, and never made",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | source         | kind    | started          | ended
A1      | Ann   | 99     | police_missing | missing | 2026-10-01 20:00 | 2026-10-02 08:00
B1      | Ben   | 99     | police_missing | missing | 2026-10-01 20:00 | 2026-10-02 08:00
C1      | Cat   | 99     | police_missing | missing | 2026-10-01 20:00 | 2026-10-02 08:00
D1      | Dan   | 99     | police_missing | missing | 2026-10-29 20:00 | 2026-10-30 08:00
E1      | Eve   | 99     | police_missing | missing | 2026-10-01 20:00 | 2026-10-02 08:00
F1      | Fay   | 99     | police_absent  | absent  | 2026-10-01 20:00 | 2026-10-02 08:00
G1      | Gus   | 99     | police_missing | missing | 2026-10-29 20:00 |

check | child | about | at               | held_by | agreed_with | agreed_reason | findings_shared
SA    | Ann   | A1    | 2026-10-03 08:00 | PC One  |             |               | 2026-10-04
SB    | Ben   |       | 2026-10-03 08:01 |         |             |               |
SC    | Cat   | C1    |                  |         | carer       | seen weekly   |
""",
        expected="""
child_id | state        | standing | hours        | owed_by | worker       | answered_by | who_acts     | why
Ann      | done in time | met      | 0            | 99      | PC One       | SA          |              | back 2 October 2026, 08:00; 24 hours allowed; made 3 October 2026, 08:00, done under an hour before it was due
Ben      | done late    | late     | -0.02        | 99      | not recorded | SB          |              | back 2 October 2026, 08:00; 24 hours allowed; made 3 October 2026, 08:01, done under an hour after it was due
Cat      | by agreement | not owed | not recorded | 99      | not recorded | SC          |              | not made each time, agreed with carer; because: seen weekly
Dan      | running      | running  | 20           | 99      | not recorded |             | police check | back 30 October 2026, 08:00; 24 hours allowed; 20 hours left; no check is recorded
Eve      | overdue      | broken   | -653         | 99      | not recorded |             | police check | back 2 October 2026, 08:00; 24 hours allowed; 27 days 5 hours over; no check is recorded
Gus      | not due      | not owed | not recorded | not recorded | not recorded |        |              | the child is not back
""",
    ),
    Case(
        rule="SWC",
        title="no file with checks: not provided, not overdue; and nothing is owed for absent",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | source         | kind    | started          | ended
A1      | Ann   | 99     | police_missing | missing | 2026-10-01 20:00 | 2026-10-02 08:00
A2      | Ann   | 99     | police_absent  | absent  | 2026-10-11 20:00 | 2026-10-12 08:00
""",
        asked={"child": "@Ann"},
        expected="""
record | state        | standing     | why
A1     | not provided | not provided | back 2 October 2026, 08:00; 24 hours allowed; 27 days 5 hours over; no check is recorded; no file with checks covers the time
A2     | not owed     | not owed     | none is owed for an episode recorded as absent
""",
    ),
]
