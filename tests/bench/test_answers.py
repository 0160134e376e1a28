"""How long answers take on 50,000 children, each against something measured in the same run (issue 3, 'Speed')."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from neo4j.exceptions import DriverError, Neo4jError

from missingnet.graph import catalogue
from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.gone import Children, is_hub
from missingnet.graph.answers.group_missing import GroupMissingFact
from missingnet.graph.answers.missing_together import pair_meetings
from missingnet.graph.natives import native
from tests.bench.columns import Pair, columns
from tests.bench.graph import AS_AT, CIRCLE, place_key
from tests.bench.loaded import Loaded
from tests.bench.service import Bare, Service
from tests.bench.table import line, ms, percentile

pytestmark = pytest.mark.bench

ASKED = 40
WARMING = 10
RUNS = 10
"""Runs of which the least counts, on both sides: a service that has run for a while has been warm for long."""
CLASSES = 1_000
"""More classes than the benches' records have."""
OVER_EVERYTHING = 5
"""Warm runs of a question over everything."""
NAIVE_SECONDS = 60.0
"""The naive question is stopped after so long, where the engine's own ten seconds did not stop it before."""

_NAIVE = """
MATCH (a:Child)-[h:HAD]->(x:Episode), (b:Child)-[k:HAD]->(y:Episode)
WHERE a.id < b.id AND x.kind = 'missing' AND y.kind = 'missing'
  AND x.started < $until AND x.ended > $since AND y.started < $until AND y.ended > $since
  AND x.started < y.ended AND y.started < x.ended
RETURN count(*) AS pairs"""


