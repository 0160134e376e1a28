# ruff: noqa: E501 - a drawn table is as wide as it is
"""CME-AND-MISSING."""

from tests.worked.drawn import Case

ASKED = """
out of school | child | started
O1            | Ann   | 2026-09-01

episode | child | started          | ended
B1      | Ben   | 2026-10-03 18:00 | 2026-10-04 02:00
"""

CASES = [
    Case(
        rule="CME-AND-MISSING",
        title="asked of a child: why not, out of school and neither missing nor beside who is",
        records=ASKED,
        asked={"child": "@Ann"},
        expected="""
child_id | state      | education_records | why
Ann      | just short | O1                | missing from education; 0 missing episodes in the window, 0 people and things shared with children who go missing
""",
    ),
    Case(
        rule="CME-AND-MISSING",
        title="asked of a child: why not, no record says that they are out of school",
        records=ASKED,
        asked={"child": "@Ben"},
        expected="""
child_id | state     | why
Ben      | not fired | on no register of children missing education, and not absent for 20 sessions of a term that count
""",
    ),
    Case(
        rule="CME-AND-MISSING",
        title="out of school and missing; out of school beside a missing child; out of school alone is not shown",
        records="""
out of school | child | started    | ended      | reason
O1            | Ann   | 2026-09-01 |            | moved
O2            | Ben   | 2026-09-01 |            |
O3            | Cat   | 2026-09-01 |            |
O4            | Dan   | 2026-03-01 | 2026-06-01 |

episode | child | started          | ended            | with
A1      | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00 |
D1      | Dan   | 2026-10-03 18:00 | 2026-10-04 02:00 |

interview | child | held             | with
R1        | Ben   | 2026-10-10 10:00 | Associate:Taz
R2        | Ann   | 2026-10-11 10:00 | Associate:Taz
""",
        expected="""
child_id | education              | since      | reasons | episodes | episode_records | last_missing     | agencies
Ann      | missing from education | 2026-09-01 | moved   | 1        | A1              | 2026-10-03 18:00 | 99; 997
Ben      | missing from education | 2026-09-01 |         | 0        |                 | not recorded     | 997; interviews
""",
    ),
    Case(
        rule="CME-AND-MISSING",
        title="tied only as the companion of a child who went missing; a hub ties nobody, and is counted",
        records="""
out of school | child | started
O1            | Ann   | 2026-09-01
O2            | Ben   | 2026-09-01
O3            | Cat   | 2026-09-01

episode | child | kind    | started          | ended            | found          | with
D1      | Dan   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Hospital | Child:Ann
E1      | Eve   | absent  | 2026-10-05 18:00 | 2026-10-06 02:00 | Place:Hospital | Child:Ben
F1      | Fay   | missing | 2026-10-07 18:00 | 2026-10-08 02:00 | Place:Hospital |

interview | child | held             | went to
R1        | Ann   | 2026-10-10 10:00 | Place:Hospital
R2        | Cat   | 2026-10-10 10:00 | Place:Hospital
""",
        asked={"hub_children": 4},
        expected="""
child_id | episodes | shares | hub_ids  | agencies
Ann      | 0        | Dan with Dan: D1 | Hospital | 99; 997
""",
        notes=(
            "1 hub is not followed to which children missing from education are tied: a place, vehicle, phone or "
            "handle known to more than 4 children ties everybody to everybody. Ask with a greater number to follow more.",
            "2 children missing from education are tied to such hubs, to nothing else that is shared, and not shown.",
        ),
    ),
    Case(
        rule="CME-AND-MISSING",
        title="a register's day is London's: after midnight in July one closed that day is closed, one opened is open",
        records="""
out of school | child | started    | ended
O1            | Ann   | 2026-06-01 | 2026-07-01
O2            | Ben   | 2026-07-01 |

episode | child | started          | ended
A1      | Ann   | 2026-06-03 18:00 | 2026-06-04 02:00
B1      | Ben   | 2026-06-03 18:00 | 2026-06-04 02:00
""",
        as_at="2026-07-01 00:30",
        expected="""
child_id | education_records
Ben      | O2
""",
    ),
    Case(
        rule="CME-AND-MISSING",
        title="twenty sessions without permission are absence; nineteen are just short; an exclusion on a missing day",
        records="""
absence | child | kind      | sessions | code | counted_from | started
S1      | Ann   | sessions  | 12       | O    | 2026-09-01   |
S2      | Ann   | sessions  | 8        | G    | 2026-09-01   |
S3      | Ben   | sessions  | 19       | O    | 2026-09-01   |
S4      | Ben   | sessions  | 10       | I    | 2026-09-01   |
S5      | Cat   | exclusion | 4        |      |              | 2026-10-05

episode | child | started          | ended
A1      | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00
B1      | Ben   | 2026-10-03 18:00 | 2026-10-04 02:00
C1      | Cat   | 2026-10-04 18:00 | 2026-10-05 11:00
""",
        expected="""
child_id | education          | sessions | education_records | episodes | during_absence
Ann      | absent from school | 20       | S1; S2            | 1        |
Cat      | absent from school | 4        | S5                | 1        | S5
""",
    ),
    Case(
        rule="CME-AND-MISSING",
        title="each term is counted by itself; a term before the window and one that has not begun are not",
        records="""
absence | child | kind     | sessions | code | counted_from
S1      | Ann   | sessions | 12       | O    | 2026-01-01
S2      | Ann   | sessions | 12       | O    | 2026-04-06
S3      | Ben   | sessions | 12       | O    | 2026-04-06
S4      | Ben   | sessions | 9        | N    | 2026-04-06
S5      | Ben   | sessions | 11       | O    | 2026-01-01
S6      | Cat   | sessions | 40       | O    | 2025-04-21
S7      | Cat   | sessions | 40       | O    | 2026-08-01

episode | child | started          | ended
A1      | Ann   | 2026-05-03 18:00 | 2026-05-04 02:00
B1      | Ben   | 2026-05-03 18:00 | 2026-05-04 02:00
C1      | Cat   | 2026-05-03 18:00 | 2026-05-04 02:00
""",
        as_at="2026-06-01 00:00",
        expected="""
child_id | education          | sessions | education_records
Ben      | absent from school | 21       | S3; S4
""",
    ),
]
