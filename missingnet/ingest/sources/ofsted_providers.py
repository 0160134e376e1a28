"""Ofsted's list of social-care providers: children's homes and, from 2025, supported accommodation (xlsx or CSV).

Its column names changed from year to year; each layout says only what it calls differently. The sheet 'SA Providers'
has one row for each setting of a provider, so a setting is named by the provider's number and its postcode.
"""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.access import PUBLIC
from missingnet.graph.records import Fact, Record
from missingnet.ingest.declaration import Layout, Source
from missingnet.ingest.people import describe, known_by
from missingnet.ingest.row import Row

ADDRESS = ("address1", "address2", "address3", "town", "county")
#: A fostering or adoption agency is registered too, but nobody lives there.
AGENCIES = ("agency", "fostering", "adoption")


def said(row: Row, column: str) -> str | None:
    """The cell's words; '-' is Ofsted's way to say that there are none."""
    words = row.text(column)
    return None if words == "-" else words


def read(row: Row) -> Iterator[Record]:
    """The home or agency as Ofsted describes it."""
    urn, name = row.need("urn"), row.need("name")
    kind, postcode = said(row, "kind"), row.postcode("postcode")
    opened = row.day("registered")
    closed = row.day("closed") if said(row, "closed") else None
    row.in_order("registered", opened, "closed", closed)
    label = "Place" if any(word in (kind or "").lower() for word in AGENCIES) else "Home"
    facts: dict[str, Fact] = {
        **row.place_of(postcode),
        "address": ", ".join(part for part in (said(row, column) for column in ADDRESS) if part) or None,
        "kind": kind,
        "authority": said(row, "setting_authority") or said(row, "authority"),
        "status": said(row, "setting_status") or said(row, "status"),
        "opened": opened,
        "closed": closed,
        "note": said(row, "placement_code"),
    }
    key = f"{urn}|{postcode or ''}" if row.text("setting_category") else urn
    home = known_by(label, f"urn-ofsted:{urn}")
    yield describe(row, key, home, name=name, references=(urn,), authorities=(PUBLIC,), facts=facts)


def prefixed(prefix: str) -> dict[str, str]:
    """An address and postcode under one of the names Ofsted gives them."""
    lines = {f"{prefix} address line {n}": f"address{n}" for n in (1, 2, 3)}
    more = {f"{prefix} address {part}": part for part in ("town", "county", "postcode")}
    return lines | more | {f"{prefix} {part}": part for part in ("town", "county", "postcode")}


SOURCE = Source(
    name="ofsted_providers",
    title="Ofsted's list of social-care providers",
    read=read,
    labels=("Description",),
    required=("urn", "name", "postcode", "status"),
    columns=(
        *("authority", "setting_authority", "kind", "registered", "closed", "placement_code", "setting_status"),
        *("setting_category", *ADDRESS),
    ),
    key=("urn",),
    dated_by=("registered", "closed"),
    publisher="ofsted",
    layouts=(
        Layout("to 2022", columns={"Setting name": "name", "Local authority": "authority", "Provision type": "kind"}),
        Layout(
            "2023",
            columns={"Provider Status": "status", "Registration Date": "registered", "Closed Date": "closed"}
            | {"Provider Type": "kind"},
        ),
        Layout("2023, places", columns={"Provider Placement Code": "placement_code", **prefixed("Setting")}),
        Layout(
            "2025",
            columns={"Provider name": "name", "Registration status": "status", "Deregistration date": "closed"}
            | {"Placement code": "placement_code", **prefixed("Provider")},
        ),
        Layout("SA", columns={"Provider local authority": "authority", "Setting category": "setting_category"}),
        Layout(
            "SA, setting", columns={"Setting Local Authority": "setting_authority", "Setting status": "setting_status"}
        ),
    ),
)
