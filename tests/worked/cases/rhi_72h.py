# ruff: noqa: E501 - a drawn table is as wide as it is
"""RHI-72H, RHI-CONTACT-72H and RHI-SHARED: the return interview's clocks."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="RHI-72H",
        title="offered, held in time and one minute late, refused, unreachable, waiting, decided otherwise, and nothing told",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | started          | ended            | authority
A1      | Ann   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00 | 997
B1      | Ben   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00 | 997
C1      | Cat   | 99     | 2026-10-10 20:00 | 2026-10-11 08:00 |
D1      | Dan   | 99     | 2026-10-10 20:00 | 2026-10-11 08:00 |
E1      | Eve   | 99     | 2026-10-10 20:00 | 2026-10-11 08:00 |
F1      | Fay   | 99     | 2026-10-10 20:00 | 2026-10-11 08:00 |
G1      | Gus   | 99     | 2026-10-10 20:00 | 2026-10-11 08:00 |
H1      | Hal   | 99     | 2026-10-28 20:00 | 2026-10-29 08:00 |
I1      | Ida   | 99     | 2026-10-28 20:00 | 2026-10-29 08:00 |
J1      | Jon   | 99     | 2026-10-29 20:00 |                  |

interview | child | about | returned         | offered          | held             | outcome                 | parents_view | decided_by    | child_consulted | decision_reason
RA        | Ann   | A1    | 2026-10-02 08:00 | 2026-10-02 10:00 | 2026-10-05 08:00 | held                    |              |               |                 |
RB        | Ben   | B1    | 2026-10-02 08:00 | 2026-10-02 10:00 | 2026-10-05 08:01 | held                    |              |               |                 |
RC        | Cat   | C1    | 2026-10-11 08:00 | 2026-10-11 10:00 |                  | refused                 | Worried      |               |                 |
RD        | Dan   | D1    | 2026-10-11 08:00 | 2026-10-11 10:00 |                  | refused                 |              |               |                 |
RE        | Eve   | E1    | 2026-10-11 08:00 |                  |                  | unreachable             |              |               |                 |
RF        | Fay   | F1    | 2026-10-11 08:00 |                  |                  | not after every episode |              | Social worker | yes             | seen weekly
RH        | Hal   | H1    | 2026-10-29 08:00 | 2026-10-29 10:00 |                  | offered                 |              |               |                 |
RI        | Ida   | I1    | 2026-10-29 08:00 |                  |                  | waiting                 |              |               |                 |
""",
        ordered=False,
        expected="""
child_id | state                   | standing | hours        | taken        | owed_by      | answered_by | who_acts
Ann      | completed in time       | met      | 0            | 72           | 997          | RA          |
Ben      | completed late          | late     | -0.02        | 72.02        | 997          | RB          |
Cat      | refused                 | not owed | -389         | not recorded | not recorded | RC          |
Dan      | refused                 | broken   | -389         | not recorded | not recorded | RD          | interviewer seeks the parent's view
Eve      | unreachable             | broken   | -389         | not recorded | not recorded | RE          | interviewer contacts, offers and holds
Fay      | not after every episode | not owed | not recorded | not recorded | not recorded | RF          |
Gus      | overdue                 | broken   | -389         | not recorded | not recorded |             | social worker notifies and arranges
Hal      | offered                 | running  | 44           | not recorded | not recorded | RH          | interviewer contacts, offers and holds
Ida      | waiting list            | running  | 44           | not recorded | not recorded | RI          | interviewer contacts, offers and holds
Jon      | not due                 | not owed | not recorded | not recorded | not recorded |             |
""",
    ),
    Case(
        rule="RHI-72H",
        title="72 hours elapse over the night that the clocks go back, so the last minute in time reads 07:00",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | started          | ended
A1      | Ann   | 99     | 2026-10-23 20:00 | 2026-10-24 08:00

interview | child | about | returned         | offered          | held             | outcome
RA        | Ann   | A1    | 2026-10-24 08:00 | 2026-10-24 10:00 | 2026-10-27 07:00 | held
""",
        expected="""
child_id | state             | due              | hours | why
Ann      | completed in time | 2026-10-27 07:00 | 0     | back 24 October 2026, 08:00; 72 hours allowed; held 27 October 2026, 07:00, done under an hour before it was due
""",
    ),
    Case(
        rule="RHI-72H",
        title="one interview for several episodes: those it names, and by time those since the interview before it",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | started          | ended
A1      | Ann   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00
A2      | Ann   | 99     | 2026-10-03 20:00 | 2026-10-04 08:00
B1      | Ben   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00
B2      | Ben   | 99     | 2026-10-03 20:00 | 2026-10-04 08:00
B3      | Ben   | 99     | 2026-10-06 20:00 | 2026-10-07 08:00

interview | child | about  | returned         | held             | outcome
RA        | Ann   | A1; A2 | 2026-10-04 08:00 | 2026-10-05 09:00 | held
R0        | Ben   | B1     | 2026-10-02 08:00 | 2026-10-02 12:00 | held
RB        | Ben   |        | 2026-10-07 08:30 | 2026-10-07 12:00 | held
""",
        expected="""
child_id | record | state             | answered_by | facts
Ann      | A1     | completed late    | RA          | Gone again on 3 October 2026, 20:00, before an interview; this clock goes on; The interview is this episode's by its reference
Ann      | A2     | completed in time | RA          | The interview is this episode's by its reference
Ben      | B1     | completed in time | R0          | The interview is this episode's by its reference
Ben      | B2     | completed late    | RB          | Gone again on 6 October 2026, 20:00, before an interview; this clock goes on; The interview is this episode's held after this return, and no other interview is about it
Ben      | B3     | completed in time | RB          | The interview is this episode's by the time of return
""",
    ),
    Case(
        rule="RHI-72H",
        title="what no provider's file covers is not provided, and is not called overdue",
        as_at="2026-11-20 12:00",
        records="""
episode | child | agency | started          | ended
A1      | Ann   | 99     | 2026-10-28 20:00 | 2026-10-28 22:00
B1      | Ben   | 99     | 2026-10-31 20:00 | 2026-11-01 08:00
C1      | Cat   | 99     | 2026-10-10 20:00 | 2026-10-11 08:00
D1      | Dan   | 99     | 2026-10-31 20:00 | 2026-11-01 08:00

interview | child | about | returned         | held             | outcome
RC        | Cat   | C1    | 2026-10-11 08:00 | 2026-10-12 08:00 | held
RD        | Dan   | D1    | 2026-11-01 08:00 |                  | waiting
""",
        expected="""
child_id | state             | standing
Ann      | overdue           | broken
Ben      | not provided      | not provided
Cat      | completed in time | met
Dan      | waiting list      | not provided
""",
    ),
    Case(
        rule="RHI-72H",
        title="police and council tell of one episode: one clock, by the police's record; recorded by another force; moved area",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | source          | precision | started          | ended
P1      | Ann   | 99     | police_missing  | minute    | 2026-10-20 20:00 | 2026-10-21 08:00
Q1      | Ann   | 98     | police_missing  | minute    | 2026-10-20 22:00 | 2026-10-21 07:30
C1      | Ann   | 997    | ssda903_missing | day       | 2026-10-20 00:00 | 2026-10-21 00:00

placement | child | home     | started    | ended      | agency
L1        | Ann   | Home:Elm | 2026-01-01 | 2026-10-25 | 997
L2        | Ann   | Home:Oak | 2026-10-25 |            | 998

interview | child | about | returned         | held             | outcome
RA        | Ann   | Q1    | 2026-10-21 08:00 | 2026-10-22 09:00 | held
""",
        expected="""
child_id | record | same_records | state          | owed_by | home_id | answered_by | facts
Ann      | Q1     | C1; P1       | completed in time | 997  | Elm     | RA          | Moved area since: another council looks after the child; Recorded by another force as well; The interview is this episode's by its reference
""",
    ),
    Case(
        rule="RHI-72H",
        title="a council's day alone is counted from its end",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | kind | source          | precision | started          | ended
C1      | Ann   | 997    | away | ssda903_missing | day       | 2026-10-05 00:00 | 2026-10-06 00:00

interview | child | about | returned         | held             | outcome
RB        | Ben   | B1    | 2026-10-02 08:00 | 2026-10-02 12:00 | held
""",
        expected="""
child_id | kind | state   | started          | due              | why
Ann      | away | overdue | 2026-10-07 00:00 | 2026-10-10 00:00 | back 7 October 2026, 00:00, a day alone: counted from its end; 72 hours allowed; 20 days 13 hours over; no interview is recorded
""",
    ),
    Case(
        rule="RHI-72H",
        title="asked about one child, the rule also says why nothing is owed",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | kind   | started          | ended
A1      | Ann   | 99     | absent | 2026-10-01 20:00 | 2026-10-02 08:00
B1      | Ben   | 99     | absent | 2026-10-01 20:00 | 2026-10-02 08:00
""",
        asked={"child": "@Ann"},
        expected="""
child_id | record | state    | standing | why
Ann      | A1     | not owed | not owed | an episode recorded as absent starts no such clock
""",
    ),
    Case(
        rule="RHI-CONTACT-72H",
        title="contacted in time, an hour late, and not at all",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | started          | ended            | returned
A1      | Ann   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00 | 2026-10-02 11:00
B1      | Ben   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00 | 2026-10-02 11:00
C1      | Cat   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00 |

interview | child | about | returned         | contacted        | offered          | outcome
RA        | Ann   | A1    | 2026-10-02 11:00 | 2026-10-05 08:00 | 2026-10-05 10:00 | offered
RB        | Ben   | B1    | 2026-10-02 11:00 | 2026-10-05 09:00 | 2026-10-05 10:00 | offered
""",
        expected="""
child_id | state             | standing | started          | hours
Ann      | contacted in time | met      | 2026-10-02 08:00 | 0
Ben      | contacted late    | late     | 2026-10-02 08:00 | -1
Cat      | overdue           | broken   | 2026-10-02 08:00 | -605
""",
    ),
    Case(
        rule="RHI-SHARED",
        title="with both in time and a day late, with one of them, with neither, and from a provider whose files do not tell",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | started          | ended
A1      | Ann   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00
B1      | Ben   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00
C1      | Cat   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00
D1      | Dan   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00
E1      | Eve   | 99     | 2026-10-26 20:00 | 2026-10-27 08:00
F1      | Fay   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00

interview | child | agency | about | returned         | held             | outcome | shared_with_police | on_childs_record
RA        | Ann   | I1     | A1    | 2026-10-02 08:00 | 2026-10-05 09:00 | held    | 2026-10-06         | 2026-10-12
RB        | Ben   | I1     | B1    | 2026-10-02 08:00 | 2026-10-05 09:00 | held    | 2026-10-06         |
RC        | Cat   | I1     | C1    | 2026-10-02 08:00 | 2026-10-05 09:00 | held    |                    |
RD        | Dan   | I2     | D1    | 2026-10-02 08:00 | 2026-10-05 09:00 | held    |                    |
RE        | Eve   | I1     | E1    | 2026-10-27 08:00 | 2026-10-28 09:00 | held    |                    |
RF        | Fay   | I1     | F1    | 2026-10-02 08:00 | 2026-10-05 09:00 | held    | 2026-10-13         | 2026-10-12
""",
        expected="""
child_id | state          | standing     | due
Ann      | shared in time | met          | 2026-10-13 00:00
Ben      | shared in part | broken       | 2026-10-13 00:00
Cat      | not shared     | broken       | 2026-10-13 00:00
Dan      | not provided   | not provided | 2026-10-13 00:00
Eve      | not shared     | running      | 2026-11-05 00:00
Fay      | shared late    | late         | 2026-10-13 00:00
""",
    ),
]

CASES += [
    Case(
        rule="RHI-PERFORMANCE",
        title="two months of one home and one area: shares of what is told and due, and the change; what is not provided is in none",
        as_at="2026-10-30 12:00",
        records="""
episode | child | agency | started          | ended            | authority
A1      | Ann   | 99     | 2026-09-01 20:00 | 2026-09-02 08:00 |
A2      | Ann   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00 |
B1      | Ben   | 99     | 2026-10-01 20:00 | 2026-10-02 08:00 |
C1      | Cat   | 99     | 2026-10-10 20:00 | 2026-10-11 08:00 | 998
D1      | Dan   | 99     | 2026-10-28 20:00 | 2026-10-29 08:00 | 998
E1      | Eve   | 99     | 2026-10-10 20:00 | 2026-10-11 08:00 | 998
F1      | Fay   | 99     | 2026-08-10 20:00 | 2026-08-11 08:00 | 998

placement | child | home     | started    | ended
L1        | Ann   | Home:Elm | 2026-01-01 |
L2        | Ben   | Home:Elm | 2026-01-01 |

interview | child | about | returned         | offered          | held             | outcome
R1        | Ann   | A1    | 2026-09-02 08:00 | 2026-09-02 10:00 | 2026-09-10 09:00 | held
R2        | Ann   | A2    | 2026-10-02 08:00 | 2026-10-02 10:00 | 2026-10-03 09:00 | held
R3        | Ben   | B1    | 2026-10-02 08:00 | 2026-10-02 10:00 |                  | refused
R4        | Cat   | C1    | 2026-10-11 08:00 |                  |                  | not after every episode
""",
        ordered=False,
        expected="""
area | home_id      | month   | returns | told | offered | due | held | in_time | refused | decided | running | overdue | not_provided | offered_share | in_time_share | change
997  | Elm          | 2026-09 | 1       | 1    | 1       | 1   | 1    | 0       | 0       | 0       | 0       | 0       | 0            | 100           | 0             | not recorded
997  | Elm          | 2026-10 | 2       | 2    | 2       | 2   | 1    | 1       | 1       | 0       | 0       | 1       | 0            | 100           | 50            | 50
998  | not recorded | 2026-08 | 1       | 0    | 0       | 0   | 0    | 0       | 0       | 0       | 0       | 0       | 1            | not recorded  | not recorded  | not recorded
998  | not recorded | 2026-10 | 3       | 2    | 0       | 1   | 0    | 0       | 0       | 1       | 1       | 1       | 0            | 0             | 0             | not recorded
""",
    ),
]
