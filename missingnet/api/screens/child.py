"""A child's page: who they are, the rules that fired, the network, the timeline, and the sources of all of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from missingnet.api import refusals
from missingnet.api.asks import Asking, Asks, by_record, rows_of
from missingnet.api.reader import GuardedRoute
from missingnet.api.refusals import Refused
from missingnet.api.screens import child_rules, words
from missingnet.api.screens.network_view import AskedChoice, undescribed, view_network, with_undescribed
from missingnet.api.screens.render import render
from missingnet.api.screens.source_words import source_words
from missingnet.api.screens.timeline_view import view_timeline
from missingnet.graph import times
from missingnet.graph.answers import Answer, Row
from missingnet.graph.answers.contradicted import SameBySealed
from missingnet.graph.answers.descriptions import Caption
from missingnet.graph.answers.events import Event
from missingnet.graph.answers.ties import Tie
from missingnet.visualise.words import RECORD_WORDS, age_on, list_words

router = APIRouter(route_class=GuardedRoute)
router.include_router(child_rules.router)


#: Identifiers that mean something inside one file only.
OF_ONE_FILE = ("pupil", "native-school")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of the identity bar, and where on the page its facts stand."""

    text: str
    colour: str
    href: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What one agency has told of the child, by kind of record."""

    agency: str
    label: str
    count: int
    events: tuple[Event, ...]


def tags_of(identity: Sequence[Event], timeline: Sequence[Event]) -> list[Tag]:
    """What stands beside the child's name: open episodes, lists and education. The rules that fired come after."""
    tags: list[Tag] = []
    for event in timeline:
        if event.label == "Episode" and event.open and event.tie == "own":
            tags.append(Tag(f"{(event.kind or 'missing').capitalize()} now", "red", "#timeline-title"))
    for event in identity:
        address = f"/record/{event.record}"
        if event.label == "ListEntry" and event.open:
            tags.append(Tag(f"Listed: {list_words(event.kind)}", "pink", address))
        elif event.label == "MissingEducation" and event.open:
            tags.append(Tag("Missing from education", "orange", address))
    seen: dict[str, Tag] = {}
    for tag in tags:
        seen.setdefault(tag.text, tag)
    return list(seen.values())


def sources_of(events: Sequence[Event]) -> list[SourceLine]:
    """The sources: per agency and kind of record, how many, and each of them to open, in each version that stands."""
    found: dict[tuple[str, str], dict[str, Event]] = {}
    for event in events:
        found.setdefault((event.agency, event.label), {})[event.version] = event
    return [
        SourceLine(agency, RECORD_WORDS.get(label, label), len({e.record for e in told.values()}), tuple(told.values()))
        for (agency, label), told in sorted(found.items())
    ]


def facts_of(caption: Caption, today: date) -> list[tuple[str, str]]:
    """The line under the child's name; what nobody recorded is left to the table of descriptions."""
    age = age_on(caption.born, today)
    facts = [("Born", f"{words.day(caption.born)}{f' (age {age})' if age is not None else ''}")] if caption.born else []
    facts += [("Sex", caption.sex)] if caption.sex else []
    facts += [("Also known as", ", ".join(caption.aliases))] if caption.aliases else []
    facts += [("Postcode", caption.postcode)] if caption.postcode else []
    return facts


def references_of(caption: Caption) -> str:
    """The agencies' own references to the child, in words."""
    known = [text for told in caption.descriptions for text in told.identifiers]
    found = dict.fromkeys(words.identifier(text) for text in known if not text.startswith(OF_ONE_FILE))
    return " · ".join(found)


async def _captions_and_events(
    asks: Asks, child: str, ties: Sequence[Tie], events: Sequence[Event]
) -> tuple[dict[str, Caption], dict[str, tuple[Event, ...]]]:
    """What to call everything on the page, and every record behind it in words."""
    things = {child} | {tie.from_id for tie in ties} | {tie.to_id for tie in ties}
    things |= {thing.id for event in events for thing in event.things}
    records = {record for tie in ties for record in tie.records}
    captions, told = await asyncio.gather(asks.captions(things), asks.events(records))
    return captions, by_record([*(event for versions in told.values() for event in versions), *events])


@router.get("/child/{child}", response_class=HTMLResponse, include_in_schema=False)
async def child_page(
    request: Request,
    asks: Asking,
    child: str,
    choice: AskedChoice,
    hops: Annotated[int, Query(ge=1, le=3)] = 1,
) -> HTMLResponse:
    """The page of one child; one that is hidden and one that does not exist are the same 404.

    The rules that fired are a part of their own (``child_rules``): they are asked over all children, and the network
    need not wait for them.
    """
    described, network, identity, line, sealed = await asyncio.gather(
        asks.captions([child]),
        asks.ask("CHILD-NETWORK", child=child, hops=hops),
        asks.ask("CHILD-IDENTITY", child=child),
        asks.ask("CHILD-TIMELINE", child=child),
        asks.ask("SAME-BY-SEALED", thing=child),
    )
    if child not in described and not (network.rows or identity.rows or line.rows):
        raise Refused(refusals.NOT_FOUND)
    here = described.get(child) or undescribed(child, "Child")
    if here.thing_kind != "Child":
        raise Refused(refusals.NOT_FOUND)
    ties: list[Tie] = rows_of(network, Tie)
    standing: list[Event] = rows_of(identity, Event)
    events: list[Event] = rows_of(line, Event)
    captions, told = await _captions_and_events(asks, child, ties, [*standing, *events])
    captions = with_undescribed({**captions, child: here}, ties)
    moment = asks.moment
    today = times.utc_to_london(moment.as_at).date()
    net = view_network(
        ties,
        captions,
        told,
        rule="CHILD-NETWORK",
        here=child,
        here_kind="Child",
        choice=choice,
        notes=network.notes,
        carried=moment.typed,
        action=f"/child/{child}",
        expand_url=f"/children/{child}/network/expand",
        hops=hops,
        empty="No links to other people, places or things are recorded.",
    )
    view = view_timeline(
        events,
        captions,
        here=child,
        name=here.caption,
        as_at=moment.as_at,
        empty="No episodes or other events are recorded.",
    )
    return render(
        request,
        "child.html",
        asks.asker,
        title=here.caption,
        as_at=moment.as_at,
        known_at=moment.known_at,
        typed=dict(moment.typed),
        caption=here,
        facts=facts_of(here, today),
        references=references_of(here),
        tags=tags_of(standing, events),
        sealed=rows_of(sealed, SameBySealed),
        rules_at=child_rules.rules_address(child, moment),
        net=net,
        line=view,
        captions=captions,
        sources=source_words(told),
        standing=[event for event in standing if event.label != "Description"],
        source_lines=sources_of([*standing, *events]),
        notes=notes_of(identity, line),
    )


def notes_of(*answers: Answer[Row] | None) -> list[str]:
    """The notes of several answers, each once."""
    return list(dict.fromkeys(note for answer in answers if answer for note in answer.notes))
