# ruff: noqa: E501 - a drawn table is as wide as it is
"""PLACEMENT-UNSTABLE, TRAFFICKED-EARLY, MOVED-IN and MOVED-OUT."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="PLACEMENT-UNSTABLE",
        title="three placements open in twelve months fire, two are just short; a change of legal status alone is no other placement",
        records="""
placement | child | home       | started    | ended      | reason_new
PA1       | Ann   | Home:Larch | 2024-01-10 | 2025-12-01 | S
PA2       | Ann   | Home:Rowan | 2025-12-01 | 2026-08-03 | P
PA3       | Ann   | Home:Hazel | 2026-08-03 |            | P
PB1       | Ben   | Home:Larch | 2024-01-10 | 2026-03-01 | S
PB2       | Ben   | Home:Larch | 2026-03-01 | 2026-06-01 | L
PB3       | Ben   | Home:Rowan | 2026-06-01 |            | P
PC1       | Cat   | Home:Larch | 2024-01-10 | 2025-11-01 | S
PC2       | Cat   | Home:Rowan | 2025-11-01 | 2026-02-01 | P
PC3       | Cat   | Home:Hazel | 2026-02-01 |            | P
""",
        expected="""
child_id | state      | placements | records            | since            | why
Ann      | fired      | 3          | PA1; PA2; PA3      | 2026-08-03 00:00 | 3 placements open in the window; the rule fires at 3
Ben      | just short | 2          | PB1; PB2; PB3      | not recorded     | 2 placements open in the window; the rule fires at 3
Cat      | just short | 2          | PC2; PC3           | not recorded     | 2 placements open in the window; the rule fires at 3
""",
    ),
    Case(
        rule="PLACEMENT-UNSTABLE",
        title="a move within a week of an episode followed it, one a day later did not; the review after it is told with its outcome",
        records="""
placement | child | home       | started    | ended      | reason_new | reason_change
PA1       | Ann   | Home:Larch | 2025-01-10 | 2026-05-08 | S          | CARPL
PA2       | Ann   | Home:Rowan | 2026-05-08 | 2026-08-09 | P          | CHILD
PA3       | Ann   | Home:Hazel | 2026-08-09 |            | P          |

episode | child | started          | ended
A1      | Ann   | 2026-04-30 20:00 | 2026-05-01 08:00
A2      | Ann   | 2026-07-31 20:00 | 2026-08-01 08:00

meeting | child | kind               | held       | outcome
MA      | Ann   | looked after review | 2026-05-20 | placement confirmed
""",
        expected="""
child_id | state | placements | moves_after_episode | records               | why
Ann      | fired | 3          | 1                   | A1; MA; PA1; PA2; PA3 | 3 placements open in the window; the rule fires at 3; 1 move followed an episode within 7 days, and after 1 of them a review is recorded
""",
    ),
    Case(
        rule="TRAFFICKED-EARLY",
        title="missing within two days of becoming looked after is stronger, within seven fires; later, or of a child on no list, does not",
        records="""
placement | child | home       | started    | ended
PA1       | Ann   | Home:Larch | 2026-09-01 | 2026-09-02
PA2       | Ann   | Home:Rowan | 2026-09-02 |
PB        | Ben   | Home:Larch | 2026-09-01 |
PC        | Cat   | Home:Larch | 2026-09-01 |
PD        | Dee   | Home:Larch | 2026-09-01 |

list entry | child | list | added      | removed
LA         | Ann   | uasc | 2026-09-01 |
LB         | Ben   | nrm  | 2026-09-03 |
LC         | Cat   | uasc | 2026-09-01 |
LD         | Dee   | cse  | 2026-09-01 |

episode | child | started          | ended
A1      | Ann   | 2026-09-03 20:00 |
B1      | Ben   | 2026-09-08 23:00 | 2026-09-10 08:00
C1      | Cat   | 2026-09-09 00:30 | 2026-09-10 08:00
D1      | Dee   | 2026-09-02 20:00 | 2026-09-10 08:00
""",
        ordered=True,
        expected="""
