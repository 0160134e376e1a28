"""What the rules name now, for this reader's role first: what is new, changed, still there, or gone; and what people
say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from missingnet.api import findings_said, judging, refusals
from missingnet.api.asks import JudgeAsking, PresentAsking
from missingnet.api.findings_said import ELSEWHERE, SaidOf
from missingnet.api.moments import NotAMoment, moment_in
from missingnet.api.reader import GuardedRoute
from missingnet.api.refusals import Refused
from missingnet.api.screens.message import wants_page
from missingnet.api.screens.render import render
from missingnet.api.watches import A_WEEK, Watches
from missingnet.api.watching import Finding, Watched
from missingnet.graph import rulebook, times
from missingnet.graph.answers import plain
from missingnet.graph.answers.findings import WHATS
from missingnet.graph.judgements import VERDICTS

router = APIRouter(route_class=GuardedRoute, tags=["findings"])

#: Findings on one page; how many there are is always said.
SHOWN = 50
_SINCE = Annotated[str | None, Query(description="New since when: a day such as 2026-10-31. Left out: the last week.")]
_RULE = Annotated[str | None, Query(description="Only this rule's findings.", max_length=60)]
#: The counts of a rule that names nobody.
_NONE: Final[Mapping[str, int]] = dict.fromkeys((*WHATS, *VERDICTS["finding"]), 0)
#: How a finding may stand, by what people say of it.
STANDS: Final = ("open", "acknowledged", "dismissed")
_STANDS = Annotated[
    Literal["open", "acknowledged", "dismissed"] | None,
    Query(description="Only those that nobody said anything of as they now are, or those of which this was said."),
]
_REASON = Annotated[str, Form(max_length=4000)]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of the findings the page was asked for, to be carried along by its links and forms."""

    since: str | None
    rule: str | None
    stands: str | None
    role: str | None

    @property
    def typed(self) -> dict[str, str]:
        """What was asked for, as an address has it."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        return urlencode(self.typed)

    @property
    def rules(self) -> tuple[str, ...] | None:
        """The rules of the role whose page it is; None: every rule."""
        return rulebook.roles()[self.role].rules if self.role else None


def _chosen(
    since: _SINCE = None,
    rule: _RULE = None,
    stands: _STANDS = None,
    role: Annotated[str | None, Query(description="Only the rules of this role's page.", max_length=20)] = None,
) -> Chosen:
    if role and role not in rulebook.roles():
        raise Refused(refusals.NOT_UNDERSTOOD, f"A role is one of {', '.join(rulebook.roles())}.")
    return Chosen(since, rule, stands, role or None)


_Choice = Annotated[Chosen, Depends(_chosen)]


def since_of(typed: str | None, now: datetime) -> datetime:
    """From when a finding is new: the start of the day typed, else of the day a week ago."""
    try:
        day = times.utc_to_london(moment_in(typed) if typed else now - A_WEEK).date()
    except NotAMoment as error:
        raise Refused(refusals.NOT_UNDERSTOOD, str(error)) from error
    return times.start_of_day(day)


@router.post("/findings", status_code=202, summary="Ask every rule as at now, and note what is new")
async def begin(request: Request, asks: PresentAsking) -> Response:
    """Begin a watch as this reader; the page shows how far it is."""
    watches: Watches = request.app.state.watches
    watches.begin(asks)
    if wants_page(request):
        return RedirectResponse("/findings", status_code=303)
    return JSONResponse({"state": "running"}, status_code=202, headers={"Location": "/findings"})


@router.get("/findings", summary="What the rules name now: new, changed, still there and gone")
async def findings(
    request: Request,
    asks: PresentAsking,
    chosen: _Choice,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The findings of the last watch for this reader and purpose, those that were dismissed only where asked for.

    Where records have come in since, somebody may have withheld one of those they rest on: nothing of them is shown
    until the rules have been asked again, which begins by itself.
    """
    watches: Watches = request.app.state.watches
    found, fresh = await watches.read(asks)
    running = watches.running(asks.asker)
    if not fresh and (running is None or running.failed is None):
        watches.begin(asks)
        running = watches.running(asks.asker)
    from_when, rule, stands = since_of(chosen.since, asks.moment.as_at), chosen.rule, chosen.stands
    shown = found if fresh else None
    said = await findings_said.said_of(asks, shown.findings) if shown else {}
    stand = findings_said.stands(said)
    digest: Mapping[str, Mapping[str, int]] = shown.digest(from_when, stand) if shown else {}
    if chosen.rules is not None:
        # A role's page has all its rules, also those that name nobody: that is what its reader came to see.
        digest = {name: digest.get(name, _NONE) for name in chosen.rules}
    first = [name for name in rulebook.first_for(asks.asker.reader.roles) if name in digest]
    order = list(digest) if chosen.rules is not None else list(dict.fromkeys([*first, *digest]))
    ordered = _picked(shown, from_when, rule, order, stand, stands) if shown else []
    on_page = ordered[(page - 1) * SHOWN : page * SHOWN]
    told = on_page if wants_page(request) else ordered
    if shown:
        # It was found earlier, and somebody else sees it now.
        asked = {"rule": rule if rule in rulebook.rules() else None, "since": plain(from_when)}
        things = dict.fromkeys(thing for one in told for thing in one.things)
        await asks.looked("FINDINGS", asked, len(told), shown=list(things))
    if not wants_page(request):
        return JSONResponse(_as_json(shown, from_when, told, said, digest))
    captions = await asks.captions(thing for one in on_page for thing in one.things)
    return render(
        request,
        "findings.html",
        asks.asker,
        title="What the rules name now",
        running=running,
        watched=shown,
        since=from_when,
        typed={"since": chosen.since or ""},
        role=chosen.role,
        roles=rulebook.roles(),
        rule=rule,
        counts=[(name, digest[name]) for name in order],
        said=said,
        stand=stand,
        stands=stands,
        elsewhere=ELSEWHERE,
        verdicts=VERDICTS["finding"],
        standings=[
            (
                word,
                sum(_stands_so(one, stand, word) for one in shown.findings if one.rule in digest),
                replace(chosen, stands=word).query,
            )
            for word in STANDS
        ]
        if shown
        else [],
        undismissed=replace(chosen, stands=None).query,
        every_rule=replace(chosen, rule=None).query,
        rules=rulebook.rules(),
        findings=on_page,
        captions=captions,
        total=len(ordered),
        first=(page - 1) * SHOWN + 1,
        page=page,
        pages=max(1, -(-len(ordered) // SHOWN)),
        carried=chosen.typed,
    )


@router.post("/findings/said", include_in_schema=False)
async def say_of_finding(
    request: Request,
    asks: JudgeAsking,
    finding: Annotated[str, Form(max_length=60)],
    of: Annotated[str, Form(max_length=60)],
    seen: Annotated[str, Form(max_length=60)],
    chosen: _Choice,
    verdict: Annotated[str, Form(max_length=20)] = "",
    reason: _REASON = "",
) -> Response:
    """Record what the person says of the finding that they had before them, and show the list again."""
    word = judging.verdict_in(verdict, "finding")
    found, _ = await request.app.state.watches.read(asks)
    one = findings_said.finding_in(found, of, [finding], seen)
    await findings_said.judge_finding(asks, one, word, reason)
    return _back(chosen)


@router.post("/findings/said/{record}/undo", include_in_schema=False)
async def undo(
    asks: JudgeAsking,
    record: str,
    chosen: _Choice,
    reason: _REASON = "",
) -> Response:
    """Take back what was said of a finding: it is open again."""
    await judging.undo(asks, record, reason)
    return _back(chosen)


def _back(chosen: Chosen) -> Response:
    return RedirectResponse(f"/findings?{chosen.query}", status_code=303)


def _picked(
    watched: Watched,
    since: datetime,
    rule: str | None,
    order: Sequence[str],
    stand: Mapping[str, str],
    stands: str | None,
) -> list[Finding]:
    """The findings of one rule, or of all in this order; new ones first.

    Where it is not said how they are to stand, those that were dismissed are left out, and of all rules those that are
    still there.
    """
    kinds = watched.since(since)
    return [
        one
        for what in WHATS
        if rule or stands or what != "still"
        for one in sorted((k for k in kinds[what] if k.rule in order), key=lambda one: order.index(one.rule))
        if not rule or one.rule == rule.upper()
        if (_stands_so(one, stand, stands) if stands else stand.get(one.id) != "dismissed")
    ]


def _stands_so(one: Finding, stand: Mapping[str, str], stands: str) -> bool:
    """True where a finding stands so; what is gone is open to nobody."""
    return stand.get(one.id, "open") == stands and not (one.gone and stands == "open")


def _as_json(
    watched: Watched | None,
    since: datetime,
    told: Sequence[Finding],
    said: SaidOf,
    digest: Mapping[str, Mapping[str, int]],
) -> dict[str, Any]:
    if watched is None:
        return {"state": "running", "since": plain(since), "counts": {}, "findings": []}
    return {
        "state": "found",
        "as_at": plain(watched.at),
        "since": plain(since),
        "could_not_be_answered": list(watched.unanswered),
        "counts": digest,
        "findings": [
            {
                "rule": one.rule,
                "finding": one.id,
                "things": list(one.things),
                "what": one.what(since),
                "why": one.why,
                "records": list(one.records),
                "first": plain(one.first),
                "changed": plain(one.changed),
                "gone": plain(one.gone),
                "seen": one.seen,
                "said": [plain(words.model_dump(exclude={"said_of"})) for words in said.get(one.id, ())],
            }
            for one in told
        ],
    }
