# ruff: noqa: E501 - a drawn table is as wide as it is
"""TRIAGE-RAG."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="TRIAGE-RAG",
        title="more than two missing episodes are red, exactly two amber, one green, where nothing else is recorded",
        records="""
episode | child | started          | ended
A1      | Ann   | 2026-08-10 20:00 | 2026-08-10 23:00
A2      | Ann   | 2026-09-10 20:00 | 2026-09-10 23:00
A3      | Ann   | 2026-10-10 20:00 | 2026-10-10 23:00
B1      | Ben   | 2026-09-10 20:00 | 2026-09-10 23:00
B2      | Ben   | 2026-10-10 20:00 | 2026-10-11 20:00
C1      | Cat   | 2026-10-10 20:00 | 2026-10-10 23:00
""",
        ordered=True,
        expected="""
child_id | level | state      | missing | absences | records    | why
Ann      | red   | fired      | 3       | 0        | A1; A2; A3 | 3 missing episodes and 0 absent reports in the window; red for more than 2 missing episodes
Ben      | amber | just short | 2       | 0        | B1; B2     | 2 missing episodes and 0 absent reports in the window; amber at 2 without a strong factor: find out more
Cat      | green | not fired  | 1       | 0        | C1         | 1 missing episode and 0 absent reports in the window; no strong factor recorded
""",
    ),
    Case(
        rule="TRIAGE-RAG",
        title="five absences alone are red, four are not",
        records="""
episode | child | kind   | started          | ended
A1      | Ann   | absent | 2026-06-10 20:00 | 2026-06-10 23:00
A2      | Ann   | absent | 2026-07-10 20:00 | 2026-07-10 23:00
A3      | Ann   | absent | 2026-08-10 20:00 | 2026-08-10 23:00
A4      | Ann   | absent | 2026-09-10 20:00 | 2026-09-10 23:00
A5      | Ann   | absent | 2026-10-10 20:00 | 2026-10-10 23:00
B1      | Ben   | absent | 2026-07-10 20:00 | 2026-07-10 23:00
B2      | Ben   | absent | 2026-08-10 20:00 | 2026-08-10 23:00
B3      | Ben   | absent | 2026-09-10 20:00 | 2026-09-10 23:00
B4      | Ben   | absent | 2026-10-10 20:00 | 2026-10-10 23:00
""",
        ordered=True,
        expected="""
child_id | level | absences | why
Ann      | red   | 5        | 0 missing episodes and 5 absent reports in the window; red for 5 absent reports or more
Ben      | green | 4        | 0 missing episodes and 4 absent reports in the window; no strong factor recorded
""",
    ),
    Case(
        rule="TRIAGE-RAG",
        title="one strong factor makes red, whichever it is; what lies before the window, has ended, or is family, does not",
        records="""
episode | child | started          | ended
A1      | Ann   | 2026-10-10 20:00 | 2026-10-11 20:30
B1      | Ben   | 2026-10-10 20:00 | 2026-10-10 23:00
C1      | Cat   | 2026-10-10 20:00 | 2026-10-10 23:00
D1      | Dee   | 2026-10-10 20:00 | 2026-10-10 23:00
E1      | Eve   | 2026-10-10 20:00 | 2026-10-10 23:00
F1      | Fay   | 2026-10-10 20:00 | 2026-10-10 23:00
G1      | Gus   | 2026-10-10 20:00 | 2026-10-10 23:00

list entry | child | list | added      | removed
LB         | Ben   | cse  | 2024-09-01 |
LG         | Gus   | cse  | 2024-09-01 | 2026-10-31

interview | child | held             | themes             | with
IC        | Cat   | 2026-10-12 15:00 | School; Drugs      |
ID        | Dee   | 2026-10-12 15:00 | School             | Associate:Taz
IG        | Gus   | 2026-03-12 15:00 | Domestic abuse     | Associate:Taz

intelligence | at               | subject   | relation  | other
NE           | 2026-10-01 09:00 | Child:Eve | seen at   | Place:Park
NF           | 2026-10-01 09:00 | Child:Fay | associate | Associate:Taz
NG           | 2026-10-01 09:00 | Child:Gus | parent    | Associate:Mum
""",
        expected="""
child_id | level | records | why
Ann      | red   | A1      | 1 missing episode and 0 absent reports in the window; red for long episode
Ben      | red   | B1; LB  | 1 missing episode and 0 absent reports in the window; red for exploitation
Cat      | red   | C1; IC  | 1 missing episode and 0 absent reports in the window; red for substance misuse
Dee      | red   | D1; ID  | 1 missing episode and 0 absent reports in the window; red for associates of concern
Eve      | red   | E1; NE  | 1 missing episode and 0 absent reports in the window; red for places visited
Fay      | red   | F1; NF  | 1 missing episode and 0 absent reports in the window; red for associates of concern
Gus      | green | G1      | 1 missing episode and 0 absent reports in the window; no strong factor recorded
""",
    ),
    Case(
        rule="TRIAGE-RAG",
        title="a person's word stands until a record comes that they had not seen, and its reason is told",
        records="""
episode | child | started          | ended
A1      | Ann   | 2026-09-10 20:00 | 2026-09-10 23:00
A2      | Ann   | 2026-10-10 20:00 | 2026-10-10 23:00
B1      | Ben   | 2026-09-10 20:00 | 2026-09-10 23:00
B2      | Ben   | 2026-10-10 20:00 | 2026-10-10 23:00

judgement | of        | about  | verdict | said of         | records | decided
JA        | Child:Ann | triage | green   | suggested amber | A1; A2  | 2026-10-20 09:00
JB        | Child:Ben | triage | green   | suggested green | B1      | 2026-09-20 09:00
""",
        ordered=True,
        expected="""
child_id | level | suggested | state      | why
Ben      | amber | amber     | just short | 2 missing episodes and 0 absent reports in the window; amber at 2 without a strong factor: find out more
Ann      | green | amber     | not fired  | 2 missing episodes and 0 absent reports in the window; amber at 2 without a strong factor: find out more. ann said green: JA
""",
    ),
]