child_id | state | strong | hours | lists | records      | since            | why
Ann      | fired | yes    | 44    | uasc  | A1; LA; PA1  | 2026-09-03 20:00 | missing 44 hours or more after becoming looked after; the rule fires within 7 days, stronger within 48 hours
Ben      | fired | no     | 167   | nrm   | B1; LB; PB   | 2026-09-08 23:00 | missing 167 hours or more after becoming looked after; the rule fires within 7 days, stronger within 48 hours
""",
    ),
    Case(
        rule="TRAFFICKED-EARLY",
        title="asked about one child, the rule says by how much it does not fire",
        records="""
placement | child | home       | started
PC        | Cat   | Home:Larch | 2026-09-01

list entry | child | list | added
LC         | Cat   | uasc | 2026-09-01

episode | child | started          | ended
C1      | Cat   | 2026-09-09 01:00 | 2026-09-10 08:00
""",
        asked={"child": "@Cat"},
        expected="""
child_id | state     | hours | since        | why
Cat      | not fired | 169   | not recorded | missing 169 hours or more after becoming looked after; the rule fires within 7 days, stronger within 48 hours
""",
    ),
    Case(
        rule="MOVED-IN",
        title="newly placed in another authority's area with a known risk fires, without one is just short; within the area of one's own authority it does not",
        records="""
description | thing      | authority
HL          | Home:Larch | 998
HR          | Home:Rowan | Quillhaven

placement | child | home       | started    | ended
PA1       | Ann   | Home:Rowan | 2025-01-10 | 2026-09-01
PA2       | Ann   | Home:Larch | 2026-09-01 |
PB        | Ben   | Home:Larch | 2026-09-01 |
PC        | Cat   | Home:Rowan | 2026-09-01 |
PD        | Dee   | Home:Larch | 2026-08-01 |

list entry | child | list | added      | removed
LA         | Ann   | cse  | 2025-09-01 |
LC         | Cat   | cse  | 2025-09-01 |
LD         | Dee   | cse  | 2025-09-01 |
""",
        ordered=True,
        expected="""
child_id | state      | responsible | host | home_id | since            | records     | why
Ann      | fired      | 997         | 998  | Larch   | 2026-09-01 00:00 | HL; LA; PA2 | looked after by 997, placed in the area of 998 since 2026-09-01; on the list 'cse'
Ben      | just short | 997         | 998  | Larch   | 2026-09-01 00:00 | HL; PB      | looked after by 997, placed in the area of 998 since 2026-09-01; no known risk of exploitation
""",
    ),
    Case(
        rule="MOVED-OUT",
        title="placed out of area: notices in force follow the child, and whether the new area was told; from one home to another there is no new move",
        records="""
description | thing      | authority
HL          | Home:Larch | Farshire
HH          | Home:Hazel | Farshire

placement | child | home       | started    | ended
PA        | Ann   | Home:Larch | 2026-09-01 |
PB        | Ben   | Home:Larch | 2026-09-01 |
PC1       | Cat   | Home:Larch | 2025-09-01 | 2026-09-01
PC2       | Cat   | Home:Hazel | 2026-09-01 |

notice | child | served     | names
NA     | Ann   | 2026-05-01 | Associate:Taz

told | child | party          | at               | occasion
TA   | Ann   | host authority | 2026-09-02 10:00 | missing
""",
        ordered=False,
        expected="""
child_id | state | host     | notices | records        | area_told        | why
Ann      | fired | Farshire | CAWN    | HL; NA; PA; TA | 2026-09-02 10:00 | looked after by 997, placed in the area of Farshire since 2026-09-01; 1 notice in force to follow; the new area was told
Ben      | fired | Farshire |         | HL; PB         | not recorded     | looked after by 997, placed in the area of Farshire since 2026-09-01; 0 notices in force to follow; the new area is not recorded as told
""",
    ),
    Case(
        rule="MOVED-OUT",
        title="asked about a child in a home whose area nobody recorded, the rule says that it cannot be told",
        records="""
placement | child | home       | started
PA        | Ann   | Home:Larch | 2026-09-01
""",
        asked={"child": "@Ann"},
        expected="""
child_id | state     | why
Ann      | not fired | no move into another authority's area is recorded in the window; of 1 new placement the area is not recorded
""",
    ),
]
