"""Judgements over HTTP: of identity, links, lines, levels, findings; confirmed, undone (GET /judgements lists them)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from missingnet.api import findings_said, judging
from missingnet.api.agreement import compared
from missingnet.api.asks import Asks, JudgeAsking, rows_of
from missingnet.api.judging_in_bulk import MOST, confirm_exact, judge_exact
from missingnet.api.reader import GuardedRoute
from missingnet.graph.answers.police_council_mismatch import Mismatch

router = APIRouter(route_class=GuardedRoute, tags=["judgements"])

_RECORD = Annotated[str, Path(description="The judgement's id, as GET /judgements gives it.", max_length=60)]
_ANSWERS: dict[int | str, dict[str, Any]] = {
    403: {"description": "This reader does not judge"},
    404: {"description": "Nothing there that this reader may see"},
    409: {"description": "No such judgement can be made"},
}


class Asked(BaseModel):
    """A judgement to make. A thing is named by its id, or by an identifier such as council:997:100231."""

    model_config = ConfigDict(extra="forbid")

    one: str = Field(max_length=300)
    other: str = Field(max_length=300)
    verdict: str = Field(max_length=20, examples=["same"])
    reason: str = Field(max_length=4000)
    records: list[str] = Field(default=[], max_length=500, description="What it rests on; left out: every description")
    probability: float | None = Field(default=None, ge=0, le=1)
    sentence: str | None = Field(default=None, max_length=4000)


class Two(BaseModel):
    """Two things, each by its id."""

    model_config = ConfigDict(extra="forbid")

    one: str = Field(max_length=60)
    other: str = Field(max_length=60)


class AskedInBulk(BaseModel):
    """Pairs to judge one at once, all with one reason; each must agree exactly in an identifier."""

    model_config = ConfigDict(extra="forbid")

    pairs: list[Two] = Field(min_length=1, max_length=MOST)
    reason: str = Field(max_length=4000)


class ConfirmedInBulk(BaseModel):
    """Judgements to confirm at once, as the second person; each pair must agree exactly in an identifier."""

    model_config = ConfigDict(extra="forbid")

    records: list[str] = Field(min_length=1, max_length=MOST, description="The judgements' ids")


class AskedOfLine(BaseModel):
    """How a line of POLICE-COUNCIL-MISMATCH stands. The line is named by its records, or by one that no other has."""

    model_config = ConfigDict(extra="forbid")

    records: list[str] = Field(min_length=1, max_length=500, description="The ids of the line's records")
    verdict: str = Field(max_length=20, examples=["explained"])
    reason: str = Field(max_length=4000)
    since: str | None = Field(default=None, max_length=20, description="As in GET /reconciliation")
    until: str | None = Field(default=None, max_length=20, description="As in GET /reconciliation")


class AskedOfLink(BaseModel):
    """Whether a link still holds: its two things by id, its kind, and the kind of record where several say so."""

    model_config = ConfigDict(extra="forbid")

    one: str = Field(max_length=60)
    other: str = Field(max_length=60)
    kind: str = Field(max_length=60, examples=["missing with"])
    through: str | None = Field(default=None, max_length=60, examples=["Episode"])
    verdict: str = Field(max_length=20, examples=["still holds"])
    reason: str = Field(max_length=4000)


class AskedOfLevel(BaseModel):
    """The level of one child for the return interview (TRIAGE-RAG), as a person decides it."""

    model_config = ConfigDict(extra="forbid")

    child: str = Field(max_length=60)
    verdict: str = Field(max_length=20, examples=["green"])
    reason: str = Field(max_length=4000)


class AskedOfFinding(BaseModel):
    """What a person says of a finding of GET /findings. It is named by its id, or by what it is about."""

    model_config = ConfigDict(extra="forbid")

    rule: str = Field(max_length=60, examples=["SHARED-ASSOCIATE"])
    about: list[str] = Field(min_length=1, max_length=500, description="The finding's id; or its things and records")
    seen: str | None = Field(default=None, max_length=60, description="As GET /findings gave it: refused if it changed")
    verdict: str = Field(max_length=20, examples=["acknowledged"])
    reason: str = Field(max_length=4000)


class Why(BaseModel):
    """Why a judgement is undone."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(max_length=4000)


