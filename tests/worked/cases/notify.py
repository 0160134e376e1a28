# ruff: noqa: E501 - a drawn table is as wide as it is
"""NOTIFY and OOA-NOTIFY: who was told."""

from tests.worked.drawn import Case

HOMES = """
placement | child | home     | started
LA        | Ann   | Home:Elm | 2026-01-05
LB        | Ben   | Home:Oak | 2026-01-05

description | thing    | authority
DE          | Home:Elm | Quillhaven
DO          | Home:Oak | Ostermere
"""

CASES = [
    Case(
        rule="NOTIFY",
        title="a child placed out of area at high risk, missing on a Saturday night: who was told, and who should have been",
        as_at="2026-10-20 12:00",
        records="""
episode | child | agency | source         | started          | ended            | risk   | authority
A1      | Ann   | 99     | police_missing | 2026-10-14 10:00 | 2026-10-14 15:00 | medium | 997
B1      | Ben   | 99     | police_missing | 2026-10-17 22:00 |                  | high   | 997
"""
        + HOMES
        + """
told | child | party          | at               | occasion | about | told_by       | not_told_because
T1   | Ann   | social worker  | 2026-10-14 11:00 | missing  | A1    | carer         |
T2   | Ann   | parents        | 2026-10-14 11:00 | missing  | A1    |               | harmful
T3   | Ann   | IRO            | 2026-10-15 10:01 | missing  | A1    | social worker |
T4   | Ann   | social worker  | 2026-10-14 16:00 | return   |       | carer         |
T5   | Ann   | parents        | 2026-10-14 16:00 | return   | A1    |               | harmful
T6   | Ann   | IRO            | 2026-10-15 09:00 | return   | A1    | social worker |
T7   | Ben   | duty team      | 2026-10-17 23:00 | missing  | B1    | carer         |
T8   | Ben   | host authority | 2026-10-18 09:00 | missing  | B1    | social worker |
""",
        expected="""
child_id | state                | standing | who_acts                            | why
Ann      | 8 of 8 told, some late | late   |               | missing from 14 October 2026, 10:00; 24 hours to tell each; parents (missing): not told, with a reason; parents (return): not told, with a reason
Ben      | 3 of 7 told          | broken   | carer reports                       | missing from 17 October 2026, 22:00; 24 hours to tell each; parents (missing): not recorded; IRO (missing): not recorded; UK Missing Persons Bureau (missing): not recorded; CEOP (missing): not recorded
""",
    ),
    Case(
        rule="NOTIFY",
        title="no file of notifications: not provided; and a child at home is shown only when asked about",
        as_at="2026-10-20 12:00",
        records="""
episode | child | agency | source         | started          | ended            | authority
A1      | Ann   | 99     | police_missing | 2026-10-14 10:00 | 2026-10-14 15:00 | 997
A2      | Ann   | 99     | police_missing | 2026-01-02 10:00 | 2026-10-02 15:00 | 997
"""
        + HOMES,
        asked={"child": "@Ann"},
        expected="""
record | state           | standing     | why
A1     | 2 of 8 told     | not provided | missing from 14 October 2026, 10:00; 24 hours to tell each; social worker (missing): not provided; parents (missing): not provided; IRO (missing): not provided; social worker (return): not provided; parents (return): not provided; IRO (return): not provided
A2     | not looked after | not owed    | no placement was open when the episode began: not looked after, by the records
""",
    ),
    Case(
        rule="OOA-NOTIFY",
        title="out of area: both authorities told in time, and one not",
        as_at="2026-10-20 12:00",
        records="""
episode | child | agency | source         | started          | ended            | authority
B1      | Ben   | 99     | police_missing | 2026-10-14 10:00 | 2026-10-14 15:00 | 997
B2      | Ben   | 99     | police_missing | 2026-10-17 22:00 | 2026-10-18 15:00 | 997
A1      | Ann   | 99     | police_missing | 2026-10-17 22:00 | 2026-10-18 15:00 | 997
"""
        + HOMES
        + """
told | child | party                 | at               | occasion | about | told_by
T1   | Ben   | social worker         | 2026-10-14 11:00 | missing  | B1    | carer
T2   | Ben   | host authority        | 2026-10-15 10:00 | missing  | B1    | social worker
T3   | Ben   | responsible authority | 2026-10-14 16:00 | return   | B1    | carer
T4   | Ben   | host authority        | 2026-10-14 16:00 | return   | B1    | social worker
T5   | Ben   | social worker         | 2026-10-17 23:00 | missing  | B2    | carer
""",
        expected="""
record | state       | standing | owed_by | who_acts                            | facts
B1     | 4 of 4 told | met      | 997     |                                     | Placed in the area of Ostermere; The responsible authority, 997, ensures the return interview
B2     | 1 of 4 told | broken   | 997     | social worker notifies and arranges | Placed in the area of Ostermere; The responsible authority, 997, ensures the return interview
""",
    ),
    Case(
        rule="OOA-NOTIFY",
        title="asked about a child placed in their own council's area",
        as_at="2026-10-20 12:00",
        records="""
episode | child | agency | source         | started          | ended            | authority
A1      | Ann   | 99     | police_missing | 2026-10-17 22:00 | 2026-10-18 15:00 | 997
"""
        + HOMES,
        asked={"child": "@Ann"},
        expected="""
record | state           | standing | why
A1     | not out of area | not owed | the home is in the responsible council's area
""",
    ),
]
