"""The audit's promises: on disk before release, no change unseen, a torn tail mended, no names (SECURITY A2–A6)."""

import json
import os
from pathlib import Path

import pytest

from missingnet.graph.audit import Audit, AuditUnavailable


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    found = Audit(tmp_path / "audit.jsonl", b"secret")
    for n in range(5):
        found.write({"act": "consult", "n": n})
    return found


def test_a_whole_chain_is_sound(audit: Audit) -> None:
    assert audit.verify().records == 5
    assert audit.verify().fault is None


def test_any_changed_byte_is_found(audit: Audit) -> None:
    whole = audit.path.read_bytes()
    for at in range(0, len(whole), 7):
        if whole[at : at + 1] == b"\n":
            continue
        audit.path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert audit.verify().fault is not None, at


@pytest.mark.parametrize("order", [[1, 2, 3, 4], [0, 2, 3, 4], [0, 2, 1, 3, 4], [0, 1, 1, 2, 3, 4]])
def test_a_record_removed_moved_or_doubled_is_found(audit: Audit, order: list[int]) -> None:
    lines = audit.path.read_bytes().splitlines(keepends=True)
    audit.path.write_bytes(b"".join(lines[n] for n in order))
    assert audit.verify().fault is not None


def test_a_tail_torn_at_any_byte_is_mended_without_losing_a_whole_record(audit: Audit) -> None:
    whole = audit.path.read_bytes()
    last = whole[:-1].rfind(b"\n") + 1
    for cut in range(last, len(whole)):
        audit.path.write_bytes(whole[:cut])
        again = Audit(audit.path, b"secret")
        again.write({"act": "consult", "n": "after"})
        verdict = again.verify()
        assert (verdict.records, verdict.fault) == (5, None), cut


def test_two_processes_keep_one_chain(audit: Audit) -> None:
    other = Audit(audit.path, b"secret")
    other.write({"n": "other"})
    audit.write({"n": "one"})
    other.write({"n": "other"})
    assert (audit.verify().records, audit.verify().fault) == (8, None)


def test_a_short_write_is_taken_back_and_said(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:10]))
    with pytest.raises(AuditUnavailable):
        audit.write({"n": "lost"})
    monkeypatch.undo()
    audit.write({"n": "kept"})
    assert (audit.verify().records, audit.verify().fault) == (6, None)


def test_an_audit_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "audit.jsonl").mkdir()
    with pytest.raises(AuditUnavailable):
        Audit(tmp_path / "audit.jsonl", b"secret").write({"n": 1})


def test_typed_text_stands_only_as_a_keyed_hash(audit: Audit) -> None:
    hidden = audit.conceal("Jade Example")
    assert "Jade" not in hidden
    assert hidden == audit.conceal("Jade Example")
    assert hidden != Audit(audit.path, b"another").conceal("Jade Example")


def test_every_record_is_numbered_and_timed(audit: Audit) -> None:
    bodies = [json.loads(line.rpartition("\t")[0]) for line in audit.path.read_text().splitlines()]
    assert [body["sequence"] for body in bodies] == [1, 2, 3, 4, 5]
    assert all("at" in body for body in bodies)


def test_the_file_is_for_its_owner_only(audit: Audit) -> None:
    assert audit.path.stat().st_mode & 0o077 == 0
