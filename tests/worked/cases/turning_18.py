# ruff: noqa: E501 - a drawn table is as wide as it is
"""TURNING-18."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="TURNING-18",
        title="at risk and 18 within six months fires, a day later not yet; a victim past 18 stays until 25, somebody on no list does not",
        records="""
description | thing     | born
DA          | Child:Ann | 2009-05-01
DB          | Child:Ben | 2009-05-02
DC          | Child:Cat | 2005-01-01
DD          | Child:Dee | 2001-11-01
DE          | Child:Eve | 2009-01-01
DF          | Child:Fay | 2009-01-01
DG          | Child:Gus | 2005-01-01

list entry | child | list  | added      | removed
LA         | Ann   | cse   | 2026-01-01 |
LB         | Ben   | cse   | 2026-01-01 |
LC         | Cat   | nrm   | 2022-01-01 | 2023-01-01
LD         | Dee   | cse   | 2018-01-01 |
LF         | Fay   | gangs | 2026-01-01 |
LG         | Gus   | gangs | 2022-01-01 |

episode | child | started          | ended
E1      | Eve   | 2026-08-10 20:00 | 2026-08-10 23:00
E2      | Eve   | 2026-09-10 20:00 | 2026-09-10 23:00
E3      | Eve   | 2026-10-10 20:00 | 2026-10-10 23:00
""",
        ordered=False,
        expected="""
child_id | state | turns      | past | since            | records        | why
Ann      | fired | 2027-05-01 | no   | 2026-11-01 00:00 | DA; LA         | turns 18 on 2027-05-01; on the list 'cse'
Cat      | fired | 2023-01-01 | yes  | 2023-01-01 00:00 | DC; LC         | turned 18 on 2023-01-01; on the list 'nrm'
Eve      | fired | 2027-01-01 | no   | 2026-07-01 00:00 | DE; E1; E2; E3 | turns 18 on 2027-01-01; 3 missing episodes in the window
Fay      | fired | 2027-01-01 | no   | 2026-07-01 00:00 | DF; LF         | turns 18 on 2027-01-01; on the list 'gangs'
""",
    ),
    Case(
        rule="TURNING-18",
        title="asked about one child, the rule says from when it fires; where agencies differ, all dates are shown",
        records="""
description | thing     | born       | agency
DB          | Child:Ben | 2009-05-02 | 99
DX          | Child:Ben | 2009-06-02 | 997

list entry | child | list | added      | removed
LB         | Ben   | cse  | 2026-01-01 |
""",
        asked={"child": "@Ben"},
        expected="""
child_id | state     | born                   | why
Ben      | not fired | 2009-05-02; 2009-06-02 | turns 18 on 2027-06-02; on the list 'cse'; the rule fires from 2026-12-02
""",
    ),
]
