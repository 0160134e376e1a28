# ruff: noqa: E501 - a drawn table is as wide as it is
"""REPEAT-2, PERSISTENT and ABSENT-3-IN-90D."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="REPEAT-2",
        title="a second episode within twelve months fires, a single one is just short, an older one does not count",
        records="""
episode | child | started          | ended
A1      | Ann   | 2025-12-02 20:00 | 2025-12-03 08:00
A2      | Ann   | 2026-09-10 21:00 | 2026-09-11 02:00
B1      | Ben   | 2025-10-31 20:00 | 2025-11-01 09:00
B2      | Ben   | 2026-10-01 20:00 | 2026-10-01 23:00
""",
        ordered=True,
        expected="""
child_id | state      | episodes | records | since            | why
Ann      | fired      | 2        | A1; A2  | 2026-09-10 21:00 | 2 missing episodes began in the window; the rule fires at 2
Ben      | just short | 1        | B2      | not recorded     | 1 missing episode began in the window; the rule fires at 2
""",
    ),
    Case(
        rule="PERSISTENT",
        title="four episodes are more than three, and stand in the band 3–5; three are just short",
        records="""
episode | child | started          | ended
A1      | Ann   | 2026-01-02 20:00 | 2026-01-03 08:00
A2      | Ann   | 2026-03-10 21:00 | 2026-03-11 02:00
A3      | Ann   | 2026-06-10 21:00 | 2026-06-11 02:00
A4      | Ann   | 2026-10-10 21:00 | 2026-10-11 02:00
B1      | Ben   | 2026-02-01 20:00 | 2026-02-01 23:00
B2      | Ben   | 2026-05-01 20:00 | 2026-05-01 23:00
B3      | Ben   | 2026-10-01 20:00 | 2026-10-01 23:00
""",
        ordered=True,
        expected="""
child_id | state      | episodes | band | since
Ann      | fired      | 4        | 3–5  | 2026-10-10 21:00
Ben      | just short | 3        | 3–5  | not recorded
""",
    ),
    Case(
        rule="ABSENT-3-IN-90D",
        title="three absent reports in ninety days; missing episodes are not counted among them",
        records="""
episode | child | kind    | started          | ended
A1      | Ann   | absent  | 2026-08-20 18:00 | 2026-08-20 20:00
A2      | Ann   | absent  | 2026-09-20 18:00 | 2026-09-20 20:00
A3      | Ann   | absent  | 2026-10-20 18:00 | 2026-10-20 20:00
B1      | Ben   | absent  | 2026-08-02 18:00 | 2026-08-02 20:00
B2      | Ben   | absent  | 2026-09-20 18:00 | 2026-09-20 20:00
B3      | Ben   | absent  | 2026-10-20 18:00 | 2026-10-20 20:00
B4      | Ben   | missing | 2026-10-22 18:00 | 2026-10-23 20:00
""",
        ordered=True,
        expected="""
child_id | state      | episodes | records    | why
Ann      | fired      | 3        | A1; A2; A3 | 3 absent reports began in the window; the rule fires at 3
Ben      | just short | 2        | B2; B3     | 2 absent reports began in the window; the rule fires at 3
""",
    ),
]
