"""UNLISTED-BY-CHANCE."""

from tests.worked.drawn import Case

#: Ann and Ben are listed and went with Cat; Dan, Eve, Fay and Gus went in two pairs.
TOGETHER = """
list entry | child | list | added      | removed
L1         | Ann   | cse  | 2026-01-01 |
L2         | Ben   | cse  | 2026-01-01 |
L3         | Fay   | cse  | 2026-01-01 | 2026-02-01

episode | child | started          | ended            | with
A1      | Ann   | 2026-09-01 18:00 | 2026-09-02 02:00 | Child:Cat
B1      | Ben   | 2026-09-05 18:00 | 2026-09-06 02:00 | Child:Cat
C1      | Cat   | 2026-09-09 18:00 | 2026-09-10 02:00 |
D1      | Dan   | 2026-09-11 18:00 | 2026-09-12 02:00 | Child:Eve
E1      | Eve   | 2026-09-13 18:00 | 2026-09-14 02:00 | Child:Fay
F1      | Fay   | 2026-09-15 18:00 | 2026-09-16 02:00 | Child:Gus
"""

CASES = [
    Case(
        rule="UNLISTED-BY-CHANCE",
        title="one child stands between two listed children; of six known children few other lists of two give one",
        records=TOGETHER,
        expected="""
found | children | listed | relabellings
1     | 6        | 2      | 200
""",
        notes=("Lists: cse. Found as UNLISTED-IN-NETWORK finds, with hubs counted by the records of the window.",),
    ),
    Case(
        rule="UNLISTED-BY-CHANCE",
        title="just short: beside one listed child is not beside two",
        records=TOGETHER.replace(
            "L2         | Ben   | cse  | 2026-01-01 |", "L2         | Ben   | ehe  | 2026-01-01 |"
        ),
        expected="""
found | children | listed | expected | most
0     | 6        | 1      | 0        | 0
""",
    ),
]
