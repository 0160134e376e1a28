"""Emergency access by commands: opened, ended, reviewed, through the same rules as the pages (N8)."""

from __future__ import annotations

import json

from tests.api.test_emergency_access import FOUND, IDENTIFIER, WHY, ledger
from tests.api.test_the_command_line import run
from tests.served import AS_AT, Partnership

__all__ = ["ledger"]


def test_it_is_opened_ended_and_reviewed_by_commands(partnership: Partnership) -> None:
    who = ("--reader", "school-only", "--purpose", "CASE case-9")
    auditor = ("--reader", "standards", "--purpose", "AUDIT review-1")
    asked = ("ask", "CHILD-TIMELINE", "--param", f"child={partnership.child}", *who, "--as-at", AS_AT, "--json")
    assert json.loads(run(partnership, *asked).stdout)["rows"] == []
    short = run(partnership, "emergency", "open", IDENTIFIER, *who, "--reason", "now")
    assert (short.returncode, "in a sentence" in short.stderr) == (1, True)
    told = run(partnership, "emergency", "open", IDENTIFIER, *who, "--reason", WHY)
    assert (told.returncode, WHY in told.stdout, "open until" in told.stdout) == (0, True, True), told.stderr
    seen = run(partnership, *asked)
    assert json.loads(seen.stdout)["rows"] and "Emergency access is open until" in seen.stderr
    refused = run(
        partnership,
        "pack",
        "mase",
        "--child",
        partnership.child,
        *who,
        "--out",
        str(partnership.settings.home / "p.pdf"),
    )
    assert (refused.returncode, "nothing is taken away" in refused.stderr) == (1, True), refused.stderr
    assert run(partnership, "emergency", "end", *who).returncode == 0
    assert json.loads(run(partnership, *asked).stdout)["rows"] == []
    (use,) = json.loads(run(partnership, "emergency", "reviews", *auditor, "--json").stdout)["uses"]
    assert run(partnership, "emergency", "reviews", *who).returncode == 1
    done = run(partnership, "emergency", "review", use["id"], *auditor, "--verdict", "needed", "--found", FOUND)
    assert (done.returncode, f"reviewed by standards: needed. {FOUND}" in done.stdout) == (0, True), done.stderr
