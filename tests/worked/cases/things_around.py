"""THINGS-AROUND."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="THINGS-AROUND",
        title="where people live and learn, brothers and sisters, and the records that name each beside somebody else",
        records="""
enrolment | child | school     | started
R1        | Ola   | School:Oak | 2026-09-01

intelligence | at               | subject       | relation | other
I1           | 2026-10-01 12:00 | Associate:Taz | lives at | Place:Flat
I2           | 2026-10-02 12:00 | Child:Ola     | sibling  | Child:Bea

episode | child | started          | ended            | with
E1      | Ola   | 2026-10-03 20:00 | 2026-10-04 08:00 | Associate:Taz
E2      | Ola   | 2026-10-05 20:00 | 2026-10-06 08:00 |
""",
        asked={"first": "0", "last": "~"},
        expected="""
thing_id | way                  | other_id     | record
Bea      | brother or sister of | Ola          | not recorded
Bea      | named in             | not recorded | I2
Ola      | brother or sister of | Bea          | not recorded
Ola      | learns at            | Oak          | not recorded
Ola      | named in             | not recorded | E1
Ola      | named in             | not recorded | I2
Taz      | lives at             | Flat         | not recorded
Taz      | named in             | not recorded | E1
""",
    ),
    Case(
        rule="THINGS-AROUND",
        title="just short of it: a record that names one alone, and what was observed later",
        records="""
episode | child | started          | ended            | with
E1      | Ola   | 2026-10-03 20:00 | 2026-10-04 08:00 |

intelligence | at               | subject       | relation | other
I1           | 2026-11-02 12:00 | Associate:Taz | lives at | Place:Flat
""",
        asked={"first": "0", "last": "~"},
        expected="""
thing_id | way
""",
    ),
]
