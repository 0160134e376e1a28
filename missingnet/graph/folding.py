"""Settles where every key of a batch stands, and moves what stands elsewhere now (DESIGN §2 'Identity is a fold').

Only keys that some record joins to another have a node of their own; any other key's thing is known by hashing it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from missingnet.graph.births import Births, heard, standing
from missingnet.graph.changes import Changes, plain_facts
from missingnet.graph.identity import Join, Standing, fold, folds, higher
from missingnet.graph.keyed import Keyed
from missingnet.graph.planning import Begin, RecordPlan
from missingnet.graph.records import VisibilityClass
from missingnet.graph.terms import FAMILIES, FAMILY_OF, SEARCH_KEY


class Folding:
    """The identity side of one batch. Afterwards ``where`` says where every key that the batch mentions stands."""

    def __init__(self, changes: Changes, keyed: Keyed) -> None:
        self.changes = changes
        self.keyed = keyed
        self.where: dict[str, Standing] = {}
        self._left: set[str] = set()
        self._births = Births.by_the_rulebook()

    async def hear(self, plans: Sequence[RecordPlan]) -> None:
        """What the batch changes of dates of birth: heard before what has ended is taken away."""
        self._births = await heard(plans, self.changes)

    async def settle(
        self,
        plans: Sequence[RecordPlan],
        created: Sequence[tuple[RecordPlan, Begin]],
        classes: Sequence[VisibilityClass],
    ) -> None:
        """Settle where every key of the batch stands, and move what stands elsewhere now."""
        mentioned: dict[str, str] = {}
        for _, begin in created:
            if begin.record is None:
                continue
            for slot, mention in begin.record.mentions.items():
                for key in begin.record.keys_of(slot):
                    mentioned[key] = higher(mentioned.get(key, mention.label), mention.label)
        changed: dict[str, dict[str, bool]] = {}
        for plan in plans:
            for event, pairs in plan.holds.items():
                changed[event] = pairs
            for gone in plan.end:
                changed.setdefault(gone.id, {}).update(dict.fromkeys(gone.joins, False))
        stated = {key for pairs in changed.values() for pair in pairs for key in pair.split("\t")[1:]}
        uncalled = {call.split("\t")[1] for plan in plans for gone in plan.end for call in gone.called}
        joined = await self._keys(set(mentioned) | stated | uncalled | self._births.keys)
        lowered = await self._called_now(plans, joined)
        begun = {begin.id for _, begin in created}
        touched = _touched(changed, begun, joined)
        raised = {
            key
            for key in {*mentioned, *lowered} & set(joined)
            if _kind(joined[key]["label"], mentioned.get(key), lowered.get(key)) != joined[key]["label"]
        }
        at_odds = self._births.at_odds
        told = {key for key in self._births.keys if key in joined}
        births = await standing(told, self._births, joined, self.changes, self.keyed, classes)
        turned = {key for key in told if at_odds(births[key]) != at_odds(_days(joined[key]["births"]))}
        members, edges = await self._component(touched | raised | turned, joined)
        edges = {edge: join for edge, join in edges.items() if edge[2] not in changed}
        planned = {event: plan for plan in plans for event in plan.holds}
        for event, pairs in changed.items():
            for pair, holds in pairs.items():
                _, a, b = pair.split("\t")
                if (of := planned.get(event)) is not None:
                    holds = holds or (edges[(a, b, event)].holds if (a, b, event) in edges else False)
                    edges[(a, b, event)] = Join(holds, of.agency, of.sealed, of.label == "Judgement")
        unread = members - set(births)
        births |= await standing(unread, self._births, joined, self.changes, self.keyed, classes)
        single = {key for key in set(mentioned) | members | set(lowered) if key not in joined}
        looked = {self.keyed("thing", key): mentioned.get(key) or lowered.get(key) for key in single}
        found = await self._standing(looked)
        labels: dict[str, str] = {}
        for key in set(mentioned) | members | set(lowered):
            old = joined[key]["label"] if key in joined else found.get(self.keyed("thing", key))
            labels[key] = _kind(old, mentioned.get(key), lowered.get(key))
        contradicted = {key for key in members if at_odds(births[key])}
        holding_now = [
            (a, b)
            for (a, b, _), join in edges.items()
            if a in members and b in members and folds(a, b, join, contradicted)
        ]
        folded = fold({key: labels[key] for key in members}, holding_now, self.keyed)
        before: dict[str, Standing] = {}
        for key in labels:
            thing = self.keyed("thing", key)
            if key in joined:
                before[key] = Standing(joined[key]["stands"], joined[key]["thing"])
            elif thing in found:
                before[key] = Standing(found[thing], thing)
            if key in folded:
                self.where[key] = folded[key]
            elif key in joined:
                self.where[key] = before[key]
            else:
                self.where[key] = Standing(labels[key], thing)
        await self._write_keys(members, labels, joined, births)
        await self._write_joins(changed, begun, planned)
        await self._new_things({thing: found.get(thing) for thing, label in looked.items() if label})
        await self._move({key: old for key, old in before.items() if old != self.where[key]})
        self._left = {key for plan in plans for gone in plan.end for pair in gone.joins for key in pair.split("\t")[1:]}

    async def clear(self, stood: Iterable[tuple[str, str]]) -> None:
        """Take away what stood for ended versions only: these things, by kind and id, and keys that nothing joins."""
        ids: dict[str, set[str]] = defaultdict(set)
        for label, thing in (*stood, *((at.label, at.thing) for key, at in self.where.items() if key in self._left)):
            for kind in FAMILY_OF.get(label, (label,) if label == SEARCH_KEY else ()):
                ids[kind].add(thing)
        for kind, bare in ids.items():
            await self.changes.run("delete-bare-things", kind, ids=sorted(bare))
        if self._left:
            await self.changes.run("delete-bare-keys", ids=[self.keyed("key", key) for key in self._left])

    async def _called_now(self, plans: Sequence[RecordPlan], joined: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
        """What the records that stand call the keys that ended versions called a child, a home or a school."""
        ended = {call for plan in plans for gone in plan.end for call in gone.called}
        if not ended:
            return {}
        kinds: dict[str, str] = {}
        at: dict[str, list[dict[str, str]]] = defaultdict(list)
        for key in {call.split("\t")[1] for call in ended}:
            family = next(FAMILY_OF[call.split("\t")[0]] for call in ended if call.split("\t")[1] == key)
            kinds[key] = family[-1]
            thing = joined[key]["thing"] if key in joined else self.keyed("thing", key)
            for kind in family:
                at[kind] += [{"id": thing, "call": f"{word}\t{key}"} for word in family[:-1]]
        gone = {version.id for plan in plans for version in plan.end}
        ids = [self.keyed("key", key) for key in kinds if key in joined]
        for row in await self.changes.run("find-joins", ids=ids) if ids else ():
            if row["event"] not in gone:
                for key in {row["a"], row["b"]} & set(kinds):
                    kinds[key] = higher(kinds[key], row["label"])
        for kind, rows in at.items():
            for name in ("find-called", "find-called-aside"):
                for row in await self.changes.run(name, kind, rows=rows):
                    word, key = row["call"].split("\t")
                    kinds[key] = higher(kinds[key], word)
        return kinds

    async def _keys(self, keys: set[str]) -> dict[str, dict[str, Any]]:
        ids = {self.keyed("key", key): key for key in keys}
        rows = await self.changes.run("find-keys", ids=list(ids)) if ids else []
        return {row["key"]: row for row in rows}

    async def _component(
        self, start: set[str], joined: dict[str, dict[str, Any]]
    ) -> tuple[set[str], dict[tuple[str, str, str], Join]]:
        """All keys that joins reach from these, and the joins between them, as they stand in the graph."""
        members, edges = set(start), dict[tuple[str, str, str], Join]()
        frontier = {key for key in start if key in joined}
        while frontier:
            found = await self.changes.run("find-joins", ids=[self.keyed("key", key) for key in frontier])
            frontier = set()
            for row in found:
                said = Join(bool(row["holds"]), row["agency"] or "", bool(row["sealed"]), bool(row["judged"]))
                before = edges.get((row["a"], row["b"], row["event"]))
                edges[(row["a"], row["b"], row["event"])] = before if before and before.holds else said
                for key in (row["a"], row["b"]):
                    if key not in members and row["holds"]:
                        members.add(key)
                        frontier.add(key)
        missing = await self._keys(members - set(joined))
        joined.update(missing)
        return members, edges

    async def _standing(self, things: Mapping[str, str | None]) -> dict[str, str]:
        """Which of these things stand in the graph, and as what: looked for as what they are called, then as the rest.

        A thing stands as one kind only, so what is found is not looked for again.
        """
        left = {
            thing: (label, *(k for k in FAMILY_OF[label] if k != label)) for thing, label in things.items() if label
        }
        found: dict[str, str] = {}
        for turn in range(max(map(len, FAMILIES))):
            wanted: dict[str, list[str]] = defaultdict(list)
            for thing, kinds in left.items():
                if turn < len(kinds) and thing not in found:
                    wanted[kinds[turn]].append(thing)
            for kind, ids in wanted.items():
                found |= dict.fromkeys(await self.changes.standing(kind, ids), kind)
        return found

    async def _write_keys(
        self, members: set[str], labels: Mapping[str, str], joined: Mapping[str, Any], births: Mapping[str, set[date]]
    ) -> None:
        altered = []
        for key in members | set(births):
            facts: dict[str, Any] = {"births": sorted(day.isoformat() for day in births[key]) or None}
            if key in members:
                facts |= {"label": labels[key], "thing": self.where[key].thing, "stands": self.where[key].label}
            if key not in joined:
                self.changes.new_nodes["Key"][key] = {"id": self.keyed("key", key), "key": key, **facts}
            elif any((joined[key][name] or None) != value for name, value in facts.items()):
                altered.append({"id": self.keyed("key", key), **facts, "births": facts["births"] or []})
        await self.changes.flush_nodes("Key")
        if altered:
            await self.changes.run("set-nodes", "Key", rows=altered)

    async def _write_joins(
        self, changed: Mapping[str, Mapping[str, bool]], begun: set[str], planned: Mapping[str, RecordPlan]
    ) -> None:
        new, altered, gone = [], [], []
        for event, pairs in changed.items():
            for pair, holds in pairs.items():
                label, a, b = pair.split("\t")
                ends = {"a": self.keyed("key", a), "b": self.keyed("key", b)}
                born = self._births.on_join(event, a, b)
                if event in begun:
                    of = planned[event]
                    link = {"event": event, "record": of.record_id, "holds": holds, "label": label, "agency": of.agency}
                    said = {"sealed": of.sealed, "judged": of.label == "Judgement", "born": born}
                    new.append({**ends, "link": plain_facts({**link, **said})})
                elif event in planned:
                    kept = {"keeps": event not in self._births.by_event, "born": born}
                    sealed, also = planned[event].sealed, pairs.items()
                    either = any(yes for other, yes in also if other.split("\t")[1:] == [a, b])
                    altered.append({**ends, "event": event, "holds": either, "sealed": sealed, **kept})
                else:
                    gone.append({**ends, "event": event})
        for name, rows in (("create-joins", new), ("set-joins", altered), ("delete-joins", gone)):
            if rows:
                await self.changes.run(name, rows=rows)

    async def _move(self, moved: Mapping[str, Standing]) -> None:
        """Take the links that these keys made from where they stood to where they stand now."""
        if not moved:
            return
        keys_at: dict[Standing, list[str]] = defaultdict(list)
        for key, old in moved.items():
            keys_at[old].append(key)
        by_label: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for old, keys in keys_at.items():
            by_label[old.label].append({"id": old.thing, "keys": keys})
        links: dict[str, tuple[str, Mapping[str, Any], Mapping[str, Any]]] = {}
        for label, rows in by_label.items():
            for row in await self.changes.run("read-links-of-thing", label, rows=rows):
                link = row["link"]
                links[
                    json.dumps([row["type"], link["event"], link.get("key_from"), link.get("key_to"), link.get("role")])
                ] = (
                    row["type"],
                    link,
                    row,
                )
        others = {k for _, link, _ in links.values() for k in (link.get("key_from"), link.get("key_to")) if k}
        await self._where_are(others - set(self.where))
        for label, rows in by_label.items():
            await self.changes.run("delete-links-of-thing", label, rows=rows)
        for kind, link, ends_were in links.values():
            ends = []
            for side, made_by in (("a", link.get("key_from")), ("b", link.get("key_to"))):
                stands = self.where[made_by] if made_by else Standing(ends_were[f"{side}_label"], ends_were[side])
                ends += [stands.label, stands.thing]
            self.changes.new_links.append((kind, ends[0], ends[1], ends[2], ends[3], dict(link)))
        await self.changes.flush()
        for label, rows in by_label.items():
            await self.changes.run("delete-bare-things", label, ids=[row["id"] for row in rows])

    async def _where_are(self, keys: set[str]) -> None:
        """Look up where keys outside the batch stand."""
        joined = await self._keys(keys)
        for key, row in joined.items():
            self.where[key] = Standing(row["stands"], row["thing"])
        alone = keys - set(joined)
        for family in FAMILIES:
            found = await self._standing({self.keyed("thing", key): family[0] for key in alone})
            for key in alone:
                thing = self.keyed("thing", key)
                if thing in found:
                    self.where[key] = Standing(found[thing], thing)

    async def _new_things(self, known: Mapping[str, str | None]) -> None:
        """Create the things that do not stand yet; ``known`` says of those looked for already as what, if at all."""
        by_label: dict[str, set[str]] = defaultdict(set)
        for at in self.where.values():
            if at.thing in known and known[at.thing] in (None, at.label):
                if known[at.thing] is None:
                    self.changes.new_nodes[at.label][at.thing] = {"id": at.thing}
            else:
                by_label[at.label].add(at.thing)
        for label, ids in by_label.items():
            there = await self.changes.standing(label, sorted(ids))
            for thing in ids - there:
                self.changes.new_nodes[label][thing] = {"id": thing}


def _days(kept: Sequence[str] | None) -> set[date]:
    """The dates of birth that a key keeps."""
    return {date.fromisoformat(day) for day in kept or ()}


def _kind(stood_as: str | None, called: str | None, left: str | None) -> str:
    """A key's own kind: the highest that it is called. ``left`` is what remains of it where versions ended."""
    old = left if left is not None else stood_as
    if called is None or (old is not None and old not in FAMILY_OF[called]):
        return old if old is not None else "Associate"
    return called if old is None else higher(old, called)


def _touched(
    changed: Mapping[str, Mapping[str, bool]], begun: set[str], joined: Mapping[str, Mapping[str, Any]]
) -> set[str]:
    """The keys whose things may change: joins that begin between two things, or that no longer hold.

    A new record that joins two keys which stand together already changes nothing, and most are such records.
    """
    touched: set[str] = set()
    for event, pairs in changed.items():
        for pair, holds in pairs.items():
            _, a, b = pair.split("\t")
            known = a in joined and b in joined
            together = known and joined[a]["thing"] == joined[b]["thing"]
            if not (event in begun and known and (together or not holds)):
                touched |= {a, b}
    return touched
