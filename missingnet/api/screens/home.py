"""The start page: a search, and the jobs that people come to do."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from missingnet.api.reader import Asker, Counting, GuardedRoute
from missingnet.api.screens.render import render
from missingnet.graph import rulebook
from missingnet.graph.catalogue import catalogue

router = APIRouter(route_class=GuardedRoute)


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a job."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Job:
    """What somebody comes to do, and where it is done."""

    title: str
    words: str
    links: tuple[Link, ...]


def _rules(*wanted: str) -> tuple[Link, ...]:
    known = catalogue()
    return tuple(Link(rulebook.rule(rule).title, f"/q/{rule}") for rule in wanted if rule in known)


def jobs(asker: Asker) -> list[Job]:
    """The jobs (DOMAIN §1). Who sees no names has one."""
    counting = Job(
        "See how many, and how it goes",
        "Tables by month, home or care, age, district, length and distance; interviews offered and held in time.",
        (Link("All tables", "/tables"), Link("Episodes and children by month", "/tables/EPISODES-BY-MONTH")),
    )
    if not asker.reader.names:
        return [counting]
    files = (Link("Send files in, and see what became of every row", "/loads"),) if asker.may_load else ()
    return [
        Job(
            "See who and what is around a child",
            "Search above, and open the child: network, timeline, the rules that fired, and every source.",
            (
                Link("Search", "/search"),
                *_rules("MASE-3-IN-3M"),
                Link("Findings: what the rules name, and what is new", "/findings"),
            ),
        ),
        Job(
            "See who goes missing together, and who they know",
            "Children missing at the same time who share a companion, a place or an associate.",
            _rules("GROUP-MISSING", "SHARED-ASSOCIATE", "UNLISTED-IN-NETWORK", "CME-AND-MISSING"),
        ),
        Job(
            "See the places",
            "Where children are found and go missing from, which to visit first, and which places share people.",
            _rules("HOTSPOT", "PLACES-TO-VISIT", "LINKED-LOCATIONS"),
        ),
        Job(
            "See where agencies’ records differ",
            "Episodes that one agency alone holds, times that disagree, and times away nobody told the police of.",
            (
                Link("Police and council, side by side", "/reconcile"),
                *_rules("HIDDEN-MISSING"),
                Link("Who is who: records that may be of one child", "/matches"),
                Link("Links that nobody has looked at for long", "/links-due"),
            ),
        ),
        counting,
        Job(
            "See which clocks are running and which are broken",
            "Interviews, safe-and-well checks and screenings owed after a child comes back, by whom, and since when.",
            (
                Link("Clocks", "/clocks"),
                Link("Whose interview comes first: red, amber, green", "/triage"),
                *_rules("RHI-PERFORMANCE"),
            ),
        ),
        Job(
            "Prepare a meeting",
            "A pack with its marking, recipient and date, each line with its records.",
            (Link("MASE and operational group packs", "/packs"), *files),
        ),
    ]


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
async def start(request: Request, asker: Counting) -> HTMLResponse:
    """The start page."""
    return render(request, "home.html", asker, title="Start", jobs=jobs(asker))
