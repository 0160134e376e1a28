# ruff: noqa: E501 - a drawn table is as wide as it is
"""STRAT-GROUP."""

from tests.worked.drawn import Case

GONE = """
episode | child | agency | started          | ended            | start    | with
A1      | Ann   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00 | Home:Elm |
B1      | Ben   | 99     | 2026-10-01 22:00 | 2026-10-02 09:00 | Home:Elm |
C1      | Cat   | 99     | 2026-10-01 22:01 | 2026-10-02 09:00 | Home:Elm | Dan
D1      | Dan   | 99     | 2026-10-02 08:59 | 2026-10-02 12:00 |          |
E1      | Eve   | 99     | 2026-10-10 20:00 | 2026-10-11 08:00 | Home:Elm |
F1      | Fay   | 99     | 2026-10-11 08:00 | 2026-10-11 12:00 | Home:Elm | Eve
"""

CASES = [
    Case(
        rule="STRAT-GROUP",
        title="two hours apart from one home, a named companion; what only touches is not together",
        as_at="2026-10-20 12:00",
        records=GONE
        + """
meeting | child | about | meeting | arranged   | held
MA      | Ann   | A1    | S1      | 2026-10-02 | 2026-10-05
MB      | Ben   | B1    | S1      | 2026-10-02 | 2026-10-05

action | child | what          | agreed     | meeting
XA     | Ann   | safety plan   | 2026-10-05 | S1
XB     | Cat   | return home   | 2026-10-05 | S1
""",
        expected="""
child_ids          | state                  | ways                                    | joint | meeting_records | why
Ann; Ben; Cat; Dan | joint meeting for some | named as companion; went from one place | S1    | MA; MB          | 4 children went together from 1 October 2026, 20:00: named as companion and went from one place; consider one joint strategy meeting; a record and a plan for each: 2 with a meeting held, 1 with actions
""",
    ),
    Case(
        rule="STRAT-GROUP",
        title="asked about a child with whom nobody went",
        as_at="2026-10-20 12:00",
        records=GONE,
        asked={"child": "@Eve"},
        expected="""
child_ids | state     | why
Eve       | not fired | no other child is known to have gone together with this one in the window
""",
    ),
]
