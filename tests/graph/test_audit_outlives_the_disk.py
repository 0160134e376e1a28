"""Killed, full, or a disk that does not answer: no record by which somebody was answered is lost, and nobody is
answered without one (SECURITY A2, A3, A5)."""

from __future__ import annotations

import fcntl
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from missingnet.graph.audit import Audit, AuditUnavailable, chain
from tests.pieces import LONG

#: Writes from eight threads for ever, and says the number of each record once it is acknowledged.
WRITES = """
import os, sys, threading
from pathlib import Path
from missingnet.graph.audit import Audit
audit = Audit(Path(sys.argv[1]), b"secret", 30)
def go(thread):
    for number in range(1_000_000):
        audit.write({"act": "consult", "mark": f"{sys.argv[2]}.{thread}.{number}"})
        os.write(1, f"{sys.argv[2]}.{thread}.{number}\\n".encode())
for thread in range(8):
    threading.Thread(target=go, args=(thread,)).start()
"""
#: The same from one thread, while its files may not grow beyond a size; refusals are said too.
FILLS = """
import os, resource, sys
from pathlib import Path
from missingnet.graph.audit import Audit, AuditUnavailable
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY))
audit = Audit(Path(sys.argv[1]), b"secret", 30)
for number in range(40):
    if number == 30:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    try:
        audit.write({"act": "consult", "mark": number})
        print(number)
    except AuditUnavailable as error:
        print("refused:", error)
"""


#: Kills: each in the middle of eight threads' writing.
RUNS = 60 if LONG else 6


def told(path: Path) -> list[dict[str, object]]:
    return [json.loads(line.rpartition(b"\t")[0]) for line in path.read_bytes().splitlines() if b"\t" in line]


def test_killed_in_the_middle_no_acknowledged_record_is_lost(tmp_path: Path) -> None:
    path, acknowledged = tmp_path / "audit.jsonl", set[str]()
    seed = random.randrange(1 << 32)
    print("seed", seed)
    chance = random.Random(seed)
    for run in range(RUNS):
        command = [sys.executable, "-c", WRITES, str(path), str(run)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            # At least so many; what comes between the last of them and the kill is read too.
            said = b"".join(process.stdout.readline() for _ in range(chance.randrange(100, 400)))
            process.kill()
            said += process.stdout.read()
        acknowledged |= {line.decode() for line in said.split(b"\n")[:-1]}
    Audit(path, b"secret", 30).write({"act": "consult", "mark": "after"})
    verdict = chain.verify(path)
    assert (verdict.fault, verdict.torn) == (None, 0)
    kept = [str(one["mark"]) for one in told(path) if one["act"] != "mend"]
    assert acknowledged - set(kept) == set()
    assert len(kept) == len(set(kept))
    assert len(acknowledged) > RUNS * 100


def test_a_full_disk_refuses_and_leaves_the_chain_whole(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    said = subprocess.run([sys.executable, "-c", FILLS, str(path)], capture_output=True, text=True, timeout=60)
    lines = said.stdout.splitlines()
    assert len(lines) == 40, said.stderr
    refused = [line for line in lines if line == "refused: the audit file cannot be written"]
    assert 10 < len(refused) < 30
    kept = [one["mark"] for one in told(path)]
    # What was refused is not there; what was not refused is, also once there is room again.
    assert [str(mark) for mark in kept] == [line for line in lines if line not in refused]
    assert kept[-10:] == list(range(30, 40))
    assert (chain.verify(path).fault, chain.verify(path).torn) == (None, 0)


def test_a_disk_that_does_not_answer_refuses_and_what_came_late_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit, answers = Audit(tmp_path / "audit.jsonl", b"secret", 30), threading.Event()
    audit.write({"mark": "before"})
    audit.writer.patience = 0.2
    real = os.fdatasync
    monkeypatch.setattr(os, "fdatasync", lambda handle: (answers.wait(30), real(handle)))
    began = time.monotonic()
    with pytest.raises(AuditUnavailable, match="does not answer"):
        audit.write({"mark": "being flushed"})
    with pytest.raises(AuditUnavailable, match="does not answer"):
        audit.write({"mark": "behind it"})
    assert time.monotonic() - began < 2
    assert audit.trouble() == "the disk with the audit does not answer"
    audit.writer.patience = 30
    answers.set()
    audit_until(audit, lambda: len(told(audit.path)) == 3)
    assert [(one.get("mark"), one.get("act"), one.get("sequences")) for one in told(audit.path)] == [
        ("before", None, None),
        ("being flushed", None, None),
        (None, "not released", [2]),
    ]
    assert audit.trouble() is None
    audit.write({"mark": "after"})
    assert (audit.verify().records, audit.verify().fault) == (4, None)


def audit_until(audit: Audit, so: object) -> None:
    assert callable(so)
    until = time.monotonic() + 10
    while not so():
        assert time.monotonic() < until, told(audit.path)
        time.sleep(0.01)


def test_another_process_that_stops_in_its_writing_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a process does that hangs, or is halted, between its lock and its flush."""
    monkeypatch.setattr(chain, "PATIENCE", 0.2)
    audit = Audit(tmp_path / "audit.jsonl", b"secret", 30)
    audit.write({"mark": 1})
    audit.writer.patience = 0.2
    with audit.path.open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(AuditUnavailable):
            audit.write({"mark": 2})
        with pytest.raises(AuditUnavailable, match="does not end"):
            audit.verify()
    audit_until(audit, lambda: len(told(audit.path)) == 3)
    assert audit.verify().fault is None


def test_what_failed_is_tried_again_when_asked_how_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = Audit(tmp_path / "audit.jsonl", b"secret", 30)
    audit.write({"mark": 1})

    def broken(handle: int) -> None:
        raise OSError(5, "no such luck")

    monkeypatch.setattr(os, "fdatasync", broken)
    with pytest.raises(AuditUnavailable):
        audit.write({"mark": 2})
    assert audit.trouble() == "the audit file cannot be written"
    monkeypatch.undo()
    assert audit.trouble() is None
    assert [one.get("act") for one in told(audit.path)] == [None, "resume"]


def test_who_waits_at_the_same_time_is_flushed_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit, flushes = Audit(tmp_path / "audit.jsonl", b"secret", 30), []
    real = os.fdatasync

    def slow(handle: int) -> None:
        flushes.append(1)
        time.sleep(0.02)
        real(handle)

    monkeypatch.setattr(os, "fdatasync", slow)
    with ThreadPoolExecutor(16) as threads:
        hashes = list(threads.map(lambda number: audit.write({"mark": number}), range(160)))
    assert len(flushes) <= 40
    lines = audit.path.read_bytes().splitlines()
    marks = {one["mark"]: line.rpartition(b"\t")[2].decode() for one, line in zip(told(audit.path), lines, strict=True)}
    assert [marks[number] for number in range(160)] == hashes
    assert audit.verify().records == 160


def test_the_thread_that_writes_ends_when_there_is_nothing_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("missingnet.graph.audit.writing.IDLE", 0.05)
    audit = Audit(tmp_path / "audit.jsonl", b"secret", 30)
    audit.write({"mark": 1})
    until = time.monotonic() + 10
    while any(thread.name == "audit" for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.01)
    audit.write({"mark": 2})
    assert audit.verify().records == 2


def test_a_signal_is_not_how_a_full_disk_is_told(tmp_path: Path) -> None:
    """Python ignores the signal that a file grown too long sends; else the full disk above proves nothing."""
    assert signal.getsignal(signal.SIGXFSZ) in (signal.SIG_IGN, None)
