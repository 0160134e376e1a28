# ruff: noqa: E501 - a drawn table is as wide as it is
"""POLICE-PROTECTION-72H."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="POLICE-PROTECTION-72H",
        title="ended on the last minute and one after it, running, without an end, and a day alone, over the night the clocks go back",
        as_at="2026-10-27 11:00",
        records="""
notice | child | kind              | served     | started          | ended
A      | Ann   | Police protection | 2026-10-01 | 2026-10-01 20:00 | 2026-10-04 20:00
B      | Ben   | Police protection | 2026-10-01 | 2026-10-01 20:00 | 2026-10-04 20:01
C      | Cat   | Police protection | 2026-10-24 | 2026-10-24 12:00 |
D      | Dan   | Police protection | 2026-10-01 | 2026-10-01 20:00 |
E      | Eve   | police protection | 2026-10-23 |                  |
F      | Fay   | CAWN              | 2026-10-23 |                  |
""",
        ordered=True,
        expected="""
child_id | state           | standing | hours | due              | why
Dan      | no end recorded | broken   | -544  | 2026-10-04 20:00 | from 1 October 2026, 20:00; at most 72 hours; 22 days 16 hours over
Eve      | no end recorded | broken   | -12   | 2026-10-26 23:00 | from 23 October 2026, 00:00; at most 72 hours; 12 hours over
Cat      | running         | running  | 0     | 2026-10-27 11:00 | from 24 October 2026, 12:00; at most 72 hours; under an hour left
Ben      | ended late      | late     | -0.02 | 2026-10-04 20:00 | from 1 October 2026, 20:00; ended 4 October 2026, 20:01; at most 72 hours; done under an hour after it was due
Ann      | ended in time   | met      | 0     | 2026-10-04 20:00 | from 1 October 2026, 20:00; ended 4 October 2026, 20:00; at most 72 hours; done under an hour before it was due
""",
    ),
]
