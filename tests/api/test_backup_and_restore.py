"""A backup comes back whole, on either engine, or not at all; what was removed since stays removed (SECURITY R6)."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from typer.testing import CliRunner

from missingnet.api.backups import AUDIT, GRAPH, MANIFEST, BadBackup, checked
from missingnet.api.cli import app, in_words
from missingnet.api.opening import audit_file, audit_of, opened, unfinished, unfinished_file
from missingnet.graph import whole
from missingnet.graph.audit import chain
from missingnet.graph.engine import open_engine
from missingnet.graph.lookups import held
from missingnet.graph.store import Store
from missingnet.settings import Settings
from tests import engines, served
from tests.tally import BAD_INPUTS, CRASHES, tally

AS_COORDINATOR = ("--reader", "coordinator", "--purpose", "CASE case-12")
REPORTS = 80
"""Further reports, so that there is a middle to be killed in; each is several records."""
KILLS = 4
SECONDS = 240.0
Found = TypeVar("Found")


def command(settings: Settings, *words: str) -> subprocess.Popen[str]:
    """A command in a process of its own, which can be killed."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("MISSINGNET_")}
    return subprocess.Popen(
        [sys.executable, "-m", "missingnet.api.cli", *words],
        env=told | settings.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def done(settings: Settings, *words: str) -> str:
    """What the command printed, having ended well."""
    ended = CliRunner().invoke(app, words, env=settings.environment())
    assert ended.exit_code == 0, f"{words[0]}: {ended.exception!r} {ended.output}"
    return ended.stdout.strip()


def refused(settings: Settings, *words: str) -> str:
    """What the command said, having done nothing."""
    ended = CliRunner().invoke(app, words, env=settings.environment())
    assert isinstance(ended.exception, Exception), f"{words[0]}: {ended.output}"
    said = in_words(ended.exception)
    assert "could not be done" not in said, "it was foreseen, and is said in its own words"
    return said


def with_store(settings: Settings, do: Callable[[Store], Awaitable[Found]]) -> Found:
    async def go() -> Found:
        async with opened(settings) as store:
            return await do(store)

    return asyncio.run(go())


async def every_line(store: Store) -> list[bytes]:
    async with store.still("test") as (_, read):
        return sorted([whole.as_text(line) async for line in whole.lines(read)])


def emptied(settings: Settings) -> None:
    engines.wipe(open_engine(settings))


def nodes(settings: Settings) -> int:
    connection = open_engine(settings)
    with engines.driver(connection) as driver:
        found = driver.execute_query("MATCH (n) RETURN count(n)", database_=connection.database).records[0][0]
    return int(found)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def more_reports(folder: Path, first: int) -> Path:
    """A file of further reports of one child."""
    folder.mkdir(parents=True)
    (folder / "agency.toml").write_text('agency = "99"\nextract_date = 2026-11-02\n')
    days = [f"{n % 28 + 1:02}/{n // 28 + 1:02}/2025" for n in range(REPORTS)]
    rows = [
        served.missing_report(first + n, "N1000001", f"{day} 18:00", f"{day} 23:00", "990000000102", "")
        for n, day in enumerate(days)
    ]
    served.write_rows(folder / "police_missing.csv", rows)
    return folder


def records_of(settings: Settings, file: Path) -> list[str]:
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return sorted(with_store(settings, lambda store: held(store, file_hash=sha256)))


@dataclass
class Backed:
    """A place that was backed up, what stood in it then, and the backup."""

    settings: Settings
    files: Path
    folder: Path
    hash: str
    fingerprint: str
    lines: list[bytes]

    def again(self, home: Path) -> Settings:
        """Another place for the same graph."""
        return self.settings.model_copy(update={"home": home})

    def restore(self, *, audit: Path | None = None, folder: Path | None = None) -> tuple[str, ...]:
        """The words of the command."""
        later = ("--audit-lost",) if audit is None else ("--audit", str(audit))
        return ("restore", str(folder or self.folder), "--hash", self.hash, *later)


@pytest.fixture(scope="module")
def backed(engine_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backed]:
    """A partnership with joins, a restriction and a removal, and its backup. The graph is emptied after."""
    at = tmp_path_factory.mktemp("backed")
    settings = engine_settings.model_copy(update={"home": at / "home"})
    emptied(settings)
    folders = [*served.write_files(at / "files"), more_reports(at / "files" / "more", 1000)]
    done(settings, "load", *map(str, folders))
    reports = records_of(settings, at / "files" / "more" / "police_missing.csv")
    assert len(reports) > REPORTS
    (listed, *_) = records_of(settings, at / "files" / "council-997" / "lists.csv")
    done(settings, "restrict", listed, *AS_COORDINATOR, "--reason", "canary reason")
    done(settings, "remove", "--record", reports[1], "--reason", "canary reason")
    done(settings, "watch", "--reader", "coordinator")
    fingerprint = done(settings, "fingerprint")
    made = json.loads(done(settings, "backup", str(at / "backup"), "--json"))
    assert made["fingerprint"] == fingerprint
    lines = with_store(settings, every_line)
    emptied(settings)
    yield Backed(settings, at / "files", at / "backup", made["hash"], fingerprint, lines)
    emptied(settings)


@pytest.fixture(autouse=True)
def _empty(backed: Backed) -> None:
    emptied(backed.settings)


def test_a_backup_comes_back_with_the_same_fingerprint_and_audit(backed: Backed, tmp_path: Path) -> None:
    place = backed.again(tmp_path / "home")
    said = done(place, *backed.restore())
    assert backed.fingerprint in said
    assert "is not known" in said, "nobody is told that what was removed since is removed"
    assert done(place, "fingerprint") == backed.fingerprint
    assert with_store(place, every_line) == backed.lines
    kept = (backed.folder / AUDIT).read_bytes()
    assert kept
    assert audit_file(place).read_bytes().startswith(kept)
    assert audit_file(backed.settings).read_bytes().startswith(kept)
    assert [line["backup"] for line in served.audit_lines(place) if line["act"] == "restore"] == [backed.hash]
    done(place, "audit", "verify")
    beside = contents(backed.settings.home / "findings")
    assert beside
    assert contents(place.home / "findings") == beside
    assert place.secret_key() == backed.settings.secret_key()


def test_a_backup_is_for_its_owner_alone_and_its_names_and_records_name_nobody(backed: Backed, tmp_path: Path) -> None:
    place = backed.again(tmp_path / "home")
    said = done(place, *backed.restore())
    for top in (backed.folder, place.home):
        for path in (top, *top.rglob("*")):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name
    listed = (backed.folder / MANIFEST).read_text(encoding="utf-8")
    for text in (listed, said, audit_file(place).read_text(encoding="utf-8")):
        assert not [name for name in served.CANARIES if name in text]
        assert "canary reason" not in text


def test_what_is_not_as_it_was_written_is_refused(backed: Backed, tmp_path: Path) -> None:
    names = [*json.loads((backed.folder / MANIFEST).read_text())["files"], MANIFEST]
    assert {GRAPH, AUDIT} < set(names)

    def spoiled(how: Callable[[Path], object]) -> None:
        copy = tmp_path / "copy"
        shutil.copytree(backed.folder, copy)
        how(copy)
        with pytest.raises(BadBackup):
            checked(copy, backed.hash)
        shutil.rmtree(copy)
        tally(BAD_INPUTS)

    def flipped(path: Path) -> None:
        told = bytearray(path.read_bytes())
        told[len(told) // 2] ^= 1
        path.write_bytes(told)

    for name in names:
        spoiled(lambda copy, name=name: (copy / name).unlink())  # type: ignore[misc]
        spoiled(lambda copy, name=name: flipped(copy / name))  # type: ignore[misc]
        spoiled(lambda copy, name=name: os.truncate(copy / name, (copy / name).stat().st_size - 1))  # type: ignore[misc]
    spoiled(lambda copy: (copy / "added").write_text("x"))
    spoiled(lambda copy: (copy / GRAPH).replace(copy / "other"))
    with pytest.raises(BadBackup):
        checked(backed.folder, "0" * 64)
    checked(backed.folder, backed.hash)


def test_what_is_refused_changes_nothing_and_says_why(backed: Backed, tmp_path: Path) -> None:
    home = tmp_path / "home"
    place = backed.again(home)
    nothing = nodes(backed.settings)
    torn = tmp_path / "torn"
    shutil.copytree(backed.folder, torn)
    os.truncate(torn / GRAPH, 2000)
    assert "not as it was written" in refused(place, *backed.restore(folder=torn))
    assert "no whole backup" in refused(place, *backed.restore(folder=tmp_path / "nowhere"))
    assert "hash" in refused(place, "restore", str(backed.folder), "--hash", "0" * 64, "--audit-lost")
    assert "--audit-lost" in refused(place, "restore", str(backed.folder), "--hash", backed.hash)
    other = tmp_path / "other.jsonl"
    other.write_bytes((backed.folder / AUDIT).read_bytes()[:-200])
    assert "does not go on" in refused(place, *backed.restore(audit=other))
    key = tmp_path / "key"
    key.write_bytes(b"k" * 32)
    elsewhere = place.model_copy(update={"secret_file": key})
    assert "MISSINGNET_SECRET_FILE" in refused(elsewhere, *backed.restore())
    assert not home.exists()
    assert nodes(backed.settings) == nothing
    home.mkdir()
    (home / "readers.toml").write_text("")
    assert "not empty" in refused(place, *backed.restore())
    assert contents(home) == {"readers.toml": b""}
    assert nodes(backed.settings) == nothing


def test_a_graph_that_holds_records_is_left_as_it_was(backed: Backed, tmp_path: Path) -> None:
    owner, place = backed.again(tmp_path / "owner"), backed.again(tmp_path / "home")
    done(owner, "load", str(backed.files / "council-997"))
    before = done(owner, "fingerprint")
    assert "records in the graph" in refused(place, *backed.restore())
    assert done(owner, "fingerprint") == before
    assert not audit_file(place).exists()
    assert not (place.home / "secret.key").exists()


def test_a_backup_goes_into_a_new_folder_outside_the_state(backed: Backed, tmp_path: Path) -> None:
    place = backed.again(tmp_path / "home")
    (tmp_path / "there").mkdir()
    for folder in (tmp_path / "there", tmp_path / "no" / "where", place.home / "backup"):
        assert "backup" in refused(place, "backup", str(folder)).lower()
    assert not list((tmp_path / "there").iterdir())


def test_what_was_removed_or_restricted_since_is_so_again(backed: Backed, tmp_path: Path) -> None:
    """In the place that was backed up, things are removed, restricted and lifted; then its graph is lost."""
    one = backed.again(tmp_path / "one")
    done(one, *backed.restore())
    reports = records_of(one, backed.files / "more" / "police_missing.csv")
    late = more_reports(tmp_path / "late", 5000)
    done(one, "load", str(late))
    late_file = hashlib.sha256((late / "police_missing.csv").read_bytes()).hexdigest()
    lists = hashlib.sha256((backed.files / "council-997" / "lists.csv").read_bytes()).hexdigest()
    done(one, "remove", "--file", late_file, "--reason", "sent in error")
    done(one, "remove", "--file", lists, "--reason", "sent in error")
    done(one, "remove", "--record", reports[5], "--reason", "asked to be erased")
    done(one, "remove", "--record", reports[6], "--reason", "asked to be erased")
    done(one, "remove", "--record", reports[6], "--reason", "a mistake", "--lift")
    (told, *_) = records_of(one, backed.files / "interviews" / "return_interviews.csv")
    done(one, "restrict", told, *AS_COORDINATOR, "--reason", "a relative works there")
    fingerprint = done(one, "fingerprint")
    assert fingerprint != backed.fingerprint
    emptied(one)

    two = backed.again(tmp_path / "two")
    said = json.loads(done(two, *backed.restore(audit=audit_file(one)), "--json"))
    assert said["done_again"] == 6
    assert done(two, "fingerprint") == fingerprint
    assert audit_file(two).read_bytes().startswith(audit_file(one).read_bytes())
    # What was removed stays away, whether the backup knew it or not; what was lifted comes back.
    for folder in (late, backed.files / "council-997"):
        assert "removed" in done(two, "load", str(folder)).lower()
    assert done(two, "fingerprint") == fingerprint
    done(two, "load", str(backed.files / "more"))
    stands = records_of(two, backed.files / "more" / "police_missing.csv")
    assert reports[5] not in stands
    assert reports[6] in stands
    done(two, "remove", "--file", late_file, "--reason", "sent rightly", "--lift")
    done(two, "load", str(late))
    assert len(records_of(two, late / "police_missing.csv")) > REPORTS


def test_what_was_being_removed_while_the_backup_was_taken_is_removed(backed: Backed, tmp_path: Path) -> None:
    """Its record stood in the audit, and it had not reached the graph; it may have done so afterwards."""
    one, two = backed.again(tmp_path / "one"), backed.again(tmp_path / "two")
    done(one, *backed.restore())
    gone, stays, *_ = records_of(one, backed.files / "more" / "police_missing.csv")
    audit = audit_of(one)
    audit.write({**audit.operated("remove"), "record": audit.conceal(gone), "file": None, "outcome": "begun"})
    made = json.loads(done(one, "backup", str(tmp_path / "backup"), "--json"))
    assert made["fingerprint"] == backed.fingerprint
    emptied(one)
    said = done(two, "restore", str(tmp_path / "backup"), "--hash", made["hash"], "--audit-lost", "--json")
    assert json.loads(said)["done_again"] == 1
    done(two, "load", str(backed.files / "more"))
    stand = records_of(two, backed.files / "more" / "police_missing.csv")
    assert gone not in stand
    assert stays in stand


def test_killed_in_the_middle_of_a_backup_all_is_as_it_was(backed: Backed, tmp_path: Path) -> None:
    place = backed.again(tmp_path / "home")
    done(place, *backed.restore())
    target, killed = tmp_path / "backup", 0
    for number in range(KILLS):
        running = command(place, "backup", str(target))
        give_up = time.monotonic() + SECONDS
        draft = target.with_name(f".{target.name}.unfinished")
        before = draft.stat().st_ino if draft.exists() else 0
        while running.poll() is None and not (draft.exists() and draft.stat().st_ino != before):
            assert time.monotonic() < give_up
            time.sleep(0.001)
        time.sleep(0.05 * number)
        running.kill()
        running.communicate(timeout=SECONDS)
        killed += running.returncode == -signal.SIGKILL
        if running.returncode == 0:
            shutil.rmtree(target)
        assert not target.exists(), "what was not finished has not the backup's name"
        with pytest.raises(BadBackup):
            checked(draft, backed.hash)
    assert killed, "some kill came in the middle"
    tally(CRASHES, killed)
    assert done(place, "fingerprint") == backed.fingerprint
    assert not chain.verify(audit_file(place)).fault
    assert json.loads(done(place, "backup", str(target), "--json"))["fingerprint"] == backed.fingerprint
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_killed_in_the_middle_of_a_restore_nothing_is_shown_and_it_is_done_afresh(
    backed: Backed, tmp_path: Path
) -> None:
    place, left = backed.again(tmp_path / "home"), []
    empty = nodes(backed.settings)
    for number in range(KILLS):
        running = command(place, *backed.restore())
        give_up = time.monotonic() + SECONDS
        wanted = empty + (len(backed.lines) // 3) * number // KILLS
        while running.poll() is None and not (unfinished(place) and nodes(backed.settings) > wanted):
            assert time.monotonic() < give_up
            time.sleep(0.005)
        running.kill()
        running.communicate(timeout=SECONDS)
        if running.returncode == 0:
            shutil.rmtree(place.home)
            emptied(place)
            continue
        left.append(nodes(backed.settings))
        assert "not finished" in refused(place, "fingerprint")
        assert "not finished" in refused(place, "load", str(backed.files / "council-997"))
        assert left[-1] == nodes(backed.settings)
    assert left, "some kill came in the middle"
    tally(CRASHES, len(left))
    done(place, *backed.restore())
    assert not unfinished_file(place).exists()
    assert done(place, "fingerprint") == backed.fingerprint
    assert with_store(place, every_line) == backed.lines
    assert audit_file(place).read_bytes().startswith((backed.folder / AUDIT).read_bytes())


@pytest.mark.neo4j
def test_a_backup_of_one_engine_comes_back_on_the_other(
    backed: Backed, embedded_settings: Settings, neo4j_settings: Settings, tmp_path: Path
) -> None:
    other = neo4j_settings if backed.settings.graph == embedded_settings.graph else embedded_settings
    place = other.model_copy(update={"home": tmp_path / "home"})
    emptied(place)
    try:
        done(place, *backed.restore())
        assert done(place, "fingerprint") == backed.fingerprint
        assert with_store(place, every_line) == backed.lines
    finally:
        emptied(place)
