# ruff: noqa: E501 - a drawn table is as wide as it is
"""POLICE-COUNCIL-MISMATCH."""

from tests.worked.drawn import Case

RULE = "POLICE-COUNCIL-MISMATCH"
#: Ann and Ben have been looked after all year; the council's file begins in August.
PLACED = """
placement | child | home     | started    | ended
PA        | Ann   | Home:Elm | 2026-01-01 |
PB        | Ben   | Home:Elm | 2026-01-01 |
PC        | Cat   | Home:Ash | 2026-01-01 |

episode | child | agency | source          | precision | kind    | risk             | started          | ended            | became | start"""

ASKED_OF = (
    PLACED
    + """
P1      | Ann   | 99     | police_missing  | minute    | missing | high             | 2026-09-02 20:00 | 2026-09-03 00:10 |        | Home:Elm
C1      | Ann   | 997    | ssda903_missing | day       | missing |                  | 2026-09-02 00:00 | 2026-09-03 00:00 |        |
P2      | Ann   | 99     | police_missing  | minute    | missing | high             | 2026-10-01 20:00 | 2026-10-02 00:10 |        |
C3      | Ben   | 997    | ssda903_missing | day       | missing |                  | 2026-10-02 00:00 | 2026-10-03 00:00 |        |
P4      | Dan   | 99     | police_missing  | minute    | missing | high             | 2026-09-02 20:00 | 2026-09-03 00:10 |        |
P5      | Cat   | 99     | police_missing  | minute    | missing | high             | 2026-02-02 20:00 | 2026-02-03 00:10 |        |
"""
)

