# ruff: noqa: E501 - a drawn table is as wide as it is
"""LINKS-TO-REVIEW."""

from tests.worked.drawn import Case

_OLD_AND_NEW = """
intelligence | at               | subject   | relation | other         | grade
I1           | 2025-11-01 12:00 | Child:Ann | friend   | Associate:Lee | 1A
I2           | 2025-10-31 12:00 | Child:Ann | friend   | Associate:Max | 1A
I3           | 2024-10-31 12:00 | Child:Ann | uses     | Phone:07      | 2C
I4           | 2024-10-31 12:00 | Child:Ben | uses     | Phone:07      | 2C

episode | child | started          | ended            | found      | with
A1      | Ann   | 2025-06-03 18:00 | 2025-06-04 02:00 | Place:Park | Associate:Max

enrolment | child | school     | started
S1        | Ann   | School:Elm | 2023-09-01
"""

CASES = [
    Case(
        rule="LINKS-TO-REVIEW",
        title="past its review date, longest past first; not the one whose date is today, nor a school that still stands",
        records=_OLD_AND_NEW,
        asked={"child": "@Ann"},
        expected="""
to_id | kind         | records | age | review_by  | faded
07    | uses         | I3      | 731 | 2025-10-31 | yes
Park  | found at     | A1      | 515 | 2026-06-04 | yes
Max   | missing with | A1      | 515 | 2026-06-04 | yes
Max   | linked to    | I2      | 366 | 2026-10-31 | yes
""",
        notes=("4 of this child's 6 links are due.",),
    ),
    Case(
        rule="LINKS-TO-REVIEW",
        title="what falls due until a later day",
        records=_OLD_AND_NEW,
        asked={"child": "@Ann", "due_by": "2026-11-02"},
        expected="""
to_id | kind         | records | review_by  | faded
07    | uses         | I3      | 2025-10-31 | yes
Park  | found at     | A1      | 2026-06-04 | yes
Max   | missing with | A1      | 2026-06-04 | yes
Max   | linked to    | I2      | 2026-10-31 | yes
Lee   | linked to    | I1      | 2026-11-01 | no
""",
    ),
]
