# ruff: noqa: E501 - a drawn table is as wide as it is
"""Counts that police and council may tell differently say by whose records they are."""

from tests.worked.drawn import Case

#: A1 and A2 are one episode, by the minute and by the day; A3 is known to the council alone.
TOLD = """
episode | child | agency | source          | kind    | started          | ended            | precision | found      | risk
A1      | Ann   | 99     | police_missing  | missing | 2026-10-03 18:00 | 2026-10-04 02:00 |           | Place:Park | low
A2      | Ann   | 997    | ssda903_missing | missing | 2026-10-03 00:00 | 2026-10-04 00:00 | day       |            | low
A3      | Ann   | 997    | ssda903_missing | missing | 2026-10-20 20:00 | 2026-10-21 08:00 |           | Place:Park |
B1      | Ben   | 99     | police_missing  | missing | 2026-10-03 18:00 | 2026-10-04 02:00 |           |            |
B2      | Ben   | 997    | ssda903_missing | missing | 2026-10-03 00:00 | 2026-10-04 00:00 | day       |            |
"""
TITLE = "an episode counts by the police's record where both have one, and by the council's where it alone does"

CASES = [
    Case(
        rule="TRIAGE-RAG",
        title=TITLE,
        records=TOLD,
        expected="""
child_id | missing | agencies
Ann      | 2       | 99; 997
Ben      | 1       | 99
""",
    ),
    Case(
        rule="RHI-PRIORITY",
        title=TITLE,
        records=TOLD,
        expected="""
child_id | missing | agencies
Ann      | 2       | 99; 997
""",
    ),
    Case(
        rule="TABLE-OF-EPISODES",
        title=f"each child's line: {TITLE}",
        records=TOLD,
        asked={"since": "2026-10-01T00:00", "until": "2026-11-01T00:00", "table": "CHILD-LINES"},
        expected="""
child_id | missing | agencies | marks.record | marks.agency
Ann      | 2       | 99; 997  | A1; A3       | 99; 997
Ben      | 1       | 99       | B1           | 99
""",
    ),
    Case(
        rule="ABSENT-MASKS-MISSING",
        title="a child asked about: absences by the police, a missing episode by the council",
        records="""
episode | child | agency | source          | kind    | started          | ended
A1      | Ann   | 99     | police_absent   | absent  | 2026-10-05 18:00 | 2026-10-05 20:00
A2      | Ann   | 997    | ssda903_missing | missing | 2026-10-20 18:00 | 2026-10-21 20:00
""",
        asked={"child": "@Ann"},
        expected="""
child_id | absences | missing | agencies
Ann      | 1        | 1       | 99; 997
""",
    ),
    Case(
        rule="RISK-BELOW-MEDIUM",
        title="both agencies' records are raised, and both are named; one graded by neither is not",
        records=TOLD,
        expected="""
child_id | episodes | agencies | raised.record
Ann      | 2        | 99; 997  | A1; A2
""",
    ),
    Case(
        rule="PLACEMENT-UNSTABLE",
        title="the council whose placements they are, and the police by whose record the child went before a move",
        records="""
placement | child | agency | home       | started    | ended      | reason_new
PA1       | Ann   | 997    | Home:Larch | 2026-01-10 | 2026-05-08 | S
PA2       | Ann   | 997    | Home:Rowan | 2026-05-08 | 2026-08-09 | P
PA3       | Ann   | 997    | Home:Hazel | 2026-08-09 |            | P
PB1       | Ben   | 997    | Home:Larch | 2026-01-10 | 2026-05-08 | S
PB2       | Ben   | 997    | Home:Rowan | 2026-05-08 | 2026-08-09 | P
PB3       | Ben   | 997    | Home:Hazel | 2026-08-09 |            | P

episode | child | agency | started          | ended
A1      | Ann   | 99     | 2026-05-05 20:00 | 2026-05-06 08:00
""",
        expected="""
child_id | placements | moves_after_episode | agencies
Ann      | 3          | 1                   | 99; 997
Ben      | 3          | 0                   | 997
""",
    ),
    Case(
        rule="PLACES-TO-VISIT",
        title="every agency whose record puts a child there is named",
        records=TOLD,
        expected="""
place_id | children | times | agencies
Park     | 1        | 2     | 99; 997
""",
    ),
    Case(
        rule="CME-10D",
        title="the schools' register whose roll it is, and the police by whose record the child was gone on school days",
        as_at="2026-10-16 20:00",
        records="""
enrolment | child | agency | school     | started    | sessions_possible | sessions_authorised | sessions_unauthorised
R1        | Fay   | 997    | School:Oak | 2024-09-02 | 100               | 6                   | 4

episode | child | agency | started          | ended
E1      | Fay   | 99     | 2026-10-08 20:00 | 2026-10-09 08:00
""",
        expected="""
child_id | share | sessions_in_episodes | agencies
Fay      | 0.1   | 4                    | 99; schools-997
""",
    ),
]
