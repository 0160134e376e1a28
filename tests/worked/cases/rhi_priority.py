# ruff: noqa: E501 - a drawn table is as wide as it is
"""RHI-PRIORITY."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="RHI-PRIORITY",
        title="each reason by itself makes the interview especially important",
        records="""
episode | child | kind    | started          | ended
A1      | Ann   | missing | 2026-09-10 20:00 | 2026-09-10 23:00
A2      | Ann   | missing | 2026-10-10 20:00 | 2026-10-10 23:00
B1      | Ben   | absent  | 2026-08-10 20:00 | 2026-08-10 23:00
B2      | Ben   | absent  | 2026-09-10 20:00 | 2026-09-10 23:00
B3      | Ben   | absent  | 2026-10-10 20:00 | 2026-10-10 23:00
C1      | Cat   | missing | 2026-10-10 20:00 | 2026-10-10 23:00
D1      | Dee   | missing | 2026-10-10 20:00 | 2026-10-10 23:00
E1      | Eve   | missing | 2026-10-10 20:00 | 2026-10-10 23:00
F1      | Fay   | missing | 2026-10-10 20:00 | 2026-10-10 23:00

list entry | child | list  | added
LD         | Dee   | gangs | 2024-09-01

interview | child | held             | themes | harm               | with
IA        | Ann   | 2026-10-12 15:00 | Drugs  |                    | Associate:Taz
IC        | Cat   | 2026-10-12 15:00 | School | bruise on one hand |
IF        | Fay   | 2026-10-12 15:00 | Theft  | None               |

intelligence | at               | subject   | relation  | other
NE           | 2026-10-01 09:00 | Child:Eve | associate | Associate:Taz
""",
        expected="""
child_id | state | missing | absences | records      | why
Ann      | fired | 2       | 0        | A1; A2; IA   | 2 missing episodes and 0 absent reports in the window; contact with persons posing risk; known or suspected exploitation, trafficking, crime or drugs; reported missing more than once
Cat      | fired | 1       | 0        | C1; IC       | 1 missing episode and 0 absent reports in the window; hurt or harmed while missing
Dee      | fired | 1       | 0        | D1; LD       | 1 missing episode and 0 absent reports in the window; known or suspected exploitation, trafficking, crime or drugs
Eve      | fired | 1       | 0        | E1; NE       | 1 missing episode and 0 absent reports in the window; contact with persons posing risk
Fay      | fired | 1       | 0        | F1; IF       | 1 missing episode and 0 absent reports in the window; engaged in crime while away
Ben      | fired | 0       | 3        | B1; B2; B3   | 0 missing episodes and 3 absent reports in the window; often away without authorisation
""",
    ),
    Case(
        rule="RHI-PRIORITY",
        title="just short: once missing, twice absent, no harm told, family, what has ended or lies before the window",
        records="""
episode | child | kind    | started          | ended
A1      | Ann   | missing | 2026-10-10 20:00 | 2026-10-10 23:00
A2      | Ann   | absent  | 2026-09-10 20:00 | 2026-09-10 23:00
A3      | Ann   | absent  | 2026-09-12 20:00 | 2026-09-12 23:00
A4      | Ann   | missing | 2025-10-10 20:00 | 2025-10-10 23:00

list entry | child | list | added      | removed
LA         | Ann   | cse  | 2024-09-01 | 2026-10-31

interview | child | held             | themes | harm
IA        | Ann   | 2026-10-12 15:00 | School | None disclosed
IB        | Ann   | 2025-10-12 15:00 | Drugs  | hit

intelligence | at               | subject   | relation | other
NA           | 2026-10-01 09:00 | Child:Ann | parent   | Associate:Mum
""",
        expected="""
child_id | state
""",
    ),
    Case(
        rule="RHI-PRIORITY",
        title="those with most reasons come first, then those missing more often",
        records="""
episode | child | kind    | started          | ended
A1      | Ann   | missing | 2026-10-10 20:00 | 2026-10-10 23:00
B1      | Ben   | missing | 2026-09-10 20:00 | 2026-09-10 23:00
B2      | Ben   | missing | 2026-10-10 20:00 | 2026-10-10 23:00
C1      | Cat   | missing | 2026-10-10 20:00 | 2026-10-10 23:00

interview | child | held             | themes       | harm
IA        | Ann   | 2026-10-12 15:00 | Drugs; Theft | hit
IC        | Cat   | 2026-10-12 15:00 | Theft        |
""",
        ordered=True,
        expected="""
child_id | missing | why
Ann      | 1       | 1 missing episode and 0 absent reports in the window; engaged in crime while away; hurt or harmed while missing; known or suspected exploitation, trafficking, crime or drugs
Ben      | 2       | 2 missing episodes and 0 absent reports in the window; reported missing more than once
Cat      | 1       | 1 missing episode and 0 absent reports in the window; engaged in crime while away
""",
    ),
    Case(
        rule="RHI-PRIORITY",
        title="why not, for a child asked about",
        asked={"child": "@Ann"},
        records="""
episode | child | started          | ended
A1      | Ann   | 2026-10-10 20:00 | 2026-10-10 23:00
""",
        expected="""
child_id | state     | records | why
Ann      | not fired | A1      | 1 missing episode and 0 absent reports in the window; no reason recorded
""",
    ),
]
