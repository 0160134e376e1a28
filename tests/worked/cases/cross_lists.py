# ruff: noqa: E501 - a drawn table is as wide as it is
"""CROSS-LISTS."""

from tests.worked.drawn import Case

ON_LISTS = """
list entry | child | list  | added      | removed
L1         | Ann   | cse   | 2026-01-10 |
L2         | Ann   | gangs | 2026-03-10 |
L3         | Ben   | cse   | 2026-01-10 |
L4         | Ben   | gangs | 2026-02-10 | 2026-11-01
L5         | Cat   | cse   | 2026-01-10 |
L6         | Dan   | ehe   | 2026-01-10 |
L7         | Eve   | cse   | 2026-01-10 |
L8         | Eve   | gangs | 2026-01-10 |

out of school | child | started    | ended
M1            | Ann   | 2026-09-07 |

episode | child | kind    | started          | ended
C1      | Cat   | missing | 2026-09-01 20:00 | 2026-09-01 23:00
C2      | Cat   | missing | 2026-10-01 20:00 | 2026-10-01 23:00
D1      | Dan   | absent  | 2026-10-01 20:00 | 2026-10-01 23:00
D2      | Dan   | missing | 2025-10-01 20:00 | 2025-10-01 23:00
"""

CASES = [
    Case(
        rule="CROSS-LISTS",
        title="each combination is counted; one taken off a list that day is on it no more, and one list is just short",
        records=ON_LISTS,
        ordered=True,
        expected="""
child_id | state | lists           | same_combination | more_lists | records
Ann      | fired | cme; cse; gangs | 1                | 0          | L1; L2; M1
Eve      | fired | cse; gangs      | 1                | 1          | L7; L8
Cat      | fired | cse; missing    | 1                | 0          | C1; C2; L5
""",
        notes=("cse, gangs: 1 child on these and no other list asked about, 1 on these and more.",),
    ),
    Case(
        rule="CROSS-LISTS",
        title="asked about a child on one list, it says why it does not fire: an absent report, or an old one, is no missing list",
        records=ON_LISTS,
        asked={"child": "@Dan"},
        expected="""
child_id | state      | lists | why
Dan      | just short | ehe   | On 1 list; the rule fires at 2
""",
    ),
    Case(
        rule="CROSS-LISTS",
        title="which lists are looked at is a parameter",
        records=ON_LISTS,
        asked={"lists": ["cme", "gangs"]},
        expected="""
child_id | lists      | entries.since
Ann      | cme; gangs | 2026-03-10; 2026-09-07
""",
    ),
]
