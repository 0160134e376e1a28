"""Invented networks and entries, and a page of the kind that the service serves, for the tests of what is drawn."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from markupsafe import escape

from missingnet.visualise import look
from missingnet.visualise.layout import lay_out
from missingnet.visualise.network import Edge, Node, Positions, Source, network_json, period_words
from missingnet.visualise.network_picture import network_legend, network_svg
from missingnet.visualise.timeline import Entry, entry_when, timeline_json, timeline_legend, timeline_svg

BUTTON = "govuk-button govuk-button--secondary mn-small"
HOSTILE = "</script><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">&'\" href=x"


def node(name: str, kind: str, label: str, *, here: bool = False, note: str | None = None) -> Node:
    return Node(name, kind, label, here, note is not None, note, f"/things/{name}")


def edge(
    name: str, source: str, target: str, words: str, strength: look.Strength, day: date | None, record: str = "Record"
) -> Edge:
    behind = Source(f"r-{name}", record, "West Midlands Police", "2 B", day, f"/record/r-{name}")
    kind = words.upper().replace(" ", "_")
    why = f"{record} says so."
    return Edge(
        name,
        source,
        target,
        kind,
        words,
        (behind,),
        (behind.agency,),
        day,
        day,
        strength,
        None,
        "",
        why,
        "CHILD-NETWORK",
        None,
    )


def around_child_a() -> tuple[list[Node], list[Edge]]:
    """A child, other children, associates, places, a phone and a vehicle: 12 things and 16 links."""
    nodes = [
        node("a", "Child", "Child A", here=True),
        node("b", "Child", "Child B"),
        node("c", "Child", "Child C"),
        node("d", "Child", "Child D"),
        node("x1", "Associate", "Adult X1"),
        node("x2", "Associate", "Adult X2"),
        node("street", "Place", "12 Example Street"),
        node("park", "Place", "Riverside Retail Park", note="A place with 61 other links, which are not followed."),
        node("phone", "Phone", "Phone ending 441"),
        node("car", "Vehicle", "Silver hatchback"),
        node("home", "Home", "Invented House"),
        node("school", "School", "Invented Academy"),
    ]
    september = date(2026, 9, 1)
    said = [
        ("a", "b", "went with", "strong"),
        ("a", "c", "linked to", "medium"),
        ("a", "park", "found at", "strong"),
        ("a", "park", "started at", "medium"),
        ("a", "street", "found at", "strong"),
        ("a", "phone", "uses", "medium"),
        ("a", "home", "lives at", "strong"),
        ("a", "school", "on the roll of", "strong"),
        ("x1", "phone", "uses", "medium"),
        ("x1", "car", "uses", "weak"),
        ("b", "street", "found at", "strong"),
        ("x1", "street", "lives at", "strong"),
        ("b", "x2", "seen with", "weak"),
        ("x2", "park", "seen at", "medium"),
        ("d", "b", "went with", "medium"),
        ("d", "park", "found at", "strong"),
    ]
    edges = [
        edge(f"e{n}", one, two, words, strength, september + timedelta(days=3 * n), "Police missing record")  # type: ignore[arg-type]
        for n, (one, two, words, strength) in enumerate(said)
    ]
    return nodes, edges


def beyond_x1() -> tuple[list[Node], list[Edge]]:
    """What expanding adult X1 adds: three things and five links, one of them between things already shown."""
    nodes = [
        node("x3", "Associate", "Adult X3"),
        node("e", "Child", "Child E"),
        node("hotel", "Place", "Station Hotel"),
    ]
    edges = [
        edge("n1", "x1", "x3", "linked to", "medium", date(2026, 10, 2)),
        edge("n2", "e", "x1", "met", "weak", date(2026, 10, 3)),
        edge("n3", "x1", "hotel", "seen at", "strong", date(2026, 10, 4)),
        edge("n4", "e", "hotel", "found at", "strong", None),
        edge("n5", "x1", "c", "linked to", "weak", date(2026, 10, 5)),
    ]
    return nodes, edges


def many(size: int, seed: int = 1) -> tuple[list[Node], list[Edge]]:
    """A network of a given size about one child, the same for the same seed."""
    chance = random.Random(seed)
    kinds = list(look.NODES)[:8]
    nodes = [node("n0", "Child", "Child A", here=True)]
    nodes += [
        node(f"n{n}", chance.choice(kinds), f"{chance.choice(['Thing', 'A longer name'])} {n}") for n in range(1, size)
    ]
    pairs = [(chance.randrange(min(n, 1 + n // 3)), n) for n in range(1, size)]
    pairs += [(chance.randrange(size // 2), chance.randrange(size // 2, size)) for _ in range(size // 2)]
    strengths: list[look.Strength] = list(look.LINKS)
    edges = [
        edge(f"m{n}", f"n{one}", f"n{two}", "linked to", chance.choice(strengths), date(2026, 9, 1 + n % 28))
        for n, (one, two) in enumerate(pairs)
    ]
    return nodes, edges


def two_months() -> list[Entry]:
    """Entries of most kinds, one of them on the last day and still open."""
    at = datetime
    return [
        Entry(
            "t1",
            "missing",
            at(2026, 9, 14, 19),
            at(2026, 9, 15, 14),
            "Missing 19 hours, high risk",
            "missing",
            "r1",
            None,
        ),
        Entry(
            "t2",
            "missing",
            at(2026, 9, 21, 20),
            at(2026, 9, 22, 22),
            "Missing 26 hours, medium risk",
            "missing",
            "r2",
            None,
        ),
        Entry("t3", "missing", at(2026, 10, 31, 20), None, "Missing, not yet found, high risk", "missing", "r3", None),
        Entry("t4", "away", at(2026, 9, 18, 17), at(2026, 9, 18, 21), "Absent 4 hours", "absent", "r4", None),
        Entry("t5", "found", at(2026, 9, 15, 14), None, "Riverside Retail Park", "found", "r1", None),
        Entry("t6", "found", at(2026, 9, 22, 22), None, "12 Example Street", "found", "r2", None),
        Entry("t7", "interview", at(2026, 9, 17, 10), None, "Held alone, independent", "interview", "r5", None),
        Entry("t8", "placement", date(2026, 3, 1), None, "Children's home, Invented House", "placement", "r6", None),
        Entry("t9", "school", date(2026, 10, 5), None, "Excluded for two days", "school", "r7", None),
    ]


def link_row(link: Edge, nodes: Sequence[Node]) -> str:
    label = {one.id: one.label for one in nodes}
    first = link.first.isoformat() if link.first else ""
    cells = (label[link.source], link.words, label[link.target], link.records[0].words)
    return (
        f'<tr class="govuk-table__row" data-link-id="{escape(link.id)}">'
        + "".join(f'<td class="govuk-table__cell">{escape(cell)}</td>' for cell in cells)
        + f'<td class="govuk-table__cell" data-sort-value="{first}">{period_words(link.first, link.last)}</td>'
        f'<td class="govuk-table__cell">{look.LINKS[link.strength].words}</td><td class="govuk-table__cell">'
        f'<button type="button" class="mn-show" data-show-link="{escape(link.id)}" data-needs-js hidden>Show</button>'
        "</td></tr>"
    )


def _boxes(name: str, values: Sequence[tuple[str, str]]) -> str:
    return "".join(
        f'<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" name="{name}" '
        f'id="{name}-{n}" value="{escape(value)}" checked><label class="govuk-label govuk-checkboxes__label" '
        f'for="{name}-{n}">{escape(words)}</label></div>'
        for n, (value, words) in enumerate(values)
    )


def network_section(nodes: Sequence[Node], edges: Sequence[Edge], positions: Positions) -> str:
    kinds = sorted({(one.kind, one.words) for one in edges})
    strengths = [(name, one.words) for name, one in look.LINKS.items()]
    buttons = "".join(
        f'<button type="button" id="network-{name}" class="{BUTTON}"{rest}>{words}</button>'
        for name, words, rest in (
            ("expand", "Expand", " disabled"),
            ("undo", "Undo expand", " disabled"),
            ("zoom-in", "Zoom in", ""),
            ("zoom-out", "Zoom out", ""),
            ("fit", "Fit", ""),
        )
    )
    picture = network_svg(nodes, edges, positions, "Network of Child A", "The table has the same links.")
    heads = "".join(
        f'<th scope="col" class="govuk-table__header" aria-sort="none">{word}</th>'
        for word in ("From", "Link", "To", "Record", "When", "Strength")
    )
    legend = (
        '<fieldset class="govuk-fieldset mn-tight"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">'
    )
    small = '<div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes">'
    return f"""
