"""THINGS-DESCRIBED."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="THINGS-DESCRIBED",
        title="every description of the kinds asked for, each as its agency gave it",
        records="""
description | thing         | agency | name      | born       | postcode | identifiers
D1          | Child:Ola     | 99     | Ola Quill | 2011-03-04 | NN1 1AA  | police:99 N1
D2          | Child:Ola     | 997    | Ola Quil  | 2011-04-03 |          | council:997 5
D3          | Associate:Taz | 99     | Taz       |            |          |
D4          | Place:Kebab   | 99     | Kebab     |            | NN1 2AA  |
""",
        asked={"kinds": "Child,Associate", "first": "0", "last": "~"},
        expected="""
thing_id | thing_kind | agency | name      | born         | postcode     | identifiers
Ola      | Child      | 99     | Ola Quill | 2011-03-04   | NN1 1AA      | police:99 N1
Ola      | Child      | 997    | Ola Quil  | 2011-04-03   | not recorded | council:997 5
Taz      | Associate  | 99     | Taz       | not recorded | not recorded |
""",
    ),
    Case(
        rule="THINGS-DESCRIBED",
        title="only things whose ids lie between the two: a part of all",
        records="""
description | thing     | agency | name
D1          | Child:Ola | 99     | Ola Quill
""",
        asked={"kinds": "Child", "first": "~", "last": "~~"},
        expected="""
thing_id | name
""",
    ),
]
