# ruff: noqa: E501 - a drawn table is as wide as it is
"""UNLISTED-IN-NETWORK."""

from tests.worked.drawn import Case

NAMED = """
list entry | child | list | added
L1         | Ann   | cse  | 2026-01-01

interview | child | held             | with
R1        | Ann   | 2026-09-10 10:00 | Child:Cat; Child:Dan; Child:Eve
R2        | Ann   | 2026-09-20 10:00 | Child:Dan

description | thing | agency | identifiers
D1          | Cat   | 997    | council 997 4
D2          | Dan   | 997    |
D3          | Eve   | 997    |
"""

ASKED = """
list entry | child | list  | added
L1         | Ann   | cse   | 2026-01-01
L2         | Ben   | cse   | 2026-01-01

interview | child | held             | with
R1        | Ann   | 2026-09-10 10:00 | Associate:Taz
R2        | Cat   | 2026-09-11 10:00 | Associate:Taz
R3        | Dan   | 2026-09-12 10:00 | Associate:Lee
"""

CASES = [
    Case(
        rule="UNLISTED-IN-NETWORK",
        title="asked of a child: why not, one listed child short",
        records=ASKED,
        asked={"child": "@Cat"},
        expected="""
child_id | state      | listed_ids | records | why
Cat      | just short | Ann        | R1; R2  | tied to 1 listed child; the rule fires at 2
""",
    ),
    Case(
        rule="UNLISTED-IN-NETWORK",
        title="asked of a child: why not, tied to no listed child",
        records=ASKED,
        asked={"child": "@Dan"},
        expected="""
child_id | state     | listed_ids | why
Dan      | not fired |            | no record ties them to a listed child through what is followed, or they stand on a list themselves
""",
    ),
    Case(
        rule="UNLISTED-IN-NETWORK",
        title="asked of a child: why not, on a list themselves",
        records=ASKED,
        asked={"child": "@Ann"},
        expected="""
child_id | state     | why
Ann      | not fired | on one of the lists asked about: the rule is of children on none
""",
    ),
    Case(
        rule="UNLISTED-IN-NETWORK",
        title="tied to two listed children, through an associate and as a companion; tied to one is just short",
        records="""
list entry | child | list  | added      | removed
L1         | Ann   | cse   | 2026-01-01 |
L2         | Ben   | cse   | 2026-01-01 |
L3         | Cat   | cse   | 2026-01-01 | 2026-06-01
L4         | Dan   | gangs | 2026-01-01 |

interview | child | held             | with
R1        | Ann   | 2026-09-10 10:00 | Associate:Taz
R2        | Cat   | 2026-09-11 10:00 | Associate:Taz
R3        | Ben   | 2026-09-12 10:00 | Child:Cat

intelligence | at               | subject   | relation | other         | grade
I1           | 2026-09-01 12:00 | Child:Dan | friend   | Associate:Taz | 2B
""",
        ordered=True,
        expected="""
child_id | listed | listed_ids | through_count | ways                                             | records                 | agencies       | grade        | strength
Cat      | 2      | Ann; Ben   | 2             | told of in interview                             | R1; R2; R3              | interviews     | not recorded | Tied to 2 listed children through 2 people and things, by 3 records of 1 agency, none of it graded.
""",
    ),
    Case(
        rule="UNLISTED-IN-NETWORK",
        title="how the child's own ties are graded: the best whole grade, of either scheme",
        records="""
list entry | child | list | added
L1         | Ann   | cse  | 2026-01-01

intelligence | at               | subject   | relation | other         | grade
I1           | 2026-09-01 12:00 | Child:Ann | friend   | Associate:Taz | 1A
I2           | 2026-09-02 12:00 | Child:Cat | friend   | Associate:Taz | 2D
I3           | 2026-09-03 12:00 | Child:Cat | friend   | Associate:Taz | B4
I4           | 2026-09-04 12:00 | Child:Cat | friend   | Associate:Taz | 3A
""",
        asked={"min_listed": 1},
        expected="""
child_id | records        | grade | strength
Cat      | I1; I2; I3; I4 | B4    | Tied to 1 listed child through 1 person or thing, by 4 records of 1 agency, the child's own ties graded B4 at best.
""",
    ),
    Case(
        rule="UNLISTED-IN-NETWORK",
        title="a hub ties nobody; a list is a parameter",
        records="""
list entry | child | list  | added
L1         | Ann   | cse   | 2026-01-01
L2         | Ben   | gangs | 2026-01-01

episode | child | started          | ended            | found          | with
A1      | Ann   | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Hospital |
B1      | Ben   | 2026-10-05 18:00 | 2026-10-06 02:00 | Place:Hospital | Child:Dan
C1      | Cat   | 2026-10-07 18:00 | 2026-10-08 02:00 | Place:Hospital |
""",
        asked={"hub_children": 2, "min_listed": 1, "lists": ["cse", "gangs"]},
        ordered=True,
        expected="""
child_id | listed_ids | ways         | records | hub_ids
Dan      | Ben        | missing with | B1      | Hospital
""",
        notes=(
            "1 hub is not followed to which listed children are tied: a place, vehicle, phone or handle known to more "
            "than 2 children ties everybody to everybody. Ask with a greater number to follow more.",
        ),
    ),
    Case(
        rule="UNLISTED-IN-NETWORK",
        title="a name in one interview and no more stands apart, and is counted; a reference or a second record does not",
        records=NAMED,
        asked={"min_listed": 1},
        expected="""
child_id | named_only | records
Cat      | no         | R1
Dan      | no         | R1; R2
""",
        notes=(
            "1 more child is known only by a name in one record, such as another child's interview, and not listed "
            "here: ask again with 'Also named' (also_named) set to yes to see who may be meant.",
        ),
    ),
    Case(
        rule="UNLISTED-IN-NETWORK",
        title="the same, with those known by a name alone, who come last",
        records=NAMED,
        asked={"min_listed": 1, "also_named": True},
        expected="""
child_id | named_only | records
Cat      | no         | R1
Dan      | no         | R1; R2
Eve      | yes        | R1
""",
    ),
    Case(
        rule="UNLISTED-IN-NETWORK",
        title="a list's day is London's: after midnight in July one taken off that day is on it no more",
        records="""
list entry | child | list | added      | removed
L1         | Ann   | cse  | 2026-01-01 | 2026-07-01
L2         | Ben   | cse  | 2026-07-01 |

interview | child | held             | with
R1        | Ann   | 2026-06-10 10:00 | Child:Dan
R2        | Ben   | 2026-06-12 10:00 | Child:Eve
""",
        as_at="2026-07-01 00:30",
        asked={"min_listed": 1},
        expected="""
child_id | listed_ids
Eve      | Ben
""",
    ),
]