<h2 class="govuk-heading-m mn-section" id="network-title">Network</h2>
<section class="mn-network" id="network" aria-labelledby="network-title" data-expand-url="/expand">
 <form class="mn-network__filters" id="network-filters" method="get">
  {legend}Kind of link</legend>{small}{_boxes("kind", kinds)}</div></fieldset>
  {legend}Strength</legend>{small}{_boxes("strength", strengths)}</div></fieldset>
  <div class="govuk-form-group mn-tight">
   <label class="govuk-label govuk-label--s" for="filter-from">Observed from</label>
   <input class="govuk-input" type="date" id="filter-from" name="from">
   <label class="govuk-label govuk-label--s" for="filter-to">to</label>
   <input class="govuk-input" type="date" id="filter-to" name="to"></div>
  <button type="submit" class="{BUTTON}" data-without-js>Filter</button>
  <button type="reset" class="{BUTTON}" data-needs-js hidden>Show everything</button>
 </form>
 <div class="mn-network__picture">
  {network_legend(nodes, edges)}
  <div id="network-tools" class="mn-tools" data-needs-js hidden>{buttons}</div>
  <p class="govuk-visually-hidden" id="network-keys">Arrow keys move, Enter expands, Escape clears.</p>
  <div id="network-canvas" class="mn-canvas" tabindex="0" role="application" aria-label="Network of Child A"
    aria-describedby="network-keys" data-needs-js hidden></div>
  <div id="network-picture" class="mn-picture" data-without-js>{picture}</div>
  <p id="network-status" class="mn-status" role="status"></p>
  <p id="network-count" class="govuk-body-s" data-found="{len(edges)}">Showing {len(edges)} of {len(edges)} links.</p>
 </div>
 <aside class="mn-network__panel" aria-labelledby="network-panel-title">
  <h2 class="govuk-heading-m" id="network-panel-title">Selected</h2>
  <div id="network-panel"><p class="govuk-body-s">Choose a shape or a line.</p></div>
 </aside>
