"""What earlier meetings agreed for the child: who was to do what by when, whether it was done, and what it changed."""

from __future__ import annotations

from missingnet.graph.answers.events import Event
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import TIMELINE
from missingnet.visualise.pack.reading import fact, moment, own, said
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import NOT_RECORDED


def _impact(event: Event) -> str:
    """Whether it had any, and which, as the records say; what is not recorded is not 'none'."""
    told = {"yes": "Had impact", "no": "Had none"}.get((fact(event, "had impact") or "").casefold())
    parts = [part for part in (told, fact(event, "impact")) if part]
    return ": ".join(parts) or NOT_RECORDED


def _actions(pack: Gathered) -> list[Block]:
    """First what is not done, then the newest."""
    events = sorted(own(pack, "Action"), key=lambda event: fact(event, "done") is not None)
    lines = [
        Line(
            (
                said(event, "what"),
                said(event, "owner"),
                moment(event, "agreed"),
                moment(event, "due"),
                moment(event, "done") if fact(event, "done") else "not done",
                _impact(event),
            ),
            (event.record,),
        )
        for event in events
    ]
    columns = (
        ("Action", 5),
        ("Owner", 2.6),
        ("Agreed", 2),
        ("Due", 2),
        ("Done", 2),
        ("Impact, as recorded", 3.6),
    )
    return table("Not done first, then the newest", columns, lines)


SECTION = Section(
    name="actions_agreed",
    title="What was agreed, done, and changed",
    source="A child’s agenda: what has been agreed and done, and its impact (Procedures; Framework)",
    parts=(Part(None, (TIMELINE,), _actions, empty="No action of a meeting is recorded."),),
)
