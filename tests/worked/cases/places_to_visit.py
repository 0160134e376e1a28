# ruff: noqa: E501 - a drawn table is as wide as it is
"""PLACES-TO-VISIT."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="PLACES-TO-VISIT",
        title="first where a child has been who is missing now, then by children, then by how much it rose, then the latest",
        records="""
episode | child | started          | ended            | found
A1      | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
A2      | Ann   | 2026-10-30 20:00 |                  |
C1      | Cat   | 2026-10-06 18:00 | 2026-10-06 19:30 | Place:Mall
D1      | Dee   | 2026-10-07 18:00 | 2026-10-07 19:30 | Place:Mall
B1      | Ben   | 2026-10-12 18:00 | 2026-10-12 19:30 | Place:Shop
E1      | Eve   | 2026-10-13 18:00 | 2026-10-13 19:30 | Place:Arch
F1      | Fay   | 2026-06-13 18:00 | 2026-06-13 19:30 | Place:Arch
G1      | Gus   | 2026-10-11 18:00 | 2026-10-11 19:30 | Place:Dock
F2      | Fay   | 2026-06-15 18:00 | 2026-06-15 19:30 | Place:Pier
F3      | Fay   | 2026-10-15 18:00 | 2026-10-15 19:30 | Place:Ward

description | thing      | kind
W           | Place:Ward | Hospital
""",
        ordered=True,
        expected="""
place_id | missing_now_ids | children | times | before_times | records    | why
Park     | Ann             | 1        | 1     | 0            | A1; A2     | 1 child who is missing now has been here; 1 child, 1 time; 0 times in the period before; last on 4 October 2026
Mall     |                 | 2        | 2     | 0            | C1; D1     | 2 children, 2 times; 0 times in the period before; last on 7 October 2026
Shop     |                 | 1        | 1     | 0            | B1         | 1 child, 1 time; 0 times in the period before; last on 12 October 2026
Dock     |                 | 1        | 1     | 0            | G1         | 1 child, 1 time; 0 times in the period before; last on 11 October 2026
Arch     |                 | 1        | 1     | 1            | E1         | 1 child, 1 time; 1 time in the period before; last on 13 October 2026
""",
        notes=(
            "First the places where a child has been who is missing now, then by how many children were there, by how "
            "much oftener than in the period before, and the latest. It puts places in order, never people.",
            "1 other place is left out, being placements, children's addresses or services; HOTSPOT has them.",
        ),
    ),
    Case(
        rule="PLACES-TO-VISIT",
        title="asked of one place: why it is not in the list",
        records="""
episode | child | started          | ended            | found
F1      | Fay   | 2026-06-15 18:00 | 2026-06-15 19:30 | Place:Pier
F2      | Fay   | 2026-10-15 18:00 | 2026-10-15 19:30 | Place:Shop
""",
        asked={"place": "@Place:Pier"},
        expected="""
place_id | children
""",
        notes=("Not a place of concern where children were found or seen: no record of the period puts one there.",),
    ),
    Case(
        rule="PLACES-TO-VISIT",
        title="a child is not missing now who is back by another agency's record, was absent, or went before the period",
        records="""
episode | agency | child | kind    | started          | ended            | found
A1      | 99     | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
A2      | 99     | Ann   | missing | 2026-10-28 20:00 |                  |
A3      | 997    | Ann   | missing | 2026-10-28 21:00 | 2026-10-29 10:00 |
B1      | 99     | Ben   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
B2      | 99     | Ben   | absent  | 2026-10-28 20:00 |                  |
C1      | 99     | Cat   | missing | 2026-07-28 20:00 |                  |

intelligence | at               | subject   | relation | other
I1           | 2026-10-20 12:00 | Child:Cat | seen at  | Place:Park
""",
        expected="""
place_id | missing_now_ids | children | times | records
Park     |                 | 3        | 3     | A1; B1; I1
""",
    ),
    Case(
        rule="PLACES-TO-VISIT",
        title="when children are found there, and how far from where they went missing; two records of one day are one time",
        records="""
episode | agency | child | started          | ended            | start      | found
A1      | 99     | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Hall | Place:Park
A2      | 997    | Ann   | 2026-10-03 18:30 | 2026-10-04 02:00 | Place:Hall | Place:Park
B1      | 99     | Ben   | 2026-10-05 18:00 | 2026-10-05 21:59 | Place:Inn  | Place:Park
C1      | 99     | Cat   | 2026-10-06 18:00 | 2026-10-06 22:00 |            | Place:Park

interview | child | held             | went to
R1        | Dee   | 2026-10-12 10:00 | Place:Park
R2        | Dee   |                  | Place:Park

description | thing      | latitude | longitude
H           | Place:Hall | 52.478   | -1.899
I           | Place:Inn  | 52.478   | -1.80
P           | Place:Park | 52.478   | -1.886
""",
        expected="""
place_id | children | times | when.part                                       | when.times | miles | minutes | from_known | records
Park     | 4        | 4     | weekday evening; weekday night; weekend night   | 1; 1; 1    | 2.08  | 8       | 2          | A1; A2; B1; C1; R1
""",
        notes=(
            "By car: a road 30% longer than the straight line, at 20 miles an hour. No road or timetable is read here.",
            "1 record without a date puts a child at a place, and counts in neither period.",
        ),
    ),
]
