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
    Case(
        rule="LINKS-TO-REVIEW",
        title="of all children, those that fell due in the period: not before, not when it was told again since, nor what is said to hold no longer",
        records="""
intelligence | at               | subject   | relation | other         | grade
I1           | 2025-10-10 12:00 | Child:Ann | friend   | Associate:Lee | 2C
I2           | 2025-09-10 12:00 | Child:Ben | friend   | Associate:Max | 2C
I3           | 2025-10-12 12:00 | Child:Ben | friend   | Associate:Taz | 2C
I4           | 2025-12-12 12:00 | Child:Ben | friend   | Associate:Taz | 2C
I5           | 2024-03-01 12:00 | Child:Cat | friend   | Associate:Lee | 2C
I6           | 2025-10-20 12:00 | Child:Cat | friend   | Associate:Zoe | 2C

episode | child | started          | ended            | found      | with
A1      | Ann   | 2025-10-19 18:00 | 2025-10-20 02:00 | Place:Park | Child:Ben

placement | child | home     | started    | ended
H1        | Cat   | Home:Elm | 2025-01-01 | 2026-04-10
H2        | Ben   | Home:Elm | 2025-01-01 |

judgement | of                       | about | verdict         | said of           | records | decided
J1        | Child:Cat; Associate:Lee | link  | still holds     | linked to; direct | I5      | 2025-10-15 09:00
J2        | Child:Cat; Associate:Zoe | link  | no longer holds | linked to; direct | I6      | 2026-10-15 09:00
""",
        expected="""
from_id+to_id | kind         | records | review_by  | verdict
Ann; Lee      | linked to    | I1      | 2026-10-10 | not recorded
Cat; Elm      | placed at    | H1      | 2026-10-10 | not recorded
Cat; Lee      | linked to    | I5      | 2026-10-15 | still holds
Ann; Park     | found at     | A1      | 2026-10-20 | not recorded
Ann; Ben      | missing with | A1      | 2026-10-20 | not recorded
Ben; Park     | same episode | A1      | 2026-10-20 | not recorded
""",
        notes=(
            "Links of all children that fell due from 1 October 2026 to before 1 November 2026: 6 (1 found at, 2 linked to, "
            "1 missing with, 1 placed at, 1 same episode).",
            "Left out: 1 said by a person to hold no longer.",
        ),
    ),
]
