"""The command line says what it does, does it through the same gate, and ends with a code that a script can use."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from missingnet.api.cli import exit_code, in_words, main
from missingnet.graph.audit import AuditUnavailable
from missingnet.graph.engine import EngineError
from missingnet.settings import Settings
from tests.served import AS_AT, FAMILY, FORENAME, Partnership, audit_lines

WHO = ("--reader", "coordinator", "--purpose", "MASE case-12", "--as-at", AS_AT)


@dataclass(frozen=True)
class Ran:
    """What a command said, and the code it ended with."""

    returncode: int
    stdout: str
    stderr: str


def run(of: Partnership | Settings | None, *arguments: str) -> Ran:
    """Run a command as the console script does, but in this process: starting Python for each takes longer."""
    chosen = {"COLUMNS": "200"}
    if of is not None:
        settings = of.settings if isinstance(of, Partnership) else of
        chosen |= {"MISSINGNET_HOME": str(settings.home), "MISSINGNET_GRAPH": settings.graph}
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with (
        patch.dict(os.environ, chosen),
        patch.object(sys, "argv", ["missingnet", *arguments]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
    return Ran(code, out.getvalue(), err.getvalue())


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    told = run(None, "--help")
    assert told.returncode == 0
    for command in [
        "load",
        "ask",
        "rules",
        "cypher",
        "fingerprint",
        "audit",
        "mapping",
        "example",
        "serve",
        "demo",
        "stop",
        "status",
        "pack",
        "network",
    ]:
        assert f"\n  {command} " in told.stdout
    heavy = "import sys, missingnet.api.cli; print([m for m in ('neo4j', 'fastapi', 'networkx') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, timeout=60)
    assert found.stdout.strip() == "[]"


def test_a_child_is_asked_after_by_an_agencys_identifier(partnership: Partnership) -> None:
    found = run(partnership, "ask", "CHILD-TIMELINE", "--param", "child=council:997:500001", *WHO, "--json")
    assert found.returncode == 0, found.stderr
    answer = json.loads(found.stdout)
    assert answer["total"] > 3
    assert answer["parameters"]["child"] == partnership.child
    words = run(partnership, "ask", "MASE-3-IN-3M", *WHO)
    assert FAMILY in words.stdout
    assert words.stdout.startswith("OFFICIAL-SENSITIVE")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("ask", "NO-SUCH", *WHO), 2, "There are:"),
        (("ask", "CHILD-TIMELINE", "--param", "child=510000", *WHO), 2, "as in child=council:997:510000"),
        (("ask", "MASE-3-IN-3M", "--reader", "nobody", "--purpose", "MASE"), 2, "Known readers:"),
        (("ask", "MASE-3-IN-3M", "--reader", "chair", "--purpose", "NOSINESS"), 2, "a purpose is one of"),
        (("ask", "MASE-3-IN-3M", "--reader", "chair"), 2, "--purpose"),
        (("ask", "MASE-3-IN-3M", "--param", "min_episodes", *WHO), 2, "name=value"),
        (("ask", "MASE-3-IN-3M", "--param", "min_episodes=many", *WHO), 2, "min_episodes"),
        (("ask", "MASE-3-IN-3M", *WHO[:4], "--as-at", "yesterday"), 2, "2026-10-31"),
        (("ask", "CHILD-TIMELINE", "--param", "child=council:997:999999", *WHO), 2, "Nothing is found"),
        (("pack", "mase", "--child", "x"), 2, "--out"),
        (("pack", "mase", "--child", "x", "--out", "a.doc", *WHO), 2, ".pdf or .json"),
        (("pack", "operational-group", "--period", "October", "--out", "/tmp/a.pdf", *WHO), 2, "2026-10"),
        (("cypher", "NO-SUCH"), 2, "There are:"),
    ],
)
def test_what_cannot_be_done_is_said_in_words_with_a_remedy(
    partnership: Partnership, arguments: tuple[str, ...], code: int, words: str
) -> None:
    found = run(partnership, *arguments)
    assert found.returncode == code, (found.stdout, found.stderr)
    assert words in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize("meeting", ["mase", "strategy"])
def test_a_hidden_child_and_none_are_told_in_the_same_words(
    partnership: Partnership, tmp_path: Path, meeting: str
) -> None:
    school = ("--reader", "school-only", "--purpose", "EDUCATION roll-7", "--out", str(tmp_path / "a.pdf"))
    hidden = run(partnership, "pack", meeting, "--child", partnership.child, *school)
    missing = run(partnership, "pack", meeting, "--child", "z" * 26, *school)
    assert (hidden.returncode, hidden.stderr) == (missing.returncode, missing.stderr) == (1, missing.stderr)
    assert not (tmp_path / "a.pdf").exists()


def test_packs_and_networks_are_written_for_their_owner_alone(partnership: Partnership, tmp_path: Path) -> None:
    for arguments in (
        ("pack", "mase", "--child", partnership.child, "--out", str(tmp_path / "p.pdf")),
        ("pack", "mase", "--child", partnership.child, "--out", str(tmp_path / "p.json")),
        ("network", "--child", "council:997:500001", "--out", str(tmp_path / "n.html")),
    ):
        found = run(partnership, *arguments, *WHO)
        assert found.returncode == 0, found.stderr
        assert FAMILY not in found.stdout + found.stderr
        out = Path(arguments[-1])
        assert out.stat().st_mode & 0o077 == 0
        assert audit_lines(partnership.settings)[-1]["act"] == "disclose"
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
    assert FORENAME in (tmp_path / "n.html").read_text(encoding="utf-8")


def test_loading_from_the_command_line_accounts_for_every_row(partnership: Partnership, tmp_path: Path) -> None:
    file = tmp_path / "lists.csv"
    file.write_text(
        "Entry Ref,LA Code,Council Ref,UPN,Forename,Surname,DOB,Sex,List,Added,Removed,Status,Worker\n"
        "LE0000800,997,500003,,Cinder,Canarymere,21/01/2012,F,EHE,01/10/2026,,Current,L. Orbury\n",
        encoding="utf-8",
    )
    before = run(partnership, "fingerprint").stdout
    tried = run(partnership, "load", str(file), "--agency", "997", "--extract-date", "2026-11-01", "--dry-run")
    assert tried.returncode == 0, tried.stderr
    assert "nothing was written" in tried.stdout
    assert run(partnership, "fingerprint").stdout == before
    unread = tmp_path / "strange.csv"
    unread.write_text("a,b\n1,2\n", encoding="utf-8")
    found = run(partnership, "load", str(unread), "--json")
    assert found.returncode == 2
    assert json.loads(found.stdout)["files"][0]["problems"]


def test_every_load_from_the_command_line_is_in_the_audit(partnership: Partnership, tmp_path: Path) -> None:
    file = tmp_path / f"{FAMILY}.csv"
    file.write_text(
        "Entry Ref,LA Code,Council Ref,UPN,Forename,Surname,DOB,Sex,List,Added,Removed,Status,Worker\n"
        "LE0000801,997,500003,,Cinder,Canarymere,21/01/2012,F,EHE,01/10/2026,,Current,L. Orbury\n",
        encoding="utf-8",
    )
    said = (str(file), "--agency", "997", "--extract-date", "2026-11-01")
    before = len(audit_lines(partnership.settings))
    assert run(partnership, "load", *said).returncode == 0
    begun, ended = audit_lines(partnership.settings)[before:]
    for line in (begun, ended):
        assert (line["act"], line["who"], line["account"]) == ("collect", "operator", os.getuid())
        assert line["load"] == begun["load"]
        assert FAMILY not in json.dumps(line)
    assert (begun["outcome"], begun["files"], ended["outcome"]) == ("begun", 1, "finished")
    (told,) = ended["collected"]  # type: ignore[misc]
    assert told["file"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (told["source"], told["rows"], told["loaded"]) == ("lists", 1, 1)
    # A reader who is named loads what they might send in over HTTP, and no more.
    named = run(partnership, "load", *said, "--reader", "coordinator")
    assert named.returncode == 0, named.stderr
    line = audit_lines(partnership.settings)[-1]
    assert (line["who"], line["purpose"], line["outcome"]) == ("coordinator", "DATA-QUALITY", "finished")
    stopped = ["begun", "stopped: another agency", "refused: NotTheirs"]
    for reader, agency, outcomes in (("coordinator", "998", stopped), ("health", "997", ["refused: not-allowed"])):
        before = len(audit_lines(partnership.settings))
        refused = run(partnership, "load", str(file), "--agency", agency, "--reader", reader)
        assert refused.returncode == 1
        assert [line["outcome"] for line in audit_lines(partnership.settings)[before:]] == outcomes


def test_an_invented_partnership_says_who_invented_it(partnership: Partnership, tmp_path: Path) -> None:
    assert run(partnership, "example", "--out", str(tmp_path), "--children", "100", "--years", "1").returncode == 0
    line = audit_lines(partnership.settings)[-1]
    assert (line["act"], line["who"], line["children"]) == ("invent", "operator", 100)


def test_rules_and_the_audit_are_told(partnership: Partnership) -> None:
    rules = json.loads(run(partnership, "rules", "--json").stdout)["rules"]
    assert {"MASE-3-IN-3M", "GROUP-MISSING"} <= {rule["rule"] for rule in rules if rule["state"] == "built"}
    assert all(rule["source"] for rule in rules)
    assert "$visible[" in run(partnership, "cypher", "group-missing").stdout
    assert "sound" in run(partnership, "audit", "verify").stderr
    assert json.loads(run(partnership, "status", "--json").stdout)["state"] == "answering"


def test_an_unforeseen_fault_is_named_and_never_quoted() -> None:
    assert FAMILY not in in_words(KeyError(FAMILY))
    assert "KeyError" in in_words(KeyError(FAMILY))
    unwritten = in_words(AuditUnavailable("the audit file cannot be written"))
    assert unwritten.startswith("the audit file cannot be written. Make room on its disk")
    assert exit_code(EngineError("down")) == 1
