# ruff: noqa: E501 - a drawn table is as wide as it is
"""HOTSPOT."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="HOTSPOT",
        title="one episode in the police's and the council's records is one, by the police's; three hours apart are two",
        records="""
episode | child | agency | source          | precision | kind    | started          | ended            | found
P1      | Ann   | 99     | police_missing  | minute    | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
C1      | Ann   | 997    | ssda903_missing | day       | missing | 2026-10-03 00:00 | 2026-10-04 00:00 | Place:Park
C2      | Ann   | 997    | ssda903_missing | day       | missing | 2026-10-10 00:00 | 2026-10-11 00:00 | Place:Park
P3      | Ben   | 99     | police_missing  | minute    | missing | 2026-10-05 10:00 | 2026-10-05 12:00 | Place:Shop
X3      | Ben   | 998    | other           | minute    | missing | 2026-10-05 13:00 | 2026-10-05 15:00 | Place:Shop
P4      | Cat   | 99     | police_missing  | minute    | missing | 2026-10-05 10:00 | 2026-10-05 12:00 | Place:Mall
X4      | Cat   | 998    | other           | minute    | missing | 2026-10-05 12:00 | 2026-10-05 15:00 | Place:Mall
""",
        expected="""
thing_id | episodes | children | counted_by | records    | same_records
Mall     | 1        | 1        | 99         | P4; X4     | X4
Park     | 2        | 1        | 99; 997    | C1; C2; P1 | C1
Shop     | 2        | 1        | 99; 998    | P3; X3     |
""",
    ),
    Case(
        rule="HOTSPOT",
        title="a place, its district and its unit, this period against the one before",
        records="""
episode | child | kind    | started          | ended            | start       | found
A1      | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 |             | Place:Park
B1      | Ben   | missing | 2026-10-05 18:00 | 2026-10-06 02:00 | Place:Park  | Place:Park
C1      | Cat   | missing | 2026-07-05 18:00 | 2026-07-06 02:00 |             | Place:Park
D1      | Dan   | absent  | 2026-10-05 18:00 | 2026-10-06 02:00 |             | Place:Park
E1      | Eve   | missing | 2026-10-05 18:00 |                  | Place:Shop  |
F1      | Fay   | missing | 2026-04-05 18:00 | 2026-04-06 02:00 |             | Place:Park

interview | child | held             | went to
R1        | Ann   | 2026-10-10 10:00 | Place:Park

description | thing      | agency | postcode | lpu
P           | Place:Park | 99     | B5 4AA   | Central
""",
        expected="""
level                | thing_id     | area         | role             | found | started | seen | episodes | children | before_found | before_episodes | before_children | change | records
local policing unit  | not recorded | Central      | not recorded     | 2     | 1       | 1    | 2        | 2        | 1            | 1               | 1               | 1      | A1; B1; R1
place                | Park         | not recorded | place of concern | 2     | 1       | 1    | 2        | 2        | 1            | 1               | 1               | 1      | A1; B1; R1
postcode district    | not recorded | B5           | not recorded     | 2     | 1       | 1    | 2        | 2        | 1            | 1               | 1               | 1      | A1; B1; R1
place                | Shop         | not recorded | place of concern | 0     | 1       | 0    | 1        | 1        | 0            | 0               | 0               | 1      | E1
""",
        notes=(
            "The period before is as long as this one, and began on 30 April 2026, 23:00: the "
            "clocks changed, so as many hours began an hour earlier in the day.",
            "There is no earlier year to set this period against. The same weeks that began on 2 August 2025, 00:00 "
            "and 3 August 2024, 00:00 are not compared: no episode that began before them, or none at a place within "
            "them, is recorded, so that the files may not reach back so far.",
            "1 place has no postcode recorded and is in no district.",
            "2 places have no coordinates recorded and are in no hexagon.",
        ),
    ),
    Case(
        rule="HOTSPOT",
        title="against the season: the same weeks of the earlier years to whose beginning the records reach back",
        records="""
