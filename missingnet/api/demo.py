"""The demonstration: an invented partnership generated and loaded once, and four things to try in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from missingnet.api.cli_words import say
from missingnet.settings import Settings

if TYPE_CHECKING:
    from missingnet.graph.store import Store

YEARS, SEED = 1, 1
READER, PURPOSE = "coordinator", "MASE demonstration"


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demonstration holds: its size, and the child and name that the things to try are about."""

    children: int
    years: int
    seed: int
    child: str
    family: str
    period: str


def marker(settings: Settings) -> Path:
    """The file that remembers that the partnership is loaded."""
    return settings.home / "demonstration.json"


def remembered(settings: Settings) -> Demo | None:
    """The demonstration loaded earlier; None when it was not, or not to the end."""
    try:
        return Demo(**json.loads(marker(settings).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


async def prepare(store: Store, settings: Settings, children: int) -> Demo:
    """Generate and load the invented partnership of so many children, unless one was loaded before. Stopped half-way,
    it is done again, and nothing is loaded twice (law 'Once').

    :raises CouldNotPrepare: a file of the partnership was not accounted for.
    """
    known = remembered(settings)
    if known is not None and await store.state() > 0:
        return known
    if known is None and await store.state() > 0 and not _begun(settings).exists():
        raise CouldNotPrepare(
            "The graph holds other records, and the demonstration's invented children must not stand among them. Set "
            "MISSINGNET_HOME to an empty folder for the demonstration, or run `missingnet serve`."
        )
    _begun(settings).touch(mode=0o600)
    truth = _generated(settings, children)
    await _loaded(store, settings)
    demo = await _things_to_try(store, settings, truth, children)
    draft = marker(settings).with_suffix(".part")
    draft.write_text(json.dumps(asdict(demo)), encoding="utf-8")
    draft.replace(marker(settings))
    shutil.rmtree(_folder(settings), ignore_errors=True)
    return demo


class CouldNotPrepare(RuntimeError):
    """The demonstration could not be set up; says why and what to do."""


def _begun(settings: Settings) -> Path:
    return settings.home / "demonstration.begun"


def _folder(settings: Settings) -> Path:
    return settings.home / "example"


def _generated(settings: Settings, children: int) -> Mapping[str, Any]:
    """The partnership's files, up to today, with what is planted in it."""
    from rich.console import Console
    from rich.progress import Progress

    from missingnet.graph import times
    from missingnet.ingest.example.generate import generate

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Inventing a partnership", total=children)
        today = times.utc_to_london(times.now()).date()
        generate(
            _folder(settings),
            children,
            YEARS,
            SEED,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
            until=today,
        )
    truth: Mapping[str, Any] = json.loads((_folder(settings) / "truth.json").read_text(encoding="utf-8"))
    return truth


async def _loaded(store: Store, settings: Settings) -> None:
    from missingnet.api.cli_load import load_with_progress

    folders = sorted(path for path in _folder(settings).iterdir() if path.is_dir())
    report = await load_with_progress(store, settings, folders)
    rows = sum(file.rows for file in report.files)
    say(f"Loaded {rows:,} rows of {len(report.files)} files of an invented partnership.")
    unread = [file.file for file in report.files if not file.readable or not file.accounted_for]
    if unread:
        raise CouldNotPrepare(f"Not every file was loaded: {', '.join(unread)}. Run `missingnet demo` again.")


async def _things_to_try(store: Store, settings: Settings, truth: Mapping[str, Any], children: int) -> Demo:
    """The child to look at: one on a list inside a planted network, with the most police reports."""
    from missingnet.api.cli_ask import thing_called
    from missingnet.api.cli_words import asks_of

    asks = asks_of(store, settings, READER, PURPOSE, None, None)
    planted = max(
        (child for network in truth["networks"] for child in network["children"] if child["listed"]),
        key=lambda child: (len(child["police_refs"]), child["nominal"]),
    )
    child = await thing_called(asks, f"council:{planted['authority']}:{planted['council']}")
    last = asks.moment.as_at.date().replace(day=1)
    year, month = (last.year - 1, 12) if last.month == 1 else (last.year, last.month - 1)
    return Demo(children, YEARS, SEED, child, str(planted["surname"]), f"{year}-{month:02d}")


def things_to_try(demo: Demo, address: str) -> str:
    """What is printed when the demonstration is up."""
    return f"""
MissingNet is on {address}  (an invented partnership; nobody in it is real)

Sign in as the coordinator, for MASE, and try:
  1. A child inside an exploitation network   {address}/child/{demo.child}
  2. Who goes missing together                {address}/q/GROUP-MISSING
  3. Search for the name                      {demo.family}   at {address}/search
  4. A pack for the operational group         {address}/packs/operational-group?period={demo.period}
Sign in as school-only or health to see how much less they may see.

Ctrl+C ends the pages; `missingnet stop` ends the graph as well."""
