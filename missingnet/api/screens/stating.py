"""The form on which a reader says what the information is for; on it the demonstration also asks who to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from missingnet.api.reader import purpose_in
from missingnet.api.refusals import Refused
from missingnet.api.screens.render import render
from missingnet.graph import access
from missingnet.graph.access import Purpose

PURPOSE_WORDS = {
    "MASE": "MASE: one child's multi-agency meeting",
    "OPERATIONAL-GROUP": "Operational group: the monthly meeting",
    "CASE": "Case work with one child",
    "INVESTIGATION": "Police investigation",
    "EDUCATION": "School attendance and children missing education",
    "HEALTH": "Health of a child",
    "DATA-QUALITY": "Checking the records themselves",
    "AUDIT": "Audit: who looked at whom",
    "STATISTICS": "Statistics: tables, and nothing else",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """What was filled in."""

    reader: str
    purpose: str
    reference: str
    next: str

    def understood(self, problems: dict[str, str]) -> Purpose | None:
        """The purpose; None where it cannot be understood, and what to do is among the problems."""
        try:
            return purpose_in(f"{self.purpose} {self.reference}")
        except Refused as refused:
            if refused.words.code == "reference-not-understood":
                problems["reference"] = (
                    "Write a short reference such as case-12: letters, digits, dots and dashes, no names"
                )
            else:
                problems["purpose"] = "Choose what the information is for"
            return None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is for: its heading, where it is sent, the sentence on top, and who there is to choose from."""

    title: str
    action: str
    words: str
    choosing: str
    readers: Mapping[str, tuple[str, str]]
    button: str


def form(request: Request, asked: Asked, stated: Stated, problems: Mapping[str, str]) -> HTMLResponse:
    """The form, with what was filled in; a reference that may be a name is not repeated."""
    return render(
        request,
        "sign_in.html",
        None,
        title=asked.title,
        status=422 if problems else 200,
        asked=asked,
        readers=[
            {"value": name, "text": text, "hint": {"text": hint} if hint else None, "checked": name == stated.reader}
            for name, (text, hint) in asked.readers.items()
        ],
        purposes=[{"value": code, "text": PURPOSE_WORDS.get(code, code)} for code in access.PURPOSES],
        chosen={
            "reader": stated.reader,
            "purpose": stated.purpose,
            "reference": "" if "reference" in problems else stated.reference,
        },
        problems=problems,
        errors=[{"text": words, "href": f"#{field}"} for field, words in problems.items()],
        next=stated.next,
    )