episode | child | kind    | started          | ended            | found
A1      | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
A2      | Ann   | missing | 2026-10-09 18:00 | 2026-10-10 02:00 | Place:Park
B1      | Ben   | missing | 2026-10-05 18:00 | 2026-10-06 02:00 | Place:Park
C1      | Cat   | missing | 2025-10-04 00:00 | 2025-10-04 02:00 | Place:Park
C2      | Cat   | missing | 2025-10-03 23:59 | 2025-10-04 02:00 | Place:Park
D1      | Dan   | missing | 2024-10-05 00:00 | 2024-10-05 04:00 | Place:Fair
E1      | Eve   | missing | 2023-10-07 00:00 | 2023-10-07 04:00 | Place:Park
F1      | Fay   | missing | 2023-10-05 18:00 |                  |
""",
        asked={"since": "2026-10-03T00:00", "until": "2026-10-17T00:00", "years": 4},
        expected="""
thing_id | episodes | before_episodes | change | season.years | season.episodes | season.records | season_episodes | season_change
Park     | 3        | 0               | 3      | 1; 2; 3      | 0; 1; 1         | ; C1; E1       | 0.67            | 2.33
""",
        notes=(
            "The season is the mean of the same weeks of earlier years, each 364 days back and as long as this period; "
            "they began on 4 October 2025, 00:00 and 5 October 2024, 00:00 and 7 October 2023, 00:00.",
            "The same weeks that began on 8 October 2022, 00:00 are not compared: no episode that began before them, "
            "or none at a place within them, is recorded, so that the files may not reach back so far.",
            "1 place has episodes in those weeks of earlier years only, and is not listed.",
        ),
    ),
    Case(
        rule="HOTSPOT",
        title="a year in whose weeks the records begin is left out: what came before in it is not known",
        records="""
episode | child | kind    | started          | ended            | found
A1      | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
C1      | Cat   | missing | 2025-10-04 00:00 | 2025-10-04 02:00 | Place:Park
""",
        asked={"since": "2026-10-03T00:00", "until": "2026-10-17T00:00", "years": 1},
        expected="""
thing_id | episodes | season_episodes | season_change | season.years
Park     | 1        | not recorded    | not recorded  |
""",
        notes=(
            "There is no earlier year to set this period against. The same weeks that began on 4 October 2025, 00:00 "
            "are not compared: no episode that began before them, or none at a place within them, is recorded, so "
            "that the files may not reach back so far.",
        ),
    ),
    Case(
        rule="HOTSPOT",
        title="homes, schools, placements, addresses and services are told apart from places of concern",
        records="""
episode | child | kind    | started          | ended            | start    | found
A1      | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | Home:Elm | Place:Park
B1      | Ben   | missing | 2026-10-05 18:00 | 2026-10-06 02:00 |          | Place:Flat
C1      | Cat   | missing | 2026-10-05 18:00 | 2026-10-06 02:00 |          | Place:Ward
D1      | Dan   | missing | 2026-10-05 18:00 | 2026-10-06 02:00 |          | Place:Rise
E1      | Eve   | missing | 2026-10-05 18:00 | 2026-10-06 02:00 |          | School:Quay

placement | child | home       | started    | ended
P1        | Fay   | Place:Flat | 2026-01-05 | 2026-03-05

intelligence | at               | subject   | relation | other
I1           | 2026-09-01 12:00 | Child:Gil | lives at | Place:Rise
I2           | 2026-09-02 12:00 | Associate:Taz | lives at | Place:Park

description | thing      | kind
W           | Place:Ward | Hospital
""",
        expected="""
thing_id | level  | role
Elm      | home   | children's home
Flat     | place  | placement
Park     | place  | place of concern
Quay     | school | school
Rise     | place  | child's address
Ward     | place  | service
""",
    ),
    Case(
        rule="HOTSPOT",
        title="asked of one place: that place alone, and in words",
        records="""
