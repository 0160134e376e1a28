"""CONTRADICTED-IDENTIFIERS."""

from tests.worked.drawn import Case

CASES = [
    Case(
        rule="CONTRADICTED-IDENTIFIERS",
        title="one UPN with births five years apart; a day short of two years, and 1900-01-01, contradict nothing",
        records="""
description | thing | born       | identifiers     | agency
A           | Ann   | 2010-05-06 | upn W1; council 997 1 | 997
B           | Bea   | 2005-05-06 | upn W1          | 99
C           | Cat   | 2010-05-06 | upn W2          | 997
D           | Dot   | 2012-05-05 | upn W2          | 99
E           | Eve   | 2010-05-06 | upn W3          | 997
F           | Fay   | 1900-01-01 | upn W3          | 99
""",
        expected="""
identifier | births                 | thing_ids | records | agencies
upn W1     | 2005-05-06; 2010-05-06 | Ann; Bea  | A; B    | 99; 997
""",
    ),
]