@router.post(
    "/judgements", status_code=201, summary="Say that two things are one, are not, or are not sure", responses=_ANSWERS
)
async def make(asks: JudgeAsking, asked: Asked) -> JSONResponse:
    """A judgement is a record: it joins the two while it stands, and a second person may be needed first."""
    made = await judging.judge(
        asks,
        asked.one,
        asked.other,
        judging.verdict_in(asked.verdict),
        asked.reason,
        rested_on=asked.records,
        probability=asked.probability,
        sentence=asked.sentence,
    )
    return JSONResponse(made.as_json(), status_code=201)


@router.post(
    "/judgements/bulk", status_code=201, summary="Say of several pairs at once that each is one", responses=_ANSWERS
)
async def make_in_bulk(asks: JudgeAsking, asked: AskedInBulk) -> JSONResponse:
    """Only of pairs that agree exactly in an identifier; of others nothing is recorded, and the refusal says why."""
    made = await judge_exact(asks, [(pair.one, pair.other) for pair in asked.pairs], asked.reason)
    return JSONResponse({"made": [one.as_json() for one in made]}, status_code=201)


@router.post("/judgements/bulk/confirm", summary="Confirm several at once, as the second person", responses=_ANSWERS)
async def confirm_in_bulk(asks: JudgeAsking, asked: ConfirmedInBulk) -> JSONResponse:
    """Only pairs that agree exactly in an identifier; else none of them is confirmed, and the refusal says why."""
    return JSONResponse({"made": [one.as_json() for one in await confirm_exact(asks, asked.records)]})


@router.post(
    "/judgements/lines", status_code=201, summary="Say how a difference between records stands", responses=_ANSWERS
)
async def make_of_line(request: Request, asks: JudgeAsking, asked: AskedOfLine) -> JSONResponse:
    """It stands so until the line's records, or what they disagree in, are others; then it is open again."""
    verdict = judging.verdict_in(asked.verdict, "line")
    rows = await lines_of(request, asks, asked.since, asked.until)
    line = judging.line_of(rows, asked.records)
    return JSONResponse((await judging.judge_line(asks, line, verdict, asked.reason)).as_json(), status_code=201)


@router.post("/judgements/links", status_code=201, summary="Say whether a link still holds", responses=_ANSWERS)
async def make_of_link(asks: JudgeAsking, asked: AskedOfLink) -> JSONResponse:
    """That it does moves its review date; that it does not is shown on it. What agencies told stays as it is."""
    verdict = judging.verdict_in(asked.verdict, "link")
    tie = await judging.tie_of(asks, asked.one, asked.other, asked.kind, asked.through)
    return JSONResponse((await judging.judge_link(asks, tie, verdict, asked.reason)).as_json(), status_code=201)


@router.post("/judgements/triage", status_code=201, summary="Overrule a child's level", responses=_ANSWERS)
async def make_of_level(asks: JudgeAsking, asked: AskedOfLevel) -> JSONResponse:
    """It stands until a record comes that the level did not rest on. It cancels no interview that is owed."""
    verdict = judging.verdict_in(asked.verdict, "triage")
    row = await judging.triaged_of(asks, asked.child)
    return JSONResponse((await judging.judge_triage(asks, row, verdict, asked.reason)).as_json(), status_code=201)


@router.post("/judgements/findings", status_code=201, summary="Acknowledge or dismiss a finding", responses=_ANSWERS)
async def make_of_finding(request: Request, asks: JudgeAsking, asked: AskedOfFinding) -> JSONResponse:
    """It stands until the finding rests on a record that it did not rest on when it was said."""
    verdict = judging.verdict_in(asked.verdict, "finding")
    found, _ = await request.app.state.watches.read(asks)
    one = findings_said.finding_in(found, asked.rule, asked.about, asked.seen)
    made = await findings_said.judge_finding(asks, one, verdict, asked.reason)
    return JSONResponse(made.as_json(), status_code=201)


async def lines_of(request: Request, asks: Asks, since: str | None, until: str | None) -> list[Mismatch]:
    """The lines of a period, as this reader sees them now."""
    return rows_of(await compared(request, asks, since, until), Mismatch)


@router.post("/judgements/{record}/confirm", summary="Confirm, as the second person", responses=_ANSWERS)
async def confirm(asks: JudgeAsking, record: _RECORD) -> JSONResponse:
    """Only somebody else than who judged can confirm it."""
    return JSONResponse((await judging.confirm(asks, record)).as_json())


@router.post("/judgements/{record}/undo", status_code=204, summary="Undo a judgement", responses=_ANSWERS)
async def undo(asks: JudgeAsking, record: _RECORD, why: Why) -> None:
    """The graph is then as if it had never been made; the audit keeps that it was."""
    await judging.undo(asks, record, why.reason)
