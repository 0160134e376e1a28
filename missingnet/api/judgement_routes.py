"""Judgements of identity over HTTP: made, confirmed by a second person, undone (GET /judgements lists them)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from missingnet.api import judging
from missingnet.api.asks import JudgeAsking
from missingnet.api.reader import GuardedRoute

router = APIRouter(route_class=GuardedRoute, tags=["judgements"])

_RECORD = Annotated[str, Path(description="The judgement's id, as GET /judgements gives it.", max_length=60)]
_ANSWERS: dict[int | str, dict[str, Any]] = {
    403: {"description": "This reader does not judge identity"},
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


@router.post("/judgements/{record}/confirm", summary="Confirm, as the second person", responses=_ANSWERS)
async def confirm(asks: JudgeAsking, record: _RECORD) -> JSONResponse:
    """Only somebody else than who judged can confirm it."""
    return JSONResponse((await judging.confirm(asks, record)).as_json())


@router.post("/judgements/{record}/undo", status_code=204, summary="Undo a judgement", responses=_ANSWERS)
async def undo(asks: JudgeAsking, record: _RECORD, why: Why) -> None:
    """The graph is then as if it had never been made; the audit keeps that it was."""
    await judging.undo(asks, record, why.reason)
