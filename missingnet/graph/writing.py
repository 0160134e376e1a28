"""Writes one batch of records in one transaction (DESIGN §6).

Ids are looked up in bulk, keys are resolved in Python, and only what is new is created. The graph stays a pure
function of the records: whatever the order of loading, the same versions, joins and things come out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import orjson

from missingnet.graph import names
from missingnet.graph.access import sealed
from missingnet.graph.changes import Changes, Transaction
from missingnet.graph.folding import Folding
from missingnet.graph.keyed import Keyed
from missingnet.graph.natives import instant, native
from missingnet.graph.planning import (
    Alter,
    Begin,
    RecordPlan,
    Stored,
    Telling,
    Trial,
    calls,
    plan_record,
    plan_removal,
    plan_restriction,
)
from missingnet.graph.records import LinkFact, Outcome, Record, VisibilityClass, check
from missingnet.graph.terms import EVENTS, GOES_ON, OPEN, SEARCH_KEY


class Classes:
    """The visibility classes by number, as known here; numbers stand in pairs, the class's and its closed twin."""

    def __init__(self, listed: Sequence[VisibilityClass] = ()) -> None:
        self.listed = list(listed)
        self.numbers = {access.canonical(): n for n, access in enumerate(self.listed)}

    def number(self, access: VisibilityClass, *, current: bool) -> int:
        """The number that versions of this class carry: even while current, odd once closed."""
        return 2 * self.numbers[access.canonical()] + (0 if current else 1)

    def of(self, number: int) -> VisibilityClass:
        """The class that a stored number stands for."""
        return self.listed[number // 2]


class Batch:
    """One transaction's worth of records."""

    def __init__(self, tx: Transaction, keyed: Keyed, classes: Classes, loaded_at: datetime) -> None:
        self.keyed = keyed
        self.classes = classes
        self.loaded_at = loaded_at
        self.changes = Changes(tx)
        self.folding = Folding(self.changes, keyed)
        self.plans: list[RecordPlan] = []

    async def plan(self, records: Sequence[Record], trial: Trial | None = None) -> list[Outcome]:
        """Find out what the records change and what becomes of each. Reads only; a trial keeps what it was told."""
        removed = frozenset(row["id"] for row in await self.changes.run("find-removed"))
        closed = await self._closed()
        groups: dict[str, list[int]] = defaultdict(list)
        outcomes: list[Outcome] = ["unchanged"] * len(records)
        for at, record in enumerate(records):
            check(record)
            record_id = self.keyed("record", record.name)
            if self._refused(removed, record_id, record.provenance.file_hash):
                outcomes[at] = "removed"
            else:
                groups[record_id].append(at)
        by_label: dict[str, list[str]] = defaultdict(list)
        for record_id, places in groups.items():
            by_label[records[places[0]].label].append(record_id)
        stored = await self._stored(by_label)
        for record_id, places in groups.items():
            told, tried = [records[at] for at in places], trial.get(record_id, ()) if trial else ()
            plan, became = plan_record(
                record_id, told, stored[record_id], self.keyed, tried, closed=record_id in closed
            )
            if trial is not None:
                trial[record_id] = tuple({*tried, *((record.extract, record.content()) for record in told)})
            for at, outcome in zip(places, became, strict=True):
                outcomes[at] = outcome
            if plan is not None:
                self.plans.append(plan)
        return outcomes

    def _refused(self, removed: Collection[str], record_id: str, file_hash: str) -> bool:
        """True where the record, or its file, was removed. Of what was loaded and removed after the backup that came
        back since, only the audit's word is known."""
        if not removed:
            return False
        marks = {record_id, file_mark(file_hash), *map(self.keyed.concealed, (record_id, file_hash))}
        return not marks.isdisjoint(removed)

    async def plan_removal(self, records: Collection[str], file_hash: str | None) -> list[str]:
        """Find out what taking these records away changes, or all that a file told. Returns the records it touches."""
        closed = await self._closed()
        for label, ids in (await self.named(records, file_hash)).items():
            for record_id, versions in (await self._stored({label: ids})).items():
                gone = plan_removal(record_id, label, versions, file_hash, self.keyed, closed=record_id in closed)
                self.plans.append(gone)
        return [plan.record_id for plan in self.plans]

    async def plan_restrictions(self, records: Collection[str], closed: Collection[str]) -> list[str]:
        """Find out what changes when of these records those in ``closed`` are restricted and the others are not.
        Returns the records that there are."""
        for label, ids in (await self.named(records, None)).items():
            for record_id, versions in (await self._stored({label: ids})).items():
                became = plan_restriction(record_id, label, versions, self.keyed, closed=record_id in closed)
                self.plans.append(became)
        return [plan.record_id for plan in self.plans]

    async def _closed(self) -> frozenset[str]:
        """The records that a person has restricted."""
        return frozenset(row["record"] for row in await self.changes.run("find-restricted"))

    async def named(self, records: Collection[str], file_hash: str | None) -> dict[str, list[str]]:
        """The ids to look for among each kind of event: those given, or of all that a file told."""
        if file_hash is None:
            return {label: list(records) for label in EVENTS} if records else {}
        found = {}
        for label in EVENTS:
            rows = await self.changes.run("find-records-of-file", label, file=file_hash)
            if rows:
                found[label] = [row["record"] for row in rows]
        return found

    async def _stored(self, by_label: Mapping[str, Sequence[str]]) -> dict[str, list[Stored]]:
        """The stored versions of records, by the records' ids."""
        stored: dict[str, list[Stored]] = defaultdict(list)
        for label, ids in by_label.items():
            for row in await self.changes.run("find-versions", label, records=list(ids)):
                access = self.classes.of(row["visibility"])
                stored[row["record"]].append(
                    Stored(
                        id=row["id"],
                        content=row["content"],
                        tellings=tuple(self._telling(told, row, access) for told in row["seen"]),
                        known_from=instant(row["known_from"]),
                        known_to=instant(row["known_to"]),
                        access=access,
                        joins=tuple(row["joins"] or ()),
                        called=tuple(row["called"] or ()),
                        file_hash=row["file_hash"],
                        agency=row["agency"],
                        born=native(row["born"]),
                    )
                )
        return stored

    def _telling(self, told: str, row: Mapping[str, Any], access: VisibilityClass) -> Telling:
        """A telling as it is kept; see :meth:`_seen`."""
        when, *more = told.split("\t")
        moment = datetime.fromisoformat(when) if "T" in when else date.fromisoformat(when)
        if more and more[0]:
            access = self.classes.of(int(more[0]))
        if len(more) > 1:
            return Telling(moment, access, more[1], more[3], int(more[2]))
        return Telling(moment, access, row["file_hash"], row["file"], row["row"])

    def _seen(self, tellings: Iterable[Telling], access: VisibilityClass, file_hash: str) -> list[str]:
        """Tellings as a version keeps them: when; its class where that is another; its file where that is another."""
        found = []
        for telling in tellings:
            text = telling.when.isoformat()
            other = telling.access.canonical() != access.canonical()
            if other or telling.file_hash != file_hash:
                text += f"\t{self.classes.number(telling.access, current=True)}" if other else "\t"
            if telling.file_hash != file_hash:
                text += f"\t{telling.file_hash}\t{telling.row}\t{telling.file}"
            found.append(text)
        return found

    async def write(self) -> None:
        """Write what :meth:`plan` found. One call, inside the same transaction."""
        if not self.plans:
            return
        await self._new_classes()
        created = [(plan, begin) for plan in self.plans for begin in plan.begin]
        await self.folding.hear(self.plans)
        bare = await self._end_versions()
        await self.folding.settle(self.plans, created, self.classes.listed)
        for plan, begin in created:
            if begin.record is not None:
                self._event(plan.record_id, begin, begin.record)
        await self._copies(created)
        await self._reseal()
        await self._search_keys()
        await self.changes.flush()
        await self._alter()
        await self.folding.clear(bare)

    async def _new_classes(self) -> None:
        wanted: dict[str, VisibilityClass] = {}
        for plan in self.plans:
            changes: list[Begin | Alter] = [*plan.begin, *plan.alter]
            # A restricted record's class is no telling's.
            classes = [change.access for change in changes] + [t.access for change in changes for t in change.tellings]
            wanted |= {access.canonical(): access for access in classes}
        for text, access in sorted(wanted.items()):
            if text in self.classes.numbers:
                continue
            number = len(self.classes.listed)
            self.classes.listed.append(access)
            self.classes.numbers[text] = number
            self.changes.new_nodes["VisibilityClass"][text] = {
                "id": self.keyed("class", text),
                "number": number,
                "owner": access.owner,
                "authorities": access.authorities,
                "compartments": access.compartments,
                "handling": access.handling,
                "condition": access.condition,
            }

    # -- versions --------------------------------------------------------------------------------------------------
    async def _end_versions(self) -> set[tuple[str, str]]:
        """Take versions away with their links. Returns the things they stood at, by kind and id."""
        stood: set[tuple[str, str]] = set()
        for label, ids in _by_label((p.label, v.id) for p in self.plans for v in p.end).items():
            stood |= {(row["label"], row["thing"]) for row in await self.changes.run("read-ends", label, ids=ids)}
            for row in await self.changes.run("read-direct-links", label, ids=ids):
                stood |= {(row["a_label"], row["a"]), (row["b_label"], row["b"])}
            await self.changes.run("delete-direct-links", label, ids=ids)
            await self.changes.run("delete-nodes", label, ids=ids)
        return stood

    def _known(self, change: Begin | Alter) -> dict[str, Any]:
        return {
            "visibility": self.classes.number(change.access, current=change.version.known_to == OPEN),
            "known_from": change.version.known_from,
            "known_to": change.version.known_to,
        }

    def _event(self, record_id: str, begin: Begin, record: Record) -> None:
        known = self._known(begin)
        observed = {"observed_from": record.observed_from, "observed_to": record.observed_to}
        added = {"over": record.facts.get("ended") or GOES_ON} if record.label == "Episode" else {}
        self.changes.new_nodes[record.label][begin.id] = {
            **record.facts,
            **added,
            "id": begin.id,
            "record": record_id,
            "source": record.source,
            "agency": record.agency,
            "reference": record.key,
            "extract": record.extract,
            "seen": self._seen(begin.tellings, begin.access, record.provenance.file_hash),
            "version": begin.version.content,
            "file": record.provenance.file,
            "file_hash": record.provenance.file_hash,
            "row": record.provenance.row,
            "loaded_at": self.loaded_at,
            "raw": orjson.dumps(record.raw, option=orjson.OPT_SORT_KEYS).decode(),
            "joins": begin.joins or None,
            "called": calls(record) or None,
            **observed,
            **known,
        }
        common = {"record": record_id, "event": begin.id, "agency": record.agency, **known}
        for fact in dict.fromkeys(record.links):
            a, b = self._end(record, begin.id, fact.source), self._end(record, begin.id, fact.target)
            self.changes.new_links.append(
                (fact.type, a[0], a[1], b[0], b[1], {**common, **_says(fact, observed, a[2], b[2])})
            )
        if sealed(begin.access):
            self._same_as(begin.joins, {**common, **observed})
        for key in names.keys_of(record.search):
            end = self.keyed("search", key)
            self.changes.new_nodes[SEARCH_KEY][end] = {"id": end}
            self.changes.new_links.append(
                ("FOUND_BY_KEY", record.label, begin.id, SEARCH_KEY, end, {**common, **observed})
            )

    def _same_as(self, joins: Iterable[str], common: Mapping[str, Any]) -> None:
        """What a sealed record states to be one, as links of its own class."""
        for pair in joins:
            _, one, other = pair.split("\t")
            a, b = self.folding.where[one], self.folding.where[other]
            link = {**common, "key_from": one, "key_to": other}
            self.changes.new_links.append(("SAME_AS", a.label, a.thing, b.label, b.thing, link))

    def _end(self, record: Record, event: str, slot: str) -> tuple[str, str, str | None]:
        if slot == "record":
            return record.label, event, None
        key = record.keys_of(slot)[0]
        standing = self.folding.where[key]
        return standing.label, standing.thing, key

    async def _copies(self, created: Iterable[tuple[RecordPlan, Begin]]) -> None:
        """A version parted in two by an extract that came late: the later part is a copy with its own dates."""
        for plan, begin in created:
            if begin.template is None:
                continue
            known = {**self._known(begin)}
            ids = [begin.template.id]
            for row in await self.changes.run("read-event", plan.label, ids=ids):
                if plan.sealed and not sealed(begin.template.access):
                    self._seal(plan, begin.id, begin.joins, row["facts"], known)
                seen = self._seen(begin.tellings, begin.access, begin.template.file_hash)
                self.changes.new_nodes[plan.label][begin.id] = {**row["facts"], "id": begin.id, "seen": seen, **known}
            for row in await self.changes.run("read-links-of-event", plan.label, ids=ids):
                link = {**row["link"], "event": begin.id, **known}
                event, thing = (plan.label, begin.id), (row["label"], row["thing"])
                a, b = (event, thing) if row["outward"] else (thing, event)
                self.changes.new_links.append((row["type"], *a, *b, link))
            for row in await self.changes.run("read-direct-links", plan.label, ids=ids):
                if row["type"] == "SAME_AS" and not plan.sealed:
                    continue
                link = {**row["link"], "event": begin.id, **known}
                self.changes.new_links.append((row["type"], row["a_label"], row["a"], row["b_label"], row["b"], link))

    async def _reseal(self) -> None:
        """What became sealed states its joins as links; what is sealed no more states none."""
        for plan in self.plans:
            opened = [alter.was.id for alter in plan.alter if sealed(alter.was.access) and not plan.sealed]
            if opened:
                await self.changes.run("delete-same-as", plan.label, ids=opened)
            for alter in plan.alter:
                if plan.sealed and not sealed(alter.was.access) and alter.was.joins:
                    for row in await self.changes.run("read-event", plan.label, ids=[alter.was.id]):
                        self._seal(plan, alter.was.id, alter.was.joins, row["facts"], self._known(alter))

    def _seal(
        self, plan: RecordPlan, event: str, joins: Iterable[str], facts: Mapping[str, Any], known: Mapping[str, Any]
    ) -> None:
        """What a stored version states to be one, as links of its own class, now that it is sealed."""
        said = {name: facts.get(name) for name in ("observed_from", "observed_to")}
        self._same_as(joins, {"record": plan.record_id, "event": event, "agency": plan.agency, **said, **known})

    async def _alter(self) -> None:
        nodes: dict[str, list[dict[str, Any]]] = defaultdict(list)
        links: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for plan in self.plans:
            for alter in plan.alter:
                known, whence = self._known(alter), alter.adopts
                file_hash = whence.file_hash if whence else alter.was.file_hash
                # The row as it came was the other file's, and goes with it.
                adopted = (
                    {"file_hash": file_hash, "file": whence.file, "row": whence.row, "raw": "{}"} if whence else {}
                )
                seen = self._seen(alter.tellings, alter.access, file_hash)
                nodes[plan.label].append({"id": alter.was.id, "seen": seen, **known, **adopted})
                if alter.links_too:
                    links[plan.label].append({"id": alter.was.id, "link": known})
        for label, rows in nodes.items():
            await self.changes.run("set-nodes", label, rows=rows)
        for label, rows in links.items():
            await self.changes.run("set-links-of-event", label, rows=rows)
            await self.changes.run("set-direct-links", label, rows=rows)

    async def _search_keys(self) -> None:
        wanted = self.changes.new_nodes[SEARCH_KEY]
        if wanted:
            for identity in await self.changes.standing(SEARCH_KEY, list(wanted)):
                del wanted[identity]


def file_mark(file_hash: str) -> str:
    """How a removed file is remembered, beside the ids of removed records."""
    return f"file:{file_hash}"


def _says(fact: LinkFact, observed: Mapping[str, Any], key_from: str | None, key_to: str | None) -> dict[str, Any]:
    return {
        "observed_from": fact.observed_from or observed["observed_from"],
        "observed_to": fact.observed_to or fact.observed_from or observed["observed_to"] or observed["observed_from"],
        "key_from": key_from,
        "key_to": key_to,
        "role": fact.role,
        "source_grade": fact.source_grade,
        "assessment_grade": fact.assessment_grade,
        "handling": fact.handling,
    }


def _by_label(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for label, identity in pairs:
        grouped[label].append(identity)
    return grouped
