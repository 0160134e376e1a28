"""From the rows of a network question to the things and links of its picture and its table (law 'One truth')."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlencode

from missingnet.graph.answers.descriptions import Caption
from missingnet.graph.answers.events import Event
from missingnet.graph.answers.people_said import standing_of
from missingnet.graph.answers.ties import NO_LONGER, STILL, Tie
from missingnet.graph.times import utc_to_london
from missingnet.visualise.look import ENDED_WORDS, FADED_WORDS
from missingnet.visualise.network import Edge, Node, Source, period_words
from missingnet.visualise.words import (
    KIND_WORDS,
    RECORD_WORDS,
    agency_words,
    capital,
    count_words,
    day_words,
    grade_words,
    instant_words,
    listed,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which links to show: kinds (all when empty), strengths (all when empty), and the days they were observed in."""

    kinds: frozenset[str]
    strengths: frozenset[str]
    since: date | None
    until: date | None

    def shows(self, edge: Edge) -> bool:
        """True when a link passes. A link nobody dated passes every span of days: 'not recorded' is not 'outside'."""
        if self.kinds and edge.kind not in self.kinds:
            return False
        if self.strengths and edge.strength not in self.strengths:
            return False
        first, last = edge.first or edge.last, edge.last or edge.first
        if first is None or last is None:
            return True
        return not (self.since and last < self.since) and not (self.until and first > self.until)


EVERYTHING = Choice(frozenset(), frozenset(), None, None)


def edge_id(tie: Tie) -> str:
    """A short id of a link, the same wherever and from whichever end it is asked: its ends, kind and way."""
    ends = sorted((tie.from_id, tie.to_id))
    return hashlib.sha256("\x1f".join((*ends, tie.kind, tie.through)).encode()).hexdigest()[:16]


def record_address(record: str) -> str:
    """Where a record is opened."""
    return f"/record/{quote(record, safe='')}"


def record_words(versions: Sequence[Event], day: Callable[[datetime], str]) -> str:
    """A record in a few words: its kind and day. Versions that conflict are told so, with the day that each gives."""
    label = versions[0].label
    days = dict.fromkeys(day(e.started) if e.started else "date not recorded" for e in versions)
    conflict = f" ({len(versions)} versions conflict)" if len(versions) > 1 else ""
    return f"{RECORD_WORDS.get(label, label)}, {' or '.join(days)}{conflict}"


def source_of(record: str, versions: Sequence[Event]) -> Source:
    """A record as a link's source: what kind it is, whose, and from when; by each version of it that stands."""
    if not versions:
        return Source(record, "Record", "", None, None, record_address(record))
    days = {utc_to_london(event.started).date() if event.started else None for event in versions}
    return Source(
        record,
        record_words(versions, lambda started: instant_words(started, "day")),
        versions[0].agency,
        " or ".join(dict.fromkeys(filter(None, map(_grade, versions)))) or None,
        days.pop() if len(days) == 1 else None,
        record_address(record),
    )


def _grade(event: Event) -> str:
    facts = {fact.name: fact.value for fact in event.facts}
    return facts.get("source grade", "")[:1] + facts.get("assessment grade", "")[:1]


def _day(instant: datetime | None) -> date | None:
    return utc_to_london(instant).date() if instant else None


def _why(tie: Tie, words: str, captions: Mapping[str, Caption]) -> str:
    agencies = listed([agency_words(agency) for agency in tie.agencies])
    graded = f" Best grade: {grade_words(tie.grade)}." if tie.grade else ""
    return (
        f"{called(tie.from_id, tie.from_kind, captions)} and {called(tie.to_id, tie.to_kind, captions)}: {words}, "
        f"{period_words(_day(tie.first), _day(tie.last))}, by {count_words(len(tie.records), 'record')}"
        f"{' of ' + agencies if agencies else ''}.{graded}"
    )


def standing_words(tie: Tie) -> str:
    """How many independent sources a link has, how old it is, until when it holds, and what the way to it is worth."""
    said = [count_words(tie.sources, "independent source")]
    if tie.age is not None:
        said.append("last observed today" if tie.age == 0 else f"last observed {count_words(tie.age, 'day')} ago")
    if tie.review_by is None:
        said.append("nobody recorded when, so it has no review date")
    elif tie.faded:
        said.append(f"was to be reviewed by {day_words(tie.review_by)}: it has faded")
    else:
        said.append(f"review by {day_words(tie.review_by)}")
    words = "; ".join(said)
    if tie.verdict is not None:
        words += f". {said_words(tie)}"
    path = f" {path_words(tie)}" if tie.hop > 1 else ""
    return f"{capital(words)}.{path}"


