# ruff: noqa: E501 - a drawn table is as wide as it is
"""CHILD-NETWORK and THING-NETWORK."""

from tests.worked.drawn import Case

_AROUND_ANN = """
episode | child | started          | ended            | found      | with
A1      | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park | Associate:Taz
B1      | Ben   | 2026-10-05 18:00 | 2026-10-06 02:00 | Place:Park |
B2      | Ben   | 2026-10-30 18:00 |                  | Place:Arch |

intelligence | at               | subject       | relation | other           | grade
I1           | 2026-09-01 12:00 | Associate:Taz | uses     | Vehicle:AB12CDE | 2B
I2           | 2026-12-01 12:00 | Child:Ann     | friend   | Associate:Lee   | 2B

placement | child | home     | started    | ended
P1        | Ann   | Home:Oak | 2026-01-05 |

enrolment | child | school     | started
S1        | Ann   | School:Elm | 2025-09-01
"""

CASES = [
    Case(
        rule="CHILD-NETWORK",
        title="one tie away: each thing with the records that say so, and nothing of what has not happened yet",
        records=_AROUND_ANN,
        asked={"child": "@Ann", "hops": 1},
        expected="""
hop | from_id | to_id | to_kind   | kind         | through   | records | agencies    | first            | last
1   | Ann     | Elm   | School    | at school    | Enrolment | S1      | schools-997 | 2025-09-01 00:00 | 2025-09-01 00:00
1   | Ann     | Oak   | Home      | placed at    | Placement | P1      | 997         | 2026-01-05 00:00 | 2026-01-05 00:00
1   | Ann     | Park  | Place     | found at     | Episode   | A1      | 99          | 2026-10-03 18:00 | 2026-10-04 02:00
1   | Ann     | Taz   | Associate | missing with | Episode   | A1      | 99          | 2026-10-03 18:00 | 2026-10-04 02:00
""",
    ),
    Case(
        rule="CHILD-NETWORK",
        title="two ties away: a relation that a record states is said once, though the record names both ends",
        records=_AROUND_ANN,
        asked={"child": "@Ann", "hops": 2},
        expected="""
hop | from_id+to_id | kind         | records | grade
1   | Ann; Elm | at school    | S1      | not recorded
1   | Ann; Oak | placed at    | P1      | not recorded
1   | Ann; Park | found at     | A1      | not recorded
1   | Ann; Taz | missing with | A1      | not recorded
2   | Ben; Park | found at     | B1      | not recorded
2   | Park; Taz | same episode | A1      | not recorded
2   | AB12CDE; Taz | uses         | I1      | 2B
""",
    ),
    Case(
        rule="CHILD-NETWORK",
        title="a grade is one record's own, whole: not the best of each half, and the scheme shows by what comes first",
        records="""
intelligence | at               | subject   | relation  | other         | grade | handling
I1           | 2026-09-01 12:00 | Child:Ann | friend    | Associate:Lee | 2B    | P
I2           | 2026-09-02 12:00 | Child:Ann | friend    | Associate:Lee | A1    | 4
I3           | 2026-09-03 12:00 | Child:Ann | friend    | Associate:Lee | E5    | C
I4           | 2026-09-04 12:00 | Child:Ann |           | Associate:Lee | 2E    | P
I5           | 2026-09-05 12:00 | Child:Ann | boyfriend | Associate:Max | 2D    | P
I6           | 2026-09-06 12:00 | Child:Ann | boyfriend | Associate:Max | 3A    | P
I7           | 2026-09-07 12:00 | Child:Ann | uses      | Phone:07      | D2    | 1
I8           | 2026-09-08 12:00 | Child:Ann | uses      | Phone:07      | 2C    | P
""",
        asked={"child": "@Ann", "hops": 1},
        expected="""
to_id | kind              | records    | grade | handling
Lee   | linked to         | I1; I2; I3 | A1    | 4; C; P
Lee   | same intelligence | I4         | 2E    | P
Max   | linked to         | I5; I6     | 2D    | P
07    | uses              | I7; I8     | 2C    | 1; P
""",
    ),
    Case(
        rule="CHILD-NETWORK",
        title="a record that states a relation lends nothing to the tie of those that only name both",
        records="""
intelligence | at               | subject   | relation | other         | agency  | grade | handling
I1           | 2026-09-01 12:00 | Child:Ann | friend   | Associate:Lee | 44      | 1A    | C
I2           | 2026-09-20 12:00 | Child:Ann |          | Associate:Lee | 99      | 2C    | P
""",
        asked={"child": "@Ann", "hops": 1},
        expected="""
to_id | kind              | records | agencies | first            | last             | grade | handling
Lee   | linked to         | I1      | 44       | 2026-09-01 12:00 | 2026-09-01 12:00 | 1A    | C
Lee   | same intelligence | I2      | 99       | 2026-09-20 12:00 | 2026-09-20 12:00 | 2C    | P
""",
    ),
    Case(
        rule="CHILD-NETWORK",
        title="a hub is shown and not followed",
        records=_AROUND_ANN,
        asked={"child": "@Ann", "hops": 2, "hub_children": 1},
        expected="""
hop | from_id+to_id | kind         | to_hub | to_children
1   | Ann; Elm | at school    | no     | not recorded
1   | Ann; Oak | placed at    | no     | not recorded
1   | Ann; Park | found at     | yes    | 2
1   | Ann; Taz | missing with | no     | not recorded
2   | AB12CDE; Taz | uses         | no     | not recorded
2   | Park; Taz | same episode | yes    | 2
""",
    ),
    Case(
        rule="CHILD-NETWORK",
        title="what two agencies tell of one episode is one source; another episode, or another agency's word, is two",
        records="""
episode | child | agency | source          | precision | started          | ended            | found
A1      | Ann   | 99     | police_missing  | minute    | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
A2      | Ann   | 997    | ssda903_missing | day       | 2026-10-03 00:00 | 2026-10-04 00:00 | Place:Park
B1      | Ann   | 99     | police_missing  | minute    | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Arch
B2      | Ann   | 997    | ssda903_missing | day       | 2026-10-20 00:00 | 2026-10-21 00:00 | Place:Arch

intelligence | at               | agency | subject   | relation | other           | grade
I1           | 2026-09-01 12:00 | 99     | Child:Ann | friend   | Associate:Lee   | 2C
I2           | 2026-09-02 12:00 | 997    | Child:Ann | friend   | Associate:Lee   | 2C
I3           | 2026-09-02 12:00 | 99     | Child:Ann | friend   | Associate:Max   | 2C
I4           | 2026-09-03 12:00 | 99     | Child:Ann | friend   | Associate:Max   | 2C
""",
        asked={"child": "@Ann", "hops": 1},
        expected="""
to_id | kind      | records | sources | age | strength
Park  | found at  | A1; A2  | 1       | 28  | medium
Arch  | found at  | B1; B2  | 2       | 11  | strong
Lee   | linked to | I1; I2  | 2       | 60  | strong
Max   | linked to | I3; I4  | 1       | 59  | medium
""",
    ),
    Case(
        rule="CHILD-NETWORK",
        title="a link holds to its review date and fades the day after; a school that still stands open does not",
        records="""
intelligence | at               | subject   | relation | other         | grade
I1           | 2025-11-01 12:00 | Child:Ann | friend   | Associate:Lee | 1A
I2           | 2025-10-31 12:00 | Child:Ann | friend   | Associate:Max | 1A
I3           | 2025-10-31 12:00 | Child:Ann | friend   | Associate:Taz | 2C

enrolment | child | school     | started
S1        | Ann   | School:Elm | 2023-09-01
""",
        asked={"child": "@Ann", "hops": 1},
        expected="""
to_id | records | age  | review_by  | faded | strength
Lee   | I1      | 365  | 2026-11-01 | no    | strong
Max   | I2      | 366  | 2026-10-31 | yes   | medium
Taz   | I3      | 366  | 2026-10-31 | yes   | weak
Elm   | S1      | 1157 | 2027-11-01 | no    | medium
""",
        notes=(
            "2 of 4 links are past the review date, so that they are drawn fainter and taken for one band weaker "
            "(LINK-REVIEW).",
        ),
    ),
    Case(
        rule="CHILD-NETWORK",
        title="the best path is the one whose weakest link is the best supported",
        records="""
intelligence | at               | subject       | relation  | other           | grade
I1           | 2026-09-01 12:00 | Child:Ann     | friend    | Associate:Taz   | 1A
I2           | 2026-09-01 12:00 | Associate:Taz | uses      | Vehicle:AB12CDE | 3D
I3           | 2026-09-01 12:00 | Child:Ann     | boyfriend | Associate:Lee   | 2C
I4           | 2026-09-01 12:00 | Associate:Lee | uses      | Vehicle:AB12CDE | 1B
""",
        asked={"child": "@Ann", "hops": 2},
        expected="""
hop | from_id+to_id | kind      | strength | grade | path_strength | path_grade
1   | Ann; Taz      | linked to | strong   | 1A    | strong        | 1A
1   | Ann; Lee      | linked to | medium   | 2C    | medium        | 2C
2   | AB12CDE; Taz  | uses      | weak     | 3D    | medium        | 2C
2   | AB12CDE; Lee  | uses      | strong   | 1B    | medium        | 2C
""",
    ),
    Case(
        rule="THING-NETWORK",
        title="who is around a place",
        records=_AROUND_ANN,
        asked={"thing": "@Place:Park"},
        expected="""
hop | from_id | to_id | to_kind   | kind         | records
1   | Park    | Ann   | Child     | found at     | A1
1   | Park    | Ben   | Child     | found at     | B1
1   | Park    | Taz   | Associate | same episode | A1
""",
    ),
    Case(
        rule="CHILD-NETWORK",
        title="what a person said of a link: that it still holds moves its review date, that it no longer holds makes it weak until a record says it again",
        records="""
intelligence | at               | agency | subject   | relation | other         | grade
I1           | 2025-09-01 12:00 | 99     | Child:Ann | friend   | Associate:Lee | 2C
I2           | 2025-09-01 12:00 | 99     | Child:Ann | friend   | Associate:Max | 1A
I3           | 2026-09-01 12:00 | 99     | Child:Ann | friend   | Associate:Taz | 1A
I4           | 2026-09-01 12:00 | 99     | Child:Ann | friend   | Associate:Zoe | 1A
I5           | 2026-10-01 12:00 | 997    | Child:Ann | friend   | Associate:Zoe | 1A

judgement | of                       | about | verdict         | said of           | records | decided
J1        | Child:Ann; Associate:Lee | link  | still holds     | linked to; direct | I1      | 2026-10-05 09:00
J2        | Child:Ann; Associate:Max | link  | still holds     | linked to; direct | I2      | 2026-11-02 09:00
J3        | Child:Ann; Associate:Taz | link  | no longer holds | linked to; direct | I3      | 2026-10-05 09:00
J4        | Child:Ann; Associate:Zoe | link  | no longer holds | linked to; direct | I4      | 2026-09-05 09:00
""",
        asked={"child": "@Ann", "hops": 1},
        expected="""
to_id | kind      | records | sources | review_by  | faded | strength | verdict
Lee   | linked to | I1      | 1       | 2027-10-05 | no    | medium   | still holds
Max   | linked to | I2      | 1       | 2026-09-01 | yes   | medium   | not recorded
Taz   | linked to | I3      | 1       | 2027-09-01 | no    | weak     | no longer holds
Zoe   | linked to | I4; I5  | 2       | 2027-10-01 | no    | strong   | not recorded
""",
        notes=(
            "1 link is said by a person to hold no longer: drawn fainter, and taken for weak. What the agencies told stays "
            "as it is.",
        ),
    ),
    Case(
        rule="CHILD-NETWORK",
        title="an action of a meeting ties the child to whom it names",
        records="""
action | child | what                      | agreed     | names
AC1    | Ann   | serve a notice on him     | 2026-10-20 | Associate:Lee; Place:Park
""",
        asked={"child": "@Ann", "hops": 1},
        expected="""
to_id | kind        | through | records | review_by
Lee   | same action | Action  | AC1     | 2027-10-20
Park  | same action | Action  | AC1     | 2027-10-20
""",
    ),
]