CASES = [
    Case(
        rule=RULE,
        title="what agrees is counted and not listed; dates agree with any time of their day, also after midnight",
        records=PLACED
        + """
P1      | Ann   | 99     | police_missing  | minute    | missing | high             | 2026-09-02 20:00 | 2026-09-03 00:10 |        | Home:Elm
C1      | Ann   | 997    | ssda903_missing | day       | missing |                  | 2026-09-02 00:00 | 2026-09-03 00:00 |        |
P2      | Ben   | 99     | police_missing  | minute    | missing | high             | 2026-09-10 20:00 |                  |        |
C2      | Ben   | 997    | ssda903_missing | day       | missing |                  | 2026-09-10 00:00 |                  |        |
P3      | Cat   | 99     | police_missing  | minute    | missing | high             | 2026-10-02 20:00 | 2026-10-03 00:10 |        |
C3      | Cat   | 997    | ssda903_missing | day       | missing |                  | 2026-10-02 00:00 | 2026-10-02 00:00 |        |
""",
        expected="""
child_id | month   | home_id | differences | look    | start_apart | end_apart | reasons        | records
Cat      | 2026-10 | Ash     | ends apart  | 99; 997 | 0           | 0.2       | kind; start    | C3; P3
""",
        notes=("2 episodes agree in the police's and the council's records, and not listed.",),
    ),
    Case(
        rule=RULE,
        title="what one side alone holds, and what no file of the other covers",
        records=PLACED
        + """
C0      | Cat   | 997    | ssda903_missing | day       | missing |                  | 2026-08-20 00:00 | 2026-08-21 00:00 |        |
P0      | Ann   | 99     | police_missing  | minute    | missing | high             | 2026-08-10 20:00 | 2026-08-11 09:00 |        |
P1      | Ann   | 99     | police_missing  | minute    | missing | high             | 2026-09-02 20:00 | 2026-09-03 09:00 |        | Home:Elm
C2      | Ben   | 997    | ssda903_missing | day       | missing |                  | 2026-09-10 00:00 | 2026-09-11 00:00 |        |
C3      | Ben   | 997    | ssda903_missing | day       | away    |                  | 2026-09-20 00:00 | 2026-09-22 00:00 |        |
P4      | Ben   | 99     | police_absent   | minute    | absent  |                  | 2026-10-01 20:00 | 2026-10-01 23:00 |        |
P5      | Dan   | 99     | police_missing  | minute    | missing | high             | 2026-09-02 20:00 | 2026-09-03 09:00 |        |
""",
        expected="""
child_id | month   | home_id | differences                   | look | records
Ann      | 2026-08 | Elm     | not provided                  |      | P0
Ann      | 2026-09 | Elm     | not in the council's records  | 997  | P1
Ben      | 2026-09 | Elm     | definition                    |      | C3
Ben      | 2026-09 | Elm     | not in the police's records   | 99   | C2
Ben      | 2026-10 | Elm     | definition                    |      | P4
Cat      | 2026-08 | Ash     | not in the police's records   | 99   | C0
""",
        notes=(
            "1 of the police's episodes is of children who were not looked after at the time, by the placements seen, and "
            "not compared: the council's return holds looked-after children only.",
        ),
    ),
    Case(
        rule=RULE,
        title="times, kinds and systems that differ",
        records=PLACED
        + """
P1      | Ann   | 99     | police_missing  | minute    | missing | high             | 2026-09-02 20:00 | 2026-09-05 09:00 |        | Home:Elm
C1      | Ann   | 997    | ssda903_missing | day       | missing |                  | 2026-09-03 00:00 | 2026-09-06 00:00 |        |
P2      | Ann   | 99     | police_missing  | minute    | missing | high             | 2026-10-02 20:00 | 2026-10-03 09:00 |        |
C2      | Ann   | 997    | ssda903_missing | day       | missing |                  | 2026-10-02 00:00 |                  |        |
P3      | Ben   | 99     | police_missing  | minute    | missing | high             | 2026-09-02 20:00 | 2026-09-03 09:00 |        |
C3      | Ben   | 997    | ssda903_missing | day       | away    |                  | 2026-09-02 00:00 | 2026-09-03 00:00 |        |
P4      | Ben   | 99     | police_missing  | minute    | missing | no apparent risk | 2026-10-02 20:00 | 2026-10-03 09:00 |        |
C4      | Ben   | 997    | ssda903_missing | day       | missing |                  | 2026-10-02 00:00 | 2026-10-03 00:00 |        |
P5      | Cat   | 99     | police_missing  | minute    | missing | high             | 2026-09-02 20:00 | 2026-09-03 09:00 |        |
Q5      | Cat   | 99     | police_absent   | minute    | absent  |                  | 2026-09-02 19:00 | 2026-09-02 21:00 | P5     |
C5      | Cat   | 997    | ssda903_missing | day       | missing |                  | 2026-09-02 00:00 | 2026-09-03 00:00 |        |
P6      | Cat   | 99     | police_missing  | minute    | missing | high             | 2026-10-02 20:00 | 2026-10-03 09:00 |        |
Q6      | Cat   | 99     | police_missing  | minute    | missing | high             | 2026-10-02 22:00 | 2026-10-03 09:00 |        |
C6      | Cat   | 997    | ssda903_missing | day       | missing |                  | 2026-10-02 00:00 | 2026-10-03 00:00 |        |
""",
        expected="""
child_id | month   | differences                           | look    | start_apart | end_apart    | records
Ann      | 2026-09 | ends apart; starts apart              | 99; 997 | 4           | 15           | C1; P1
Ann      | 2026-10 | still open in one                     | 997     | 0           | not recorded | C2; P2
Ben      | 2026-09 | kind differs                          | 99; 997 | 0           | 0            | C3; P3
Ben      | 2026-10 | definition; kind differs              | 99; 997 | 0           | 0            | C4; P4
Cat      | 2026-09 | on both police systems; reclassified  | 99      | 0           | 0            | C5; P5; Q5
Cat      | 2026-10 | two notifications of one episode      | 99      | 0           | 0            | C6; P6; Q6
""",
    ),
    Case(
        rule=RULE,
        title="a run of nights as one, one as several, counted twice, and an interview beside them",
        records=PLACED
        + """
P1      | Ann   | 99     | police_missing  | minute    | missing | high             | 2026-09-07 20:00 | 2026-09-08 02:00 |        |
P2      | Ann   | 99     | police_missing  | minute    | missing | high             | 2026-09-08 20:00 | 2026-09-09 02:00 |        |
C1      | Ann   | 997    | ssda903_missing | day       | missing |                  | 2026-09-07 00:00 | 2026-09-09 00:00 |        |
P3      | Ben   | 99     | police_missing  | minute    | missing | high             | 2026-09-07 20:00 | 2026-09-10 02:00 |        |
C3      | Ben   | 997    | ssda903_missing | day       | missing |                  | 2026-09-07 00:00 | 2026-09-08 00:00 |        |
D3      | Ben   | 997    | ssda903_missing | day       | missing |                  | 2026-09-09 00:00 | 2026-09-10 00:00 |        |
P4      | Cat   | 99     | police_missing  | minute    | missing | high             | 2026-09-07 20:00 | 2026-09-10 02:00 |        |
C4      | Cat   | 997    | ssda903_missing | day       | missing |                  | 2026-09-07 00:00 | 2026-09-10 00:00 |        |
D4      | Cat   | 997    | ssda903_missing | day       | missing |                  | 2026-09-08 00:00 | 2026-09-10 00:00 |        |

interview | child | returned         | about
I1        | Ann   | 2026-09-09 02:30 | P2
I2        | Ann   | 2026-09-20 02:30 |
""",
        expected="""
child_id | differences    | look    | reasons                          | records
Ann      | several as one | 99; 997 | end; interview; kind; overlap; start | C1; I1; P1; P2
Ben      | one as several | 99; 997 | end; kind; overlap; start        | C3; D3; P3
Cat      | counted twice  | 997     | end; kind; overlap; start        | C4; D4; P4
""",
    ),
    Case(
        rule=RULE,
        title="a different child: the police hold it of another child of the same birth and surname",
        records=PLACED
        + """
P1      | Tom   | 99     | police_missing  | minute    | missing | high             | 2026-09-07 20:00 | 2026-09-08 02:00 |        |
C1      | Ann   | 997    | ssda903_missing | day       | missing |                  | 2026-09-07 00:00 | 2026-09-08 00:00 |        |
P2      | Tim   | 99     | police_missing  | minute    | missing | high             | 2026-09-07 20:00 | 2026-09-08 02:00 |        |
C2      | Ben   | 997    | ssda903_missing | day       | missing |                  | 2026-09-07 00:00 | 2026-09-08 00:00 |        |

description | thing     | agency | given | family   | born
D1          | Child:Ann | 997    | Anne  | Quilfern | 2011-02-03
D2          | Child:Tom | 99     | Ann   | Quilfern | 2011-02-03
D3          | Child:Ben | 997    | Ben   | Brindle  | 2011-02-04
D4          | Child:Tim | 99     | Ben   | Brindle  | 2011-02-05
""",
        expected="""
child_id | differences                 | look    | other_child_id | records
Ann      | different child             | 99; 997 | Tom            | C1; P1
Ben      | not in the police's records | 99      | not recorded   | C2
""",
    ),
    Case(
        rule=RULE,
        title="how a line stands by what a person said of it: of these very records and this very disagreement, and by then",
        records=PLACED
        + """
C0      | Cat   | 997    | ssda903_missing | day       | missing |                  | 2026-08-20 00:00 | 2026-08-21 00:00 |        |
P1      | Ann   | 99     | police_missing  | minute    | missing | high             | 2026-09-02 20:00 | 2026-09-03 09:00 |        |
P2      | Ann   | 99     | police_missing  | minute    | missing | high             | 2026-09-20 20:00 | 2026-09-21 09:00 |        |
P3      | Ben   | 99     | police_missing  | minute    | missing | high             | 2026-09-02 20:00 | 2026-09-05 09:00 |        |
C3      | Ben   | 997    | ssda903_missing | day       | missing |                  | 2026-09-03 00:00 | 2026-09-06 00:00 |        |
P4      | Cat   | 99     | police_missing  | minute    | missing | high             | 2026-09-20 20:00 | 2026-09-21 09:00 |        |
C5      | Cat   | 997    | ssda903_missing | day       | missing |                  | 2026-10-20 00:00 | 2026-10-21 00:00 |        |

judgement | of        | about | verdict             | said of                                            | records | decided
J1        | Child:Ann | line  | explained           | not in the council's records                       | P1      | 2026-10-05 09:00
J2        | Child:Ann | line  | accepted            | not in the council's records                       | P2      | 2026-11-01 09:00
J3        | Child:Ben | line  | accepted            | ends apart by 12.0 hours; starts apart by 4.0 hours | P3; C3  | 2026-10-05 09:00
J4        | Child:Cat | line  | corrected at source | not in the council's records                       | P4      | 2026-10-05 09:00
J5        | Child:Cat | line  | explained           | not in the police's records                        | C5      | 2026-10-05 09:00
J6        | Child:Cat | line  | open                | not in the police's records                        | C5      | 2026-10-06 09:00
""",
        expected="""
child_id | month   | differences                  | records | state               | still_told
Ann      | 2026-09 | not in the council's records | P1      | explained           | no
Ann      | 2026-09 | not in the council's records | P2      | open                | no
Ben      | 2026-09 | ends apart; starts apart     | C3; P3  | open                | no
Cat      | 2026-08 | not provided                 | C0      | open                | no
Cat      | 2026-09 | not in the council's records | P4      | corrected at source | yes
Cat      | 2026-10 | not in the police's records  | C5      | open                | no
""",
        notes=("Of 6 lines that differ: 4 open, 1 explained, 1 corrected at source.",),
    ),
    Case(
        rule=RULE,
        title="asked of a child: what differs, and what agrees as well",
        records=ASKED_OF,
        asked={"child": "@Ann"},
        expected="""
child_id | month   | state     | records | why
Ann      | 2026-09 | not fired | C1; P1  | the police's and the council's records agree
Ann      | 2026-10 | open      | P2      | not in the council's records
""",
        notes=("1 episode agrees in the police's and the council's records, and not listed.",),
    ),
    Case(
        rule=RULE,
        title="asked of a child: why not, not looked after at the time",
        records=ASKED_OF,
        asked={"child": "@Dan"},
        expected="""
child_id | month | state     | records | why
Dan      |       | not fired |         | 1 episode of the period in the police's records, at a time when no placement seen says that the child was looked after, and none in the council's
""",
    ),
    Case(
        rule=RULE,
        title="asked of a child: why not, nobody holds an episode of the period",
        records=ASKED_OF,
        asked={"child": "@Cat"},
        expected="""
child_id | state     | records | why
Cat      | not fired |         | neither the police nor the council hold an episode of the period
""",
    ),
]