def said_words(tie: Tie) -> str:
    """What a person said last of a link as it stands, in one sentence without its full stop."""
    standing = standing_of(tie.said)
    if standing is None:
        return ""
    what = "still holds" if standing.verdict == STILL else "no longer holds"
    return f"{standing.who} said on {day_words(standing.decided)} that it {what}"


def mark_of(tie: Tie) -> str | None:
    """What is marked of a link wherever it stands: said to hold no longer, or past its review date; None: neither."""
    if tie.verdict == NO_LONGER:
        return ENDED_WORDS
    return FADED_WORDS if tie.faded else None


def link_address(tie: Tie) -> str:
    """The page of a link: why it is here, and whether it still holds."""
    words = urlencode({"kind": tie.kind, "through": tie.through})
    return f"/link/{quote(tie.from_id, safe='')}/{quote(tie.to_id, safe='')}?{words}"


def path_words(tie: Tie) -> str:
    """What the best path to the thing that a tie reaches is worth: its weakest link."""
    grade = f", {grade_words(tie.path_grade)}" if tie.path_grade else ", ungraded"
    return f"The best path to here is as good as its weakest link: {tie.path_strength}{grade}."


def called(thing: str, kind: str, captions: Mapping[str, Caption]) -> str:
    """What to print for a thing: its caption, or its kind when no agency describes it."""
    caption = captions.get(thing)
    return caption.caption if caption else f"{KIND_WORDS.get(kind, kind)}, not described"


def address_of(thing: str, kind: str) -> str:
    """The page of a thing: opaque ids and kinds only, so that an address tells nobody anything."""
    return f"/child/{quote(thing, safe='')}" if kind == "Child" else f"/thing/{quote(kind)}/{quote(thing, safe='')}"


def edges_of(
    ties: Iterable[Tie], captions: Mapping[str, Caption], events: Mapping[str, Sequence[Event]], rule: str
) -> tuple[Edge, ...]:
    """The links of a network, one for each tie, each with its records and the sentence that says why it is here."""
    found: dict[str, Edge] = {}
    for tie in ties:
        words = f"{tie.kind} ({listed(list(tie.roles))})" if tie.roles else tie.kind
        edge = Edge(
            id=edge_id(tie),
            source=tie.from_id,
            target=tie.to_id,
            kind=tie.kind,
            words=capital(words),
            records=tuple(source_of(record, events.get(record, ())) for record in tie.records),
            agencies=tie.agencies,
            first=_day(tie.first),
            last=_day(tie.last),
            strength=tie.strength,
            mark=mark_of(tie),
            standing=standing_words(tie),
            why=_why(tie, words, captions),
            rule=rule,
            url=link_address(tie),
        )
        found.setdefault(edge.id, edge)
    return tuple(found.values())


def nodes_of(ties: Sequence[Tie], captions: Mapping[str, Caption], here: str, here_kind: str) -> tuple[Node, ...]:
    """The things of a network, the one it is about first. A hub says how many children know it, and is not followed."""
    kinds: dict[str, str] = {here: here_kind}
    hubs: dict[str, int | None] = {}
    paths = {tie.to_id: path_words(tie) for tie in ties if tie.hop > 1}
    for tie in ties:
        kinds.setdefault(tie.from_id, tie.from_kind)
        kinds.setdefault(tie.to_id, tie.to_kind)
        if tie.to_hub:
            hubs[tie.to_id] = tie.to_children
    return tuple(
        Node(
            id=thing,
            kind=kind,
            label=called(thing, kind, captions),
            here=thing == here,
            hub=thing in hubs,
            note=" ".join(filter(None, (_hub_note(hubs[thing]) if thing in hubs else "", paths.get(thing)))) or None,
            url=address_of(thing, kind),
        )
        for thing, kind in kinds.items()
    )


def _hub_note(children: int | None) -> str:
    many = f"at least {children:,} children" if children else "very many children"
    return f"Known to {many}, so its other links are not followed here."


def joined(nodes: Sequence[Node], edges: Sequence[Edge], here: str) -> tuple[Node, ...]:
    """The nodes that are still joined to something, and the one the page is about, once links are filtered."""
    ends = {here} | {edge.source for edge in edges} | {edge.target for edge in edges}
    return tuple(node for node in nodes if node.id in ends)