episode | child | kind    | started          | ended            | found
A1      | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
B1      | Ben   | missing | 2026-06-05 18:00 | 2026-06-06 02:00 | Place:Park
C1      | Cat   | missing | 2026-10-05 18:00 | 2026-10-06 02:00 | Place:Shop

description | thing      | postcode
P           | Place:Park | B5 4AA
""",
        asked={"place": "@Place:Park"},
        expected="""
level | thing_id | episodes | before_episodes | why
place | Park     | 1        | 1               | 1 episode, 1 in the period before
""",
    ),
    Case(
        rule="HOTSPOT",
        title="asked of one place where nobody was: why not",
        records="""
episode | child | kind    | started          | ended            | found
A1      | Ann   | missing | 2025-12-03 18:00 | 2025-12-04 02:00 | Place:Park
""",
        asked={"place": "@Place:Park"},
        expected="""
thing_id | episodes
""",
        notes=("No record puts a child there in this period or in the one before.",),
    ),
    Case(
        rule="HOTSPOT",
        title="hexagons of a kilometre: two places in one, a third beside it, named by the centre's grid reference",
        records="""
episode | child | kind    | started          | ended            | found
A1      | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
B1      | Ben   | missing | 2026-10-05 18:00 | 2026-10-06 02:00 | Place:Shop
C1      | Cat   | missing | 2026-10-05 18:00 | 2026-10-06 02:00 | Place:Arch

description | thing      | latitude  | longitude
P           | Place:Park | 52.478    | -1.899
S           | Place:Shop | 52.479    | -1.901
A           | Place:Arch | 52.478    | -1.886
""",
        expected="""
level   | thing_id     | area         | episodes | children
hexagon | not recorded | SP 0650 8665 | 2        | 2
hexagon | not recorded | SP 0750 8665 | 1        | 1
place   | Arch         | not recorded | 1        | 1
place   | Park         | not recorded | 1        | 1
place   | Shop         | not recorded | 1        | 1
""",
        notes=("3 places have no postcode recorded and are in no district.",),
    ),
    Case(
        rule="HOTSPOT",
        title="an episode in two agencies' records is one; a place told of without a date is counted in neither period",
        records="""
episode | agency | child | kind    | started          | ended            | found
A1      | 99     | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
A2      | 997    | Ann   | missing | 2026-10-03 18:30 | 2026-10-04 02:00 | Place:Park
A3      | 99     | Ann   | missing | 2026-10-13 18:00 | 2026-10-14 02:00 | Place:Park
B1      | 997    | Ben   | missing | 2026-10-05 18:00 | 2026-10-06 02:00 | Place:Park

interview | child | held | went to
R1        | Ann   |      | Place:Park
R2        | Ann   |      | Place:Den
""",
        expected="""
thing_id | found | episodes | seen | change | records
Park     | 3     | 3        | 0    | 3      | A1; A2; A3; B1
""",
        notes=("2 records without a date put a child at a place, and are counted in neither period.",),
    ),
    Case(
        rule="HOTSPOT",
        title="a month half over is set against as many days before it",
        records="""
episode | child | kind    | started          | ended            | found
A1      | Ann   | missing | 2026-10-03 18:00 | 2026-10-04 02:00 | Place:Park
A2      | Ann   | missing | 2026-10-14 23:59 | 2026-10-15 00:00 | Place:Park
B1      | Ben   | missing | 2026-09-17 18:00 | 2026-09-18 02:00 | Place:Park
C1      | Cat   | missing | 2026-09-16 18:00 | 2026-09-17 02:00 | Place:Park
D1      | Dan   | missing | 2026-10-16 18:00 | 2026-10-17 02:00 | Place:Park
""",
        as_at="2026-10-15 00:00",
        asked={"since": "2026-10-01T00:00", "until": "2026-11-01T00:00"},
        expected="""
thing_id | episodes | before_episodes | change | records
Park     | 2        | 1               | 1      | A1; A2
""",
        notes=(
            "The period before is as long as this one, and began on 17 September 2026, 00:00.",
            "The period is not over: it is counted to 15 October 2026, 00:00, the date asked about.",
        ),
    ),
]
