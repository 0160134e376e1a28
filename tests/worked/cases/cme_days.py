# ruff: noqa: E501 - a drawn table is as wide as it is
"""CME-DAY1, CME-DAY3, CME-DAY2-28, CME-4W: the day-by-day path."""

from tests.worked.drawn import Case

CALENDAR = """
calendar | school     | days   | started    | ended
C1       | School:Oak | term   | 2026-09-02 | 2026-12-18
C2       | School:Oak | closed | 2026-10-19 | 2026-10-30
"""

CASES = [
    Case(
        rule="CME-DAY1",
        title="on the first school day missed: after a two weeks' half term by the school's own calendar, after leave, and by default",
        as_at="2026-11-04 12:00",
        records="""
out of school | child | school     | started    | last_attended | expected_return | concerns           | home_contacted | assessed   | police_told | social_care_told
M1            | Ann   | School:Oak | 2026-11-02 | 2026-10-16    |                 |                    | 2026-11-02     | 2026-11-02 |             |
M2            | Ben   | School:Oak | 2026-11-02 | 2026-10-01    | 2026-10-30      | Family moves often | 2026-11-02     | 2026-11-02 |             |
M3            | Cat   | School:Elm | 2026-11-02 | 2026-10-23    |                 |                    | 2026-11-02     | 2026-11-03 |             |
M4            | Dan   | School:Elm | 2026-11-04 | 2026-11-03    |                 |                    |                |            |             |
M5            | Eve   |            | 2026-11-02 | 2026-10-16    |                 |                    | 2026-10-19     | 2026-10-19 | 2026-10-19  | 2026-10-19

list entry | child | list | added
L1         | Eve   | cp   | 2026-01-05
"""
        + CALENDAR,
        expected="""
child_id | state        | standing | due              | who_acts                          | why
Ann      | done in time | met      | 2026-11-03 00:00 |                                   | last attended 16 October 2026; first school day missed 2 November 2026; contact home and assess on day one; done 2 November 2026
Ben      | not referred | broken   | 2026-11-03 00:00 | school contacts home and assesses | leave was authorised until a return expected 30 October 2026; first school day missed 2 November 2026; contact home and assess on day one; to be referred at once: family moves often; 1 day 12 hours over
Cat      | done late    | late     | 2026-11-03 00:00 |                                   | last attended 23 October 2026; first school day missed 2 November 2026; contact home and assess on day one; done 3 November 2026
Dan      | running      | running  | 2026-11-05 00:00 | school contacts home and assesses | last attended 3 November 2026; first school day missed 4 November 2026; contact home and assess on day one; 12 hours left
Eve      | done in time | met      | 2026-10-20 00:00 |                                   | last attended 16 October 2026; first school day missed 19 October 2026; contact home and assess on day one; to be referred at once: on a child protection plan; done 19 October 2026
""",
    ),
    Case(
        rule="CME-DAY3",
        title="unresolved on the third school day; resolved on it; and one day short of it",
        as_at="2026-10-09 12:00",
        records="""
out of school | child | school     | started    | ended      | last_attended | welfare_told
M1            | Ann   | School:Oak | 2026-10-05 |            | 2026-10-02    | 2026-10-07
M2            | Ben   | School:Oak | 2026-10-05 |            | 2026-10-02    | 2026-10-08
M3            | Cat   | School:Oak | 2026-10-05 | 2026-10-07 | 2026-10-02    |
M4            | Dan   | School:Oak | 2026-10-08 |            | 2026-10-07    |
M5            | Eve   | School:Oak | 2026-10-05 |            | 2026-10-02    |
"""
        + CALENDAR,
        expected="""
child_id | state           | standing | due              | why
Ann      | done in time    | met      | 2026-10-08 00:00 | last attended 2 October 2026; first school day missed 5 October 2026; unresolved on day 3, 7 October 2026; done 7 October 2026
Ben      | done late       | late     | 2026-10-08 00:00 | last attended 2 October 2026; first school day missed 5 October 2026; unresolved on day 3, 7 October 2026; done 8 October 2026
Cat      | resolved before | not owed | not recorded     | last attended 2 October 2026; first school day missed 5 October 2026; resolved 7 October 2026, within 3 school days
Dan      | not due         | not owed | not recorded     | last attended 7 October 2026; first school day missed 8 October 2026; day 3 is 12 October 2026
Eve      | overdue         | broken   | 2026-10-08 00:00 | last attended 2 October 2026; first school day missed 5 October 2026; unresolved on day 3, 7 October 2026; 1 day 12 hours over
""",
    ),
    Case(
        rule="CME-DAY3",
        title="a register that tells of no such step for any child: not provided",
        as_at="2026-10-09 12:00",
        records="""
out of school | child | school     | started    | last_attended
M1            | Ann   | School:Oak | 2026-10-05 | 2026-10-02
""",
        asked={"child": "@Ann"},
        expected="""
child_id | state        | standing     | why
Ann      | not provided | not provided | last attended 2 October 2026; first school day missed 5 October 2026; unresolved on day 3, 7 October 2026; the register tells of no such step for any child
""",
    ),
    Case(
        rule="CME-DAY2-28",
        title="checked and reassessed by day 28, and a day late",
        as_at="2026-10-09 12:00",
        records="""
out of school | child | school     | started    | last_attended | home_checked | databases_checked | reassessed
M1            | Ann   | School:Oak | 2026-09-07 | 2026-09-04    | 2026-09-10   | 2026-09-12        | 2026-10-04
M2            | Ben   | School:Oak | 2026-09-07 | 2026-09-04    | 2026-09-10   | 2026-09-12        | 2026-10-05
M3            | Cat   | School:Oak | 2026-09-07 | 2026-09-04    | 2026-09-10   |                   |
M4            | Dan   | School:Oak | 2026-10-09 | 2026-10-08    |              |                   |
"""
        + CALENDAR,
        expected="""
child_id | state        | standing | due              | why
Ann      | done in time | met      | 2026-10-05 00:00 | last attended 4 September 2026; first school day missed 7 September 2026; home and database checks and a joint reassessment by day 28, 4 October 2026; done 4 October 2026
Ben      | done late    | late     | 2026-10-05 00:00 | last attended 4 September 2026; first school day missed 7 September 2026; home and database checks and a joint reassessment by day 28, 4 October 2026; done 5 October 2026
Cat      | overdue      | broken   | 2026-10-05 00:00 | last attended 4 September 2026; first school day missed 7 September 2026; home and database checks and a joint reassessment by day 28, 4 October 2026; 4 days 12 hours over
Dan      | not due      | not owed | not recorded     | last attended 8 October 2026; first school day missed 9 October 2026; day two is 10 October 2026
""",
    ),
    Case(
        rule="CME-4W",
        title="removed a day before four weeks are over, and on the day they are",
        as_at="2026-10-14 12:00",
        records="""
out of school | child | school     | started    | last_attended | off_roll   | transfer_file | cme_team_told
M1            | Ann   | School:Oak | 2026-09-07 | 2026-09-04    | 2026-10-04 |               |
M2            | Ben   | School:Oak | 2026-09-07 | 2026-09-04    | 2026-10-05 | 2026-10-12    | 2026-10-12
M3            | Cat   | School:Oak | 2026-09-07 | 2026-09-04    |            | 2026-10-13    | 2026-10-12
M4            | Dan   | School:Oak | 2026-09-21 | 2026-09-18    |            |               |
"""
        + CALENDAR,
        expected="""
child_id | state         | standing | due              | why
Ann      | removed early | broken   | 2026-10-06 00:00 | last attended 4 September 2026; first school day missed 7 September 2026; removed from roll 4 October 2026, before four weeks are over 5 October 2026
Ben      | done in time  | met      | 2026-10-13 00:00 | last attended 4 September 2026; first school day missed 7 September 2026; off the roll 5 October 2026; 5 working days allowed; done 12 October 2026
Cat      | done late     | late     | 2026-10-13 00:00 | last attended 4 September 2026; first school day missed 7 September 2026; four weeks over 5 October 2026; 5 working days allowed; done 13 October 2026
Dan      | not due       | not owed | not recorded     | last attended 18 September 2026; first school day missed 21 September 2026; stays on roll until 19 October 2026
""",
    ),
    Case(
        rule="CME-10D",
        title="ten school days fire, nine are just short, eight are neither; and what else bears on it",
        as_at="2026-10-16 20:00",
        records="""
out of school | child | school     | started    | last_attended
M1            | Ann   | School:Oak | 2026-10-05 | 2026-10-02
M2            | Ben   | School:Oak | 2026-10-05 | 2026-10-05
M3            | Cat   | School:Oak | 2026-10-05 | 2026-10-06

absence | child | sessions | code | kind     | counted_from
A1      | Dan   | 12       | O    | sessions | 2026-01-05
A2      | Dan   | 8        | G    | sessions | 2026-01-05
A3      | Eve   | 19       | O    | sessions | 2026-01-05
A4      | Eve   | 9        | I    | sessions | 2026-01-05
A5      | Eve   | 3        |      | exclusion | 2026-02-05

enrolment | child | school     | started    | ended      | part_time | sessions_possible | sessions_authorised | sessions_unauthorised
R1        | Dan   | School:Oak | 2024-09-02 |            | yes       | 200               | 0                   | 19
R2        | Eve   | School:Oak | 2024-09-02 | 2026-07-20 |           |                   |                     |
R3        | Fay   | School:Oak | 2024-09-02 |            |           | 100               | 6                   | 4

episode | child | agency | started          | ended
E1      | Ann   | 99     | 2026-10-08 20:00 | 2026-10-09 08:00
"""
        + CALENDAR,
        expected="""
child_id | state      | days | register_days | sessions     | share        | sessions_in_episodes | off_roll | unregistered | part_time    | exclusions
Ann      | fired      | 10   | 10            | not recorded | not recorded | 4                    | no       | yes          | not recorded | 0
Dan      | fired      | 10   | not recorded  | 20           | 0.095        | 0                    | no       | no           | yes          | 0
Fay      | fired      | 0    | not recorded  | not recorded | 0.1          | 0                    | no       | no           | not recorded | 0
Eve      | just short | 9.5  | not recorded  | 19           | not recorded | 0                    | yes      | no           | not recorded | 1
Ben      | just short | 9    | 9             | not recorded | not recorded | 0                    | no       | yes          | not recorded | 0
""",
    ),
    Case(
        rule="CME-10D",
        title="of rolls that tell the same share every one is named; part-time by one of the newest is part-time",
        as_at="2026-10-16 20:00",
        records="""
enrolment | child | agency | school     | started    | part_time | sessions_possible | sessions_authorised | sessions_unauthorised
R1        | Fay   | 997    | School:Oak | 2024-09-02 | no        | 100               | 6                   | 4
R2        | Fay   | 998    | School:Ash | 2026-09-02 | yes       | 50                | 5                   | 0
R3        | Fay   | 997    | School:Elm | 2024-09-02 |           | 100               | 4                   | 4
""",
        expected="""
child_id | state | share | part_time | records
Fay      | fired | 0.1   | yes       | R1; R2
""",
    ),
    Case(
        rule="CME-10D",
        title="asked about a child short of it",
        as_at="2026-10-16 20:00",
        records="""
out of school | child | school     | started    | last_attended
M3            | Cat   | School:Oak | 2026-10-05 | 2026-10-06
"""
        + CALENDAR,
        asked={"child": "@Cat"},
        expected="""
child_id | state     | days | why
Cat      | not fired | 8    | 8 school days without permission; the rule fires at 10
""",
    ),
]
