"""Pages are rendered here and nowhere else: autoescaped, with the marking, the viewer's line and the nonce."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from importlib import resources
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from missingnet.api.emergency_ledger import Use
from missingnet.api.reader import Asker
from missingnet.api.screens import tables, words
from missingnet.api.screens.source_words import source_format
from missingnet.graph import times
from missingnet.graph.terms import MARKING
from missingnet.visualise import words as facts
from missingnet.visualise.ties import address_of

MENU = (
    ("/", "Start"),
    ("/search", "Search"),
    ("/q", "Questions"),
    ("/tables", "Tables"),
    ("/packs", "Packs"),
    ("/matches", "Who is who"),
    ("/loads", "Files"),
    ("/emergency", "Emergency"),
    ("/audit", "Audit"),
    ("/emergency/reviews", "Reviews"),
)
#: The parts that only auditors may open.
AUDITS = frozenset({"/audit", "/emergency/reviews"})
#: The parts of the menu that a reader without names may open.
NUMBERS_ONLY = frozenset({"/", "/tables"})


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates with their filters, escaping everything that they print."""
    folder = resources.files("missingnet.visualise") / "templates"
    found = Environment(
        loader=ChoiceLoader(
            [
                FileSystemLoader(str(folder)),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.filters |= {
        "day": words.day,
        "clock": words.clock,
        "machine": words.machine,
        "heading": words.heading,
        "identifier": words.identifier,
        "sentence": words.sentence,
        "probability": words.probability,
        "kind": lambda kind: facts.KIND_WORDS.get(kind, kind),
        "label": lambda label: facts.RECORD_WORDS.get(label, label),
        "listed": lambda names: facts.listed(list(names)),
        "agency": facts.agency_words,
        "source_format": source_format,
    }
    found.globals |= {
        "count_of": words.count,
        "verdict_colour": words.VERDICT_COLOUR.__getitem__,
        "address_of": address_of,
        "conflicting": facts.CONFLICTING,
        "cell_of": tables.cell_of,
        "telling": tables.telling,
        "columns_of": lambda row: tables.columns_of(type(row)),
    }
    return found


def menu_of(asker: Asker | None) -> list[tuple[str, str]]:
    """The menu's parts that this asker may open."""
    shown = [item for item in MENU if asker is None or asker.reader.names or item[0] in NUMBERS_ONLY]
    return [item for item in shown if item[0] not in AUDITS or (asker is not None and asker.may_audit)]


def _reviews(request: Request, asker: Asker | None, text: str) -> str:
    """The word 'Reviews', to an auditor with how many wait: whoever keeps watch sees a new one on their next page."""
    waiting = request.app.state.emergencies.waiting() if text == "Reviews" and asker is not None else 0
    return f"{text} ({waiting})" if waiting else text


def emergency_of(request: Request) -> Use | None:
    """What is open in an emergency to whoever asks for this page, whatever the page shows."""
    asker: Asker | None = getattr(request.state, "asker", None)
    use = None if asker is None else asker.emergency
    return use if use is not None and use.open(times.now()) else None


def render(
    request: Request,
    template: str,
    asker: Asker | None,
    *,
    title: str,
    status: int = 200,
    as_at: datetime | None = None,
    **context: Any,
) -> HTMLResponse:
    """A page. `title` is its heading and the window's title; it names a thing only where the page is about it."""
    open_now = emergency_of(request)
    text = (
        environment()
        .get_template(template)
        .render(
            title=title,
            cspNonce=request.state.nonce,
            marking=MARKING,
            asker=asker,
            demonstration=request.app.state.door.demonstration,
            emergency=open_now,
            menu=[
                {"href": href, "text": _reviews(request, asker, text), "current": request.url.path == href}
                for href, text in menu_of(asker)
            ],
            as_at=as_at,
            **context,
        )
    )
    return HTMLResponse(text, status_code=status)
