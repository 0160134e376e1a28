"""Checkpoints show what the chain by itself cannot: an end that was cut off, a chain that was written afresh (A4)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from missingnet.graph.audit import Audit, checkpoints
from missingnet.graph.audit.chain import BEGINNING, line_of
from missingnet.graph.audit.checkpoints import Checked, NoCheckpoint, NotThatKey, check, make, public_in, public_text

AT = datetime(2026, 11, 1, 23, 59)
KEY = checkpoints.signer(b"s" * 32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "elsewhere"
    found.mkdir()
    return found


@pytest.fixture
def audit(tmp_path: Path, folder: Path) -> Audit:
    """Nine records, and a checkpoint after each third, on two days."""
    found = Audit(tmp_path / "audit.jsonl", b"secret", 30)
    for number in range(1, 10):
        found.write({"act": "consult", "n": number})
        if number % 3 == 0:
            assert make(found.path, folder, KEY, AT + timedelta(seconds=10 * number)) is not None
    return found


def checked(audit: Audit, folder: Path) -> Checked:
    return check(audit.path, folder, KEY.public_key())


def written_afresh(audit: Audit, change: bytes, to: bytes, keep: int = 99) -> None:
    """What somebody does who may write the file: other words, and every hash anew."""
    link, lines = BEGINNING, []
    for line in audit.path.read_bytes().splitlines()[:keep]:
        text, link = line_of(link, line.rpartition(b"\t")[0].replace(change, to))
        lines.append(text)
    audit.path.write_bytes(b"".join(lines))


def test_a_whole_chain_is_borne_out_by_each(audit: Audit, folder: Path) -> None:
    found = checked(audit, folder)
    assert (found.verdict.fault, found.fault, found.checkpoints) == (None, None, 3)
    assert found.last is not None and found.last.link == found.verdict.last
    assert sorted(path.name for path in folder.iterdir()) == ["2026-11-01", "2026-11-02"]
    audit.write({"n": 10})
    assert (checked(audit, folder).fault, checked(audit, folder).verdict.records) == (None, 10)


def test_nothing_new_makes_no_checkpoint(audit: Audit, folder: Path) -> None:
    assert make(audit.path, folder, KEY, AT + timedelta(days=1)) is None
    other = folder / "of nothing"
    other.mkdir()
    assert make(audit.path.with_name("none"), other, KEY, AT) is None
    assert checked(audit, folder).checkpoints == 3


@pytest.mark.parametrize(
    ("number", "fault", "agreed"),
    [(2, "records 1 to 3 are not those", 0), (5, "records 4 to 6 are not those", 1), (9, "records 7 to 9", 2)],
)
def test_a_chain_written_afresh_is_found_and_between_which_records(
    audit: Audit, folder: Path, number: int, fault: str, agreed: int
) -> None:
    written_afresh(audit, f'"n":{number}'.encode(), b'"n":0')
    found = checked(audit, folder)
    assert found.verdict.fault is None
    assert found.fault is not None and fault in found.fault
    assert found.checkpoints == agreed
    with pytest.raises(NoCheckpoint, match="not a continuation"):
        make(audit.path, folder, KEY, AT + timedelta(days=2))


@pytest.mark.parametrize("keep", [0, 1, 6, 8])
def test_an_end_cut_off_is_found(audit: Audit, folder: Path, keep: int) -> None:
    written_afresh(audit, b"", b"", keep)
    found = checked(audit, folder)
    assert (found.verdict.records, found.verdict.fault) == (keep, None)
    assert found.fault is not None and "its end was cut off" in found.fault
    with pytest.raises(NoCheckpoint):
        make(audit.path, folder, KEY, AT + timedelta(days=2))
    # Nor is it covered up by writing on.
    for number in range(9 - keep):
        Audit(audit.path, b"secret", 30).write({"n": number})
    again = checked(audit, folder)
    assert again.fault is not None and "written afresh" in again.fault


def test_a_record_changed_in_place_is_the_chains_own_fault(audit: Audit, folder: Path) -> None:
    audit.path.write_bytes(audit.path.read_bytes().replace(b'"n":5', b'"n":0'))
    found = checked(audit, folder)
    assert found.verdict.fault == "record 5 does not follow from the record before it"
    assert (found.fault, found.checkpoints) == (None, 1)


def test_a_checkpoint_changed_or_signed_by_another_is_found(audit: Audit, folder: Path) -> None:
    (first, *_) = sorted(folder.rglob("*.json"))
    whole = json.loads(first.read_text())
    for change in (
        {"signed": whole["signed"].replace('"sequence": 3', '"sequence": 2')},
        {"signature": "AAAA"},
        {"signature": None},
    ):
        first.write_text(json.dumps({**whole, **change}))
        found = checked(audit, folder)
        assert found.fault is not None and "was changed, or signed by another key" in found.fault, change
        assert found.checkpoints == 2
    first.write_text("not json")
    assert checked(audit, folder).fault is not None
    first.write_text(json.dumps(whole))
    assert checked(audit, folder).fault is None
    other = check(audit.path, folder, Ed25519PrivateKey.generate().public_key())
    assert (other.checkpoints, other.fault is None) == (0, False)


def test_what_else_the_key_signed_is_no_checkpoint(audit: Audit, folder: Path) -> None:
    import base64

    (first, *_) = sorted(folder.rglob("*.json"))
    signed = json.loads(first.read_text())["signed"].replace(checkpoints.WHAT, "another thing")
    signature = base64.b64encode(KEY.sign(signed.encode())).decode()
    first.write_text(json.dumps({"signed": signed, "signature": signature}))
    assert checked(audit, folder).fault is not None


def test_a_folder_that_is_not_there_is_said_and_not_made(audit: Audit, folder: Path) -> None:
    with pytest.raises(NoCheckpoint, match="not there"):
        make(audit.path, folder / "unmounted", KEY, AT)
    assert not (folder / "unmounted").exists()


def test_a_checkpoint_made_while_the_last_write_is_torn_counts_whole_records_alone(audit: Audit, folder: Path) -> None:
    audit.write({"n": 10})
    audit.path.write_bytes(audit.path.read_bytes() + b'{"sequence":11')
    made = make(audit.path, folder, KEY, AT + timedelta(days=1))
    assert made is not None and made.link.sequence == 10
    Audit(audit.path, b"secret", 30).write({"n": 11})
    assert checked(audit, folder).fault is None


def test_the_public_key_goes_as_text(folder: Path) -> None:
    assert public_text(public_in(public_text(KEY.public_key()).encode())) == public_text(KEY.public_key())
    with pytest.raises(NotThatKey):
        public_in(b"no key")
