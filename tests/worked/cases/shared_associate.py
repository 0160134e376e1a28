# ruff: noqa: E501 - a drawn table is as wide as it is
"""SHARED-ASSOCIATE."""

from tests.worked.drawn import Case

ONE_CHILD = """
interview | child | held             | with
R1        | Ben   | 2026-09-10 10:00 | Associate:Lee
R2        | Ann   | 2025-09-10 10:00 | Associate:Taz
"""

CASES = [
    Case(
        rule="SHARED-ASSOCIATE",
        title="asked of one: why not, one child short",
        records=ONE_CHILD,
        asked={"thing": "@Associate:Lee"},
        expected="""
associate_id | state      | children | child_ids | records | why
Lee          | just short | 1        | Ben       | R1      | linked to 1 child by 1 record; the rule fires at 2
""",
    ),
    Case(
        rule="SHARED-ASSOCIATE",
        title="asked of one: why not, for nothing is recorded in the window",
        records=ONE_CHILD,
        asked={"thing": "@Associate:Taz"},
        expected="""
associate_id | children
""",
        notes=("No record of the window links a child to them.",),
    ),
    Case(
        rule="SHARED-ASSOCIATE",
        title="one associate of two children, known in four ways; another of only one child is just short",
        records="""
episode | child | started          | ended            | with
E1      | Ann   | 2026-09-01 20:00 | 2026-09-02 08:00 | Associate:Taz

interview | child | held             | with
R1        | Ben   | 2026-09-10 10:00 | Associate:Taz; Associate:Lee

intelligence | at               | subject   | relation  | other         | grade
I1           | 2026-08-01 12:00 | Child:Ben | boyfriend | Associate:Taz | 1A
I2           | 2026-07-01 12:00 | Child:Ann |           | Associate:Taz | 3D
""",
        ordered=True,
        expected="""
associate_id | children | child_ids | ways                                                             | agencies       | records        | grade | first            | last
Taz          | 2        | Ann; Ben  | linked to; missing with; same intelligence; told of in interview | 99; interviews | E1; I1; I2; R1 | 1A    | 2026-07-01 12:00 | 2026-09-10 10:00
""",
    ),
    Case(
        rule="SHARED-ASSOCIATE",
        title="the better whole grade, by what it means in its scheme; 2D and 3A never make 2A",
        records="""
intelligence | at               | subject   | relation  | other         | grade
I1           | 2026-08-01 12:00 | Child:Ann | friend    | Associate:Taz | 2D
I2           | 2026-08-02 12:00 | Child:Ben | friend    | Associate:Taz | 3A
I3           | 2026-08-03 12:00 | Child:Ann | friend    | Associate:Lee | B3
I4           | 2026-08-04 12:00 | Child:Ben | friend    | Associate:Lee | 2A
""",
        expected="""
associate_id | child_ids | records | grade
Taz          | Ann; Ben  | I1; I2  | 2D
Lee          | Ann; Ben  | I3; I4  | B3
""",
    ),
    Case(
        rule="SHARED-ASSOCIATE",
        title="a child may be other children's associate; what came before the window or after the date is left out",
        records="""
episode | child | started          | ended            | with
E1      | Ann   | 2026-09-01 20:00 | 2026-09-02 08:00 | Child:Cat
E2      | Ben   | 2026-09-01 20:00 | 2026-09-02 08:00 | Child:Cat
E3      | Dan   | 2025-10-01 20:00 | 2025-10-02 08:00 | Child:Cat
E4      | Eve   | 2026-11-05 20:00 | 2026-11-06 08:00 | Child:Cat
""",
        ordered=True,
        expected="""
associate_id | associate_kind | children | child_ids | ways         | records
Cat          | Child          | 2        | Ann; Ben  | missing with | E1; E2
""",
    ),
    Case(
        rule="SHARED-ASSOCIATE",
        title="another child whom the episode or interview names beside the associate is linked too, and by that way",
        records="""
episode | child | started          | ended            | with
E1      | Ann   | 2026-09-01 20:00 | 2026-09-02 08:00 | Associate:Taz; Child:Ben

interview | child | held             | with
R1        | Cat   | 2026-09-10 10:00 | Associate:Lee; Child:Dan
""",
        expected="""
associate_id | children | child_ids | ways                                 | records
Taz          | 2        | Ann; Ben  | missing with; same episode           | E1
Lee          | 2        | Cat; Dan  | same interview; told of in interview | R1
""",
    ),
    Case(
        rule="SHARED-ASSOCIATE",
        title="a record that states a relation is not a second way, and lends nothing to one",
        records="""
intelligence | at               | subject   | relation | other         | agency | grade
I1           | 2026-08-01 12:00 | Child:Ann | friend   | Associate:Taz | 44     | 1A
I2           | 2026-08-02 12:00 | Child:Ann |          | Associate:Taz | 99     | 2C
I3           | 2026-08-03 12:00 | Child:Ben |          | Associate:Taz | 99     | 3D
""",
        expected="""
associate_id | child_ids | ways                         | records    | agencies | grade
Taz          | Ann; Ben  | linked to; same intelligence | I1; I2; I3 | 44; 99   | 1A
""",
    ),
]