</section>
<script type="application/json" id="network-data">{network_json(nodes, edges, positions)}</script>
<div class="mn-scroll" role="region" aria-labelledby="links-caption" tabindex="0">
 <table class="govuk-table" id="links-table" data-module="moj-sortable-table">
  <caption id="links-caption" class="govuk-table__caption govuk-table__caption--m">All links in this view</caption>
  <thead class="govuk-table__head"><tr class="govuk-table__row">{heads}<td></td></tr></thead>
  <tbody class="govuk-table__body" id="links-rows">{"".join(link_row(one, nodes) for one in edges)}</tbody>
 </table></div>"""


def timeline_section(entries: Sequence[Entry], since: date, until: date) -> str:
    buttons = "".join(
        f'<button type="button" id="timeline-{name}" class="{BUTTON}">{words}</button>'
        for name, words in (("zoom-in", "Zoom in"), ("earlier", "Earlier"), ("later", "Later"), ("fit", "Fit"))
    )
    items = "".join(
        f'<div class="moj-timeline__item" data-entry-id="{escape(one.id)}" tabindex="-1">'
        f'<div class="moj-timeline__header">'
        f'<h4 class="moj-timeline__title">{escape(look.MARKS[one.kind].words)}</h4></div><p class="moj-timeline__date">'
        f'{entry_when(one)}</p><div class="moj-timeline__description">{escape(one.words)}</div></div>'
        for one in entries
    )
    return f"""
<h2 class="govuk-heading-m mn-section" id="timeline-title">Timeline</h2>
<section class="mn-timeline" id="timeline" aria-labelledby="timeline-title">
 {timeline_legend(entries)}
 <div id="timeline-tools" class="mn-tools" data-needs-js hidden>{buttons}</div>
 <div id="timeline-canvas" tabindex="0" role="application" aria-label="Timeline of Child A" data-needs-js hidden></div>
 <div id="timeline-picture" class="mn-picture" data-without-js>
  {timeline_svg(entries, since, until, "Timeline of Child A", "The list has the same entries.")}</div>
 <p id="timeline-status" class="mn-status" role="status"></p>
</section>
<script type="application/json" id="timeline-data">{timeline_json(entries, since, until)}</script>
<h3 class="govuk-heading-s">The same entries as a list</h3>
<div class="moj-timeline" id="timeline-list">{items}</div>"""


def page(
    nodes: Sequence[Node], edges: Sequence[Edge], entries: Sequence[Entry], positions: Positions | None = None
) -> str:
    """A whole page: marking, identity bar, network, table, timeline, list."""
    where = positions or lay_out(nodes, edges)
    drawn = network_section(nodes, edges, where) + timeline_section(entries, date(2026, 9, 1), date(2026, 10, 31))
    return (
        """<!DOCTYPE html>
<html lang="en" class="govuk-template"><head><meta charset="utf-8"><title>Child A – MissingNet</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/static/favicon.svg">
<link rel="stylesheet" href="/static/vendor/govuk.css"><link rel="stylesheet" href="/static/vendor/vis.css">
<link rel="stylesheet" href="/static/missingnet.css"><script type="module" src="/static/app.js"></script>
<script type="module" src="/static/network.js"></script><script type="module" src="/static/timeline.js"></script></head>
<body class="govuk-template__body"><script nonce="{nonce}">
document.body.className += " js-enabled govuk-frontend-supported";</script>
<header><div class="mn-marking"><div class="mn-width"><strong>OFFICIAL-SENSITIVE</strong>
<span>Viewing as a coordinator · every view is logged</span></div></div></header>
<div class="govuk-width-container mn-width"><main class="govuk-main-wrapper mn-main" id="main-content">
<div class="mn-identity"><div><span class="govuk-caption-m">Council reference 100231</span>
<h1 class="govuk-heading-l">Child A</h1><p class="mn-tags">
<strong class="govuk-tag govuk-tag--red">Three times in 90 days</strong></p></div>
<div class="mn-actions"><a class="govuk-button mn-small" role="button" href="#pack">Make a meeting pack</a></div></div>
"""
        + drawn
        + "</main></div></body></html>"
    )
