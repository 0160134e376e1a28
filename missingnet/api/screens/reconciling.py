"""The page a data officer works from: where police's and councils' records differ, by month and home, and the trend.

All of it is one answer (POLICE-COUNCIL-MISMATCH, with what agrees): list, counts, trend and file cannot differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from missingnet.api import judging, refusals
from missingnet.api.agreement import compared, trend_of
from missingnet.api.asks import Asking, JudgeAsking, rows_of
from missingnet.api.judgement_routes import lines_of
from missingnet.api.reader import GuardedRoute
from missingnet.api.refusals import Refused
from missingnet.api.screens.render import render
from missingnet.api.screens.source_words import source_words
from missingnet.api.screens.tables import things_in
from missingnet.api.spreadsheet import csv_text
from missingnet.api.tabling import NONE_WITH_CONDITIONS
from missingnet.graph import access
from missingnet.graph.answers.disagreements import OPEN, STATES, said_of
from missingnet.graph.answers.events import Event
from missingnet.graph.answers.people_said import standing_of
from missingnet.graph.answers.police_council_mismatch import Mismatch
from missingnet.graph.lookups import held
from missingnet.graph.terms import MARKING
from missingnet.graph.times import utc_to_london
from missingnet.visualise.words import agency_words

router = APIRouter(route_class=GuardedRoute, include_in_schema=False)

#: Lines on one page; how many there are is always said.
SHOWN: Final = 50
_COLUMNS: Final = (
    "Month",
    "Differs in",
    "Should look",
    "Hours between starts",
    "Hours between ends",
    "Records",
    "State",
)
_Day = Annotated[str, Query(max_length=10)]
_Word = Annotated[str, Query(max_length=60)]
_Reason = Annotated[str, Form(max_length=4000)]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which period's lines to show, and which of them; an empty word shows all."""

    since: str = ""
    until: str = ""
    month: str = ""
    agency: str = ""
    difference: str = ""
    home: str = ""
    state: str = ""

    def address(self, line: Mismatch | None = None) -> str:
        """The page that shows the same, at a line."""
        words = urlencode({name: value for name, value in asdict(self).items() if value})
        return f"/reconcile?{words}{f'#l-{line.sides[0].record}' if line else ''}"

    def of(self, rows: Sequence[Mismatch]) -> list[Mismatch]:
        """The lines that differ and fit."""
        return [row for row in rows if self._but_for_state(row) and self.state in ("", row.state)]

    def by_state(self, rows: Sequence[Mismatch]) -> list[tuple[str, int]]:
        """How many of the lines that fit otherwise are in each state."""
        counts = Counter(row.state for row in rows if self._but_for_state(row))
        return [(state, counts[state]) for state in STATES]

    def _but_for_state(self, row: Mismatch) -> bool:
        return (
            bool(row.differences)
            and self.month in ("", row.month)
            and (not self.agency or self.agency in row.look)
            and (not self.difference or self.difference in row.differences)
            and self.home in ("", row.home_id or "none")
        )


async def asked_choice(
    since: _Day = "",
    until: _Day = "",
    month: _Word = "",
    agency: _Word = "",
    difference: _Word = "",
    home: _Word = "",
    state: _Word = "",
) -> Choice:
    """What was chosen, in a page's address."""
    return Choice(since, until, month, agency, difference, home, state)


AskedChoice = Annotated[Choice, Depends(asked_choice)]