@pytest.mark.parametrize("rule", ["CHILD-NETWORK", "CHILD-TIMELINE", "CHILD-IDENTITY", "THING-NETWORK"])
def test_the_gate_and_http_cost_at_most_half_as_much_again(
    bench: Loaded, served: Service, driver: Bare, rule: str
) -> None:
    name = "thing" if rule == "THING-NETWORK" else "child"
    path = catalogue.question(rule).path or ""

    def about(number: int) -> str:
        return _known(bench, driver, number // CIRCLE) if name == "thing" else bench.child(number)

    first = served.first(path.replace(f"{{{name}}}", about(1)))
    line(f"{rule} the first time, until answered", bench.engine, "none", f"{first:.1f} s")
    through, alone = [], []
    step = bench.graph.children // (ASKED + WARMING)
    for turn in range(ASKED + WARMING):
        number = turn * step + 3
        one, times = about(number), {}
        for who in ("service", "driver") if turn % 2 else ("driver", "service"):
            if who == "service":
                times[who], _ = served.ask(path.replace(f"{{{name}}}", one))
            else:
                times[who], _ = driver.ask(rule, AS_AT, **{name: one})
        if turn >= WARMING:
            through.append(times["service"])
            alone.append(times["driver"])
    ratio = median(through) / median(alone)
    target = 1.5 if bench.engine == "neo4j" else 2.0
    figure = f"{ratio:.2f}× ({ms(median(through))} / {ms(median(alone))})"
    line(f"{rule} by HTTP with the gate / driver alone, p50", bench.engine, f"≤ {target}×", figure, ratio <= target)


def _known(bench: Loaded, driver: Bare, circle: int) -> str:
    """A place of the circle's own, or the next circle's, where somebody was found: chance leaves some places out."""
    circles = bench.graph.children // CIRCLE
    names = (f"circle-{(circle + further) % circles}-{n}" for further in range(circles) for n in range(3))
    spots = (bench.thing(place_key(name)) for name in names)
    return next(spot for spot in spots if driver.ask("THING-NETWORK", AS_AT, thing=spot)[1])


def test_two_ties_around_a_child_are_quick(bench: Loaded, served: Service, driver: Bare) -> None:
    chosen = []
    for number in bench.graph.planted:
        _, rows = driver.ask("CHILD-NETWORK", AS_AT, child=bench.child(number), hops=2)
        around = len({row["to_id"] for row in rows} | {row["from_id"] for row in rows}) - 1
        if 50 <= around <= 150:
            chosen.append((bench.child(number), around))
    assert len(chosen) >= min(20, len(bench.graph.planted) // 2), f"only {len(chosen)} children with 50 to 150 around"
    took = [served.ask(f"/children/{child}/network", hops=2)[0] for child, _ in chosen]
    target = 0.150 if bench.engine == "neo4j" else 0.400
    worst = percentile(took, 0.95)
    sizes = [around for _, around in chosen]
    figure = f"{ms(worst)} (p50 {ms(median(took))}; {min(sizes)}–{max(sizes)} around)"
    line("CHILD-NETWORK, two ties, p95", bench.engine, f"≤ {ms(target)}", figure, worst <= target)


@dataclass(frozen=True)
class Answered:
    """GROUP-MISSING asked with the access test, of one who sees all: how long, and what was found."""

    seconds: float
    of_engine: float
    """Of these, seconds until the engine's rows were here."""
    facts: list[GroupMissingFact]
    shown: Sequence[Row]


def _together(driver: Bare, **settled: Any) -> Answered:
    question = catalogue.question("GROUP-MISSING")
    began = time.perf_counter()
    of_engine, found = driver.run(question.text_now, as_at=AS_AT, about=None, visible=[True] * CLASSES, **settled)
    facts = [GroupMissingFact(**{name: native(value) for name, value in row.items()}) for row in found]
    shown, _ = GroupMissingFact.derive(facts, Asked(question.rule, settled, AS_AT, None))
    return Answered(time.perf_counter() - began, of_engine, facts, shown)


def _pairs(facts: list[GroupMissingFact], settled: dict[str, Any]) -> set[Pair]:
    children = Children(facts, Asked("GROUP-MISSING", settled, AS_AT, None))
    hubs = {(fact.way, fact.shared_id) for fact in facts if is_hub(fact, settled["hub_children"])}
    return {
        (way, thing, frozenset(stay.gone.record for stay in meeting.stays))
        for (way, thing), stays in children.beside.items()
        if (way, thing) not in hubs
        for meeting in pair_meetings(way, thing, stays)
    }


def test_missing_together_in_a_month_against_columns(bench: Loaded, driver: Bare) -> None:
    asked = {"since": AS_AT - timedelta(days=31), "until": AS_AT}
    settled = catalogue.question("GROUP-MISSING").settle(asked, AS_AT)
    joined = []
    with columns(bench) as beside:
        for _ in range(RUNS):
            began = time.perf_counter()
            rows = beside.ask(**settled)
            joined.append(time.perf_counter() - began)
        of_columns = beside.pairs(rows)
    runs = [_together(driver, **settled) for _ in range(RUNS)]
    assert _pairs(runs[0].facts, settled) == of_columns, "both find the same pairs, beside the same things"
    assert runs[0].shown
    best = min(runs, key=lambda run: run.seconds)
    ratio = best.seconds / min(joined)
    what = f"GROUP-MISSING of a month / the same in DuckDB, {len(of_columns)} pairs"
    figure = f"{ratio:.1f}× ({ms(best.seconds)}, of them the engine's {ms(best.of_engine)} / {ms(min(joined))})"
    if bench.engine == "neo4j":
        line(what, bench.engine, "≤ 10×", figure, ratio <= 10)
    else:
        line(what, bench.engine, "none", figure)


def test_missing_together_in_a_week_against_the_naive_join(bench: Loaded, driver: Bare) -> None:
    asked = {"since": AS_AT - timedelta(days=7), "until": AS_AT}
    settled = catalogue.question("GROUP-MISSING").settle(asked, AS_AT)
    took = min(_together(driver, **settled).seconds for _ in range(RUNS))
    began = time.perf_counter()
    try:
        driver.run(_NAIVE, NAIVE_SECONDS, **asked)
        stopped = ""
    except (Neo4jError, DriverError):
        stopped = "≥ "
    naive = time.perf_counter() - began
    ratio = naive / took
    figure = f"{stopped}{ratio:.0f}× ({stopped}{naive:.1f} s / {ms(took)})"
    line("naive self-join of a week / GROUP-MISSING", bench.engine, "≥ 20×", figure, ratio >= 20)


@pytest.mark.parametrize(
    "rule",
    sorted(
        r for r, q in catalogue.catalogue().items() if q.path and not any(p.required for p in q.parameters.values())
    ),
)
def test_a_question_over_everything_is_quick(bench: Loaded, served: Service, rule: str) -> None:
    """Each time as at another minute, so that no answer is kept from the time before; the first asks cold."""
    path = catalogue.question(rule).path or ""
    replies = [
        served.client.get(path, params={"as_at": f"2026-11-01T00:{turn:02}", "limit": 100})
        for turn in range(1 + OVER_EVERYTHING)
    ]
    failed = [reply.status_code for reply in replies if reply.status_code != 200]
    cold, *warm = (reply.elapsed.total_seconds() for reply in replies)
    worst = percentile(warm, 0.95)
    target = 0.5 if bench.graph.episodes <= 20_000 else 1.0 if bench.engine == "neo4j" else 6.0
    found = f"{len(failed)} of {len(replies)} not answered" if failed else f"{replies[-1].json()['total']} rows"
    figure = f"{ms(worst)} (cold {ms(cold)}), {found}"
    line(f"{rule} over everything, p95", bench.engine, f"≤ {ms(target)}", figure, worst <= target and not failed)


def test_the_service_stays_small(bench: Loaded, served: Service) -> None:
    held = served.memory()
    line("memory of the service, at its most", bench.engine, "≤ 400 MB", f"{held:.0f} MB", held <= 400)
