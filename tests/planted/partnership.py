"""The ids that the graph gives to what truth.json names, worked out from the files alone and not by the loader."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from missingnet.api.asks import Asks
from missingnet.api.moments import Moment
from missingnet.api.reader import Asker
from missingnet.api.suggesting import WorkedOut, work_out
from missingnet.graph import access
from missingnet.graph.answers import Answer, Row
from missingnet.graph.keyed import Keyed
from missingnet.graph.store import Store
from missingnet.graph.times import london_to_utc
from missingnet.ingest.linkage.seen import Kind
from tests.planted import invented

Result = TypeVar("Result")
AS_AT = datetime(2026, 11, 1)
CHILD_ROWS = {
    "police-99/police_missing.csv": ("Nominal Ref", "LA Code", "LA Child Ref"),
    "police-99/police_absent.csv": ("Nominal Ref", "LA Code", "LA Child Ref"),
    "interviews/return_interviews.csv": ("Police Ref", "LA Code", "Council Ref"),
}
"""Files whose rows carry the police's and the council's reference of one child."""
PUPIL_ROWS = {"header.csv": "CHILD", "cme_register.csv": "Council Ref", "lists.csv": "Council Ref"}
"""Council files whose rows carry the council's reference of a child and the UPN."""


class Identities:
    """Which keys are one thing: those that stand together in a row, joined by their smallest."""

    def __init__(self, folder: Path) -> None:
        self._smaller: dict[str, str] = {}
        for name, (nominal, authority, council) in CHILD_ROWS.items():
            for row in invented.rows(folder, name):
                self._join(police(row[nominal]), council_key(row[authority], row[council]))
        for code in ("997", "998"):
            for name, council in PUPIL_ROWS.items():
                for row in invented.rows(folder, f"council-{code}/{name}"):
                    self._join(council_key(code, row[council]), f"upn:{row['UPN']}" if row["UPN"] else "")

    def smallest(self, key: str) -> str:
        """The smallest key of the thing that has this one."""
        while (other := self._smaller.get(key, key)) != key:
            key = other
        return key

    def whole(self) -> set[str]:
        """The smallest keys of those whom the police's and a council's references name together."""
        kinds: dict[str, set[str]] = {}
        for key in self._smaller:
            kinds.setdefault(self.smallest(key), set()).add(key.partition(":")[0])
        for smallest, found in kinds.items():
            found.add(smallest.partition(":")[0])
        return {smallest for smallest, found in kinds.items() if {"police", "council"} <= found}

    def _join(self, one: str, other: str) -> None:
        if one and other:
            a, b = sorted((self.smallest(one), self.smallest(other)))
            self._smaller[b] = a


def police(nominal: str) -> str:
    return f"police:99:{nominal}" if nominal else ""


def told_day(text: str) -> datetime:
    """A day as the files or truth.json write it."""
    return datetime.strptime(text, "%d/%m/%Y" if "/" in text else "%Y-%m-%d")  # noqa: DTZ007 (a day, as in the files)


def council_key(authority: str, reference: str) -> str:
    return f"council:{authority}:{reference}" if reference else ""


class Pair(NamedTuple):
    """Two things that are suggested to be one, and the rules in which one of them stands."""

    one: str
    other: str
    probability: float
    rules: tuple[str, ...]


class Partnership:
    """An invented partnership as loaded: asked as the coordinator, compared with what was planted."""

    def __init__(self, folder: Path, store: Store, run: Callable[[Awaitable[Any]], Any]) -> None:
        self.truth: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        self.folder, self.store, self._run = folder, store, run
        self._identities = Identities(folder)
        self.keyed: Keyed = store.keyed
        self.at = london_to_utc(AS_AT)
        self.first = london_to_utc(datetime.fromisoformat(self.truth["first"]))

    def thing(self, key: str) -> str:
        return self.keyed("thing", self._identities.smallest(key))

    def pupil(self, upn: str, table: str) -> str:
        """A pupil by UPN and by the key that the tables of one census share."""
        return self.keyed("thing", min(self._identities.smallest(f"upn:{upn}"), f"pupil:{table}"))

    def person(self, nominal: str) -> str:
        return self.thing(police(nominal))

    def place(self, uprn: str) -> str:
        return self.thing(f"uprn:{uprn}")

    def children(self, listed: Iterable[dict[str, Any]]) -> set[str]:
        return {self.person(child["nominal"]) for child in listed}

    def either(self, listed: Iterable[dict[str, Any]]) -> set[str]:
        """The same with the council's half of a child who is spelt apart."""
        listed = list(listed)
        halves = {self.thing(council_key(child["authority"], child["council"])) for child in listed}
        return self.children(listed) | halves

    def apart(self) -> set[str]:
        """The council's half of children who are spelt apart: the police's half has the same episodes."""
        return {self.thing(council_key(one["authority"], one["council"])) for one in self.truth["spelt_apart"]}

    def council_only(self, since: datetime) -> Counter[str]:
        """How many episodes of each child only the council recorded as missing, from that day on."""
        return Counter(
            self.thing(council_key(one["authority"], one["council"]))
            for one in self.truth["disagreements"]["council_only"]
            if one["kind"] == "M" and told_day(one["started"]) > since
        )

    def whole_children(self) -> set[str]:
        """Those who are one child to the police and to their council."""
        return {self.keyed("thing", key) for key in self._identities.whole()}

    def planted_groups(self) -> list[set[str]]:
        """Each network's children, and each set's: who may truly be said to belong together."""
        return [self.children(group["children"]) for group in (*self.truth["networks"], *self.truth["sets"])]

    def suggested(self, kind: Kind, purpose: str = "MASE", reader: str = "coordinator") -> list[Pair]:
        """What the queue would show that reader: worked out from the graph, through the gate."""
        asker = Asker(access.reader(reader), access.Purpose(purpose, "planted-1"))
        found: WorkedOut = self._run(work_out(Asks(self.store, asker, Moment(self.at, None, None, None)), kind))
        return [
            Pair(min(one.suggestion.things), max(one.suggestion.things), one.suggestion.probability, one.rules)
            for one in found.found
        ]

    def ask(self, rule: str, purpose: str = "MASE", **given: Any) -> Answer[Row]:
        asked = access.Purpose(purpose, "planted-1")
        began = time.monotonic()
        answer: Answer[Row] = self._run(
            self.store.ask(
                rule,
                given.pop("reader", None) or access.reader("coordinator"),
                asked,
                as_at=given.pop("as_at", self.at),
                **given,
            )
        )
        print(f"{rule}: {answer.total} rows in {time.monotonic() - began:.2f} s")
        return answer


def told(what: str, wanted: set[Any], found: set[Any], *, of_pattern: set[Any] | None = None) -> None:
    """One line of figures: how many of the planted were found, and how many of the found are planted nowhere."""
    alarms = found - wanted - (of_pattern or set())
    recall = len(wanted & found) / len(wanted) if wanted else 1.0
    print(
        f"{what}: recall {recall:.2f} ({len(wanted & found)} of {len(wanted)}), {len(alarms)} beside what was planted"
    )


def runner() -> tuple[asyncio.AbstractEventLoop, Callable[[Awaitable[Any]], Any]]:
    loop = asyncio.new_event_loop()
    return loop, loop.run_until_complete