@router.get("/reconcile", response_class=HTMLResponse)
async def reconcile_page(
    request: Request, asks: Asking, choice: AskedChoice, page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> HTMLResponse:
    """The lines that differ, with both sides' records, who should look and how each stands; what may be chosen; and
    the trend."""
    answer = await compared(request, asks, choice.since, choice.until)
    rows = rows_of(answer, Mismatch)
    lines = choice.of(rows)
    shown = lines[(page - 1) * SHOWN : page * SHOWN]
    differ = [row for row in rows if row.differences]
    homes = {row.home_id for row in differ if row.home_id}
    captions = await asks.captions({*things_in(shown), *homes})
    told = await asks.events({record for row in shown for record in row.records})
    named = {one: captions[one].caption for one in homes if one in captions}
    return render(
        request,
        "reconcile.html",
        asks.asker,
        title="Where police and council records differ",
        rows=[(row, said_of(row)) for row in shown],
        start=(page - 1) * SHOWN,
        total=len(lines),
        page=page,
        more=page * SHOWN < len(lines),
        notes=answer.notes,
        trend=trend_of(rows, home=choice.home),
        by_state=choice.by_state(rows),
        captions=captions,
        sources=source_words(told),
        picked=asdict(choice),
        months=sorted({row.month for row in differ}),
        agencies=sorted({one for row in differ for one in row.look}),
        differences=sorted({one for row in differ for one in row.differences}),
        homes=sorted(named.items(), key=lambda item: item[1]),
        states=STATES,
        # What is said is said of the present: who looks at another time looks only.
        may_say=asks.asker.may_judge and not asks.moment.typed,
        as_at=asks.moment.as_at,
        known_at=asks.moment.known_at,
    )


@router.post("/reconcile/lines")
async def say_of_line(
    request: Request,
    asks: JudgeAsking,
    choice: AskedChoice,
    record: Annotated[list[str], Form(max_length=60)],
    said: Annotated[list[str], Form(max_length=200)],
    verdict: Annotated[str, Form(max_length=20)] = "",
    reason: _Reason = "",
) -> Response:
    """Record how a line stands, as the person saw it, and show the list again at that line."""
    word = judging.verdict_in(verdict, "line")
    line = judging.line_of(await lines_of(request, asks, choice.since, choice.until), record, said)
    await judging.judge_line(asks, line, word, reason)
    return RedirectResponse(choice.address(line), status_code=303)


@router.post("/reconcile/lines/{judgement}/undo")
async def undo(asks: JudgeAsking, choice: AskedChoice, judgement: str, reason: _Reason = "") -> Response:
    """Undo what was said of a line, and show the list again."""
    await judging.undo(asks, judgement, reason)
    return RedirectResponse(choice.address(), status_code=303)


@router.get("/reconcile/lines.csv")
async def lines_file(request: Request, asks: Asking, choice: AskedChoice) -> Response:
    """The lines at which an agency should look, to send to it: only those whose every record its people may see.

    Records are named by their own agencies' references, and no child by name. It is in the audit before it leaves.

    :raises Refused: nobody of that agency is known here, so it cannot be said what they may see.
    """
    agency = choice.agency
    known = request.app.state.door.readers().values()
    theirs = [one for one in known if one.agency == agency and not one.only_audits]
    if not theirs:
        raise Refused(refusals.NOT_UNDERSTOOD, "No reader of that agency is known here. Name another agency.")
    # By nothing that only the sender may know: that a line is left out would tell of its state.
    choice = Choice(choice.since, choice.until, choice.month, agency)
    lines = choice.of(rows_of(await compared(request, asks, choice.since, choice.until), Mismatch))
    to = asks.leaving(theirs)
    records = {record for row in lines for record in (*row.records, *(one.judgement for one in row.said))}
    classes = await held(asks.store, sorted(records))
    seen = {
        record for record, found in classes.items() if access.leaves(to.asker.reader, asks.asker.purpose, found.access)
    }
    lines = [row for row in lines if set(row.records) <= seen]
    told = await asks.events({record for row in lines for record in row.records})
    shown, rested = sorted({row.child_id for row in lines}), sorted({r for row in lines for r in row.records})
    await to.release("reconciliation lines", agency, shown=shown, records=rested)
    name = 'attachment; filename="missingnet-reconciliation.csv"'
    return Response(
        written(lines, told, seen, agency), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


def written(lines: Sequence[Mismatch], told: Mapping[str, Sequence[Event]], seen: Collection[str], agency: str) -> str:
    """The marking and for whom it is, then the lines as a table of text without formulas; times are London's.

    A state is given by what was said in a record that is among those ``seen``.
    """
    rows = []
    for row in lines:
        records = "; ".join(_record(row, number, told) for number in range(len(row.sides)))
        hours = ["" if value is None else str(value) for value in (row.start_apart, row.end_apart)]
        said = standing_of(one for one in row.said if one.judgement in seen)
        state = f"{said.verdict} ({utc_to_london(said.decided):%d/%m/%Y})" if said else OPEN
        rows.append((row.month, "; ".join(row.differences), "; ".join(row.look), *hours, records, state))
    first = (MARKING, f"For {agency_words(agency)}", f"Conditions: {NONE_WITH_CONDITIONS}")
    return csv_text([first, _COLUMNS, *rows])


def _record(row: Mismatch, number: int, told: Mapping[str, Sequence[Event]]) -> str:
    side = row.sides[number]
    reference = next((event.reference for event in told.get(side.record, ()) if event.reference), "record")
    form = "%d/%m/%Y" if side.precision == "day" else "%d/%m/%Y %H:%M"
    start, end = (
        f"{utc_to_london(moment):{form}}" if moment else "not recorded" for moment in (side.started, side.ended)
    )
    return f"{side.agency} {reference}: {side.kind}, {start} to {end}"
