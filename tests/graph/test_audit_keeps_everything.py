"""The audit's promises: on disk before release, no change unseen, a torn tail mended, no names (SECURITY A2–A6)."""

import json
import os
from pathlib import Path

import pytest

from missingnet.graph.audit import Audit, AuditDamaged, AuditUnavailable
from missingnet.graph.audit.chain import line_of


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    found = Audit(tmp_path / "audit.jsonl", b"secret", 30)
    for n in range(5):
        found.write({"act": "consult", "n": n})
    return found


def test_a_whole_chain_is_sound(audit: Audit) -> None:
    assert audit.verify().records == 5
    assert audit.verify().fault is None


def test_any_changed_byte_is_found(audit: Audit) -> None:
    whole = audit.path.read_bytes()
    for at in [*range(0, len(whole), 11), *(at for at, byte in enumerate(whole) if byte in b"\t\n")]:
        audit.path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        verdict = audit.verify()
        # Without its last byte the last record is one that was not written whole.
        assert verdict.fault is not None or (at == len(whole) - 1 and verdict.torn), at


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
        again = Audit(audit.path, b"secret", 30)
        again.write({"act": "consult", "n": "after"})
        # Four whole records, or five where only the last byte is gone; one says that the end was cut off.
        kept = whole[:cut].count(b"\n")
        verdict = again.verify()
        torn = cut > last
        assert (verdict.records, verdict.fault, verdict.mended, verdict.torn) == (kept + torn + 1, None, torn, 0), cut
        assert ("mend", cut - last) in {(told.get("act"), told.get("bytes")) for told in bodies(audit)} or not torn


def test_two_processes_keep_one_chain(audit: Audit) -> None:
    other = Audit(audit.path, b"secret", 30)
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
        Audit(tmp_path / "audit.jsonl", b"secret", 30).write({"n": 1})


def test_typed_text_stands_only_as_a_keyed_hash(audit: Audit) -> None:
    hidden = audit.conceal("Jade Example")
    assert "Jade" not in hidden
    assert hidden == audit.conceal("Jade Example")
    assert hidden != Audit(audit.path, b"another").conceal("Jade Example")


def bodies(audit: Audit) -> list[dict[str, object]]:
    return [json.loads(line.rpartition("\t")[0]) for line in audit.path.read_text().splitlines()]


def test_every_record_is_numbered_and_timed(audit: Audit) -> None:
    assert [body["sequence"] for body in bodies(audit)] == [1, 2, 3, 4, 5]
    assert all("at" in body for body in bodies(audit))


def test_the_first_broken_record_is_named(audit: Audit) -> None:
    lines = audit.path.read_bytes().splitlines(keepends=True)
    audit.path.write_bytes(b"".join([*lines[:2], lines[2].replace(b'"n":2', b'"n":7'), *lines[3:]]))
    verdict = audit.verify()
    assert (verdict.records, verdict.fault) == (2, "record 3 does not follow from the record before it")


def test_a_record_that_follows_but_is_no_record_is_broken(audit: Audit) -> None:
    last = audit.verify().last
    for body in (b"no json", b"[6]", b'{"sequence":7}'):
        whole = audit.path.read_bytes()
        audit.path.write_bytes(whole + line_of(last, body)[0])
        assert audit.verify().fault == "record 6 carries another number", body
        audit.path.write_bytes(whole)


def test_nothing_is_added_to_a_chain_whose_end_is_damaged(audit: Audit) -> None:
    whole = audit.path.read_bytes()
    audit.path.write_bytes(whole.replace(b'"n":4', b'"n":9'))
    with pytest.raises(AuditDamaged, match="last record is not what was written"):
        Audit(audit.path, b"secret", 30).write({"n": "after"})
    assert audit.path.read_bytes() == whole.replace(b'"n":4', b'"n":9')


def test_an_end_not_written_whole_is_told_apart_from_a_broken_one(audit: Audit) -> None:
    whole = audit.path.read_bytes()
    audit.path.write_bytes(whole[:-30])
    verdict = audit.verify()
    assert (verdict.records, verdict.fault) == (4, None)
    assert verdict.torn == len(whole[:-30]) - verdict.last.end > 0


def test_the_file_is_for_its_owner_only(audit: Audit) -> None:
    assert audit.path.stat().st_mode & 0o077 == 0
