"""In which dense example a planted leak shows, where it is not the first: what is looked at before all others.

It only saves time: a leak that does not show there is looked for in every example, and the test prints the line that
belongs here (pytest -s).
"""

from typing import Final

FIRST: Final[dict[tuple[str, str], int]] = {}
