# ruff: noqa: E501 - a drawn table is as wide as it is
"""DESCRIPTIONS."""

from tests.worked.drawn import Case

SCHOOL = """
description | thing      | agency | name        | status | opened     | closed
D1          | School:Oak | 997    | Oak School  |        |            |
D2          | School:Oak | gias   | Oak Academy | Open   | 2026-09-01 |
D3          | School:Oak | ofsted | Oak College | Closed | 2019-09-01 | 2026-07-01
"""

CASES = [
    Case(
        rule="DESCRIPTIONS",
        title="a school before it opened anew: what has no date is told, what opened later is not, nor that one closed later",
        records=SCHOOL,
        as_at="2026-07-01 00:00",
        asked={"things": "@School:Oak"},
        expected="""
thing_id | aliases     | caption    | descriptions
Oak      | Oak College | Oak School | Oak College, Closed; Oak School
""",
    ),
    Case(
        rule="DESCRIPTIONS",
        title="a day earlier, and a day of London's that is not yet UTC's",
        records=SCHOOL,
        as_at="2026-06-30 00:30",
        asked={"things": "@School:Oak"},
        expected="""
thing_id | descriptions
Oak      | Oak College; Oak School
""",
    ),
    Case(
        rule="DESCRIPTIONS",
        title="from the first minute of the London day on which it opened",
        records=SCHOOL,
        as_at="2026-09-01 00:30",
        asked={"things": "@School:Oak"},
        expected="""
thing_id | descriptions
Oak      | Oak Academy, Open; Oak College, Closed; Oak School
""",
    ),
    Case(
        rule="DESCRIPTIONS",
        title="somebody who died later",
        records="""
description | thing         | agency | name    | died
D1          | Associate:Taz | 99     | Taz Orr | 2026-10-05
""",
        as_at="2026-10-04 12:00",
        asked={"things": "@Associate:Taz"},
        expected="""
thing_id | caption | descriptions
Taz      | Taz Orr | Taz Orr
""",
    ),
    Case(
        rule="DESCRIPTIONS",
        title="what several records of one agency say alike is told once, and first where most say it",
        records="""
description | thing       | agency | name
D1          | Place:Kebab | 99     | Hse
D2          | Place:Kebab | 99     | House
D3          | Place:Kebab | 99     | House
D4          | Place:Kebab | 997    | House
""",
        as_at="2026-07-01 00:00",
        asked={"things": "@Place:Kebab"},
        expected="""
thing_id | aliases | caption | descriptions
Kebab    | Hse     | House   | House; House; Hse
""",
    ),
]
