"""Get Information about Schools: every establishment of the public register (Windows-1252, 133 columns, by name).

An academy keeps the authority's number of the school it replaces, so a closed school is not known by it: predecessor
and successor would become one. Head teachers' names are not needed and are not kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.access import PUBLIC
from missingnet.graph.records import Fact, Record
from missingnet.ingest.declaration import Source
from missingnet.ingest.people import describe, known_by
from missingnet.ingest.row import Row

ADDRESS = ("Street", "Locality", "Address3", "Town", "County (name)", "Postcode")


def read(row: Row) -> Iterator[Record]:
    """The school as the register describes it."""
    urn, name = row.need("URN"), row.need("EstablishmentName")
    authority, number = row.reference("LA (code)"), row.reference("EstablishmentNumber")
    status = row.text("EstablishmentStatus (name)")
    opened, closed = row.day("OpenDate"), row.day("CloseDate")
    row.in_order("OpenDate", opened, "CloseDate", closed)
    still = not closed and (status or "").lower() != "closed"
    facts: dict[str, Fact] = {
        **row.place_of(row.postcode("Postcode")),
        "address": ", ".join(part for part in map(row.text, ADDRESS) if part) or None,
        "easting": row.number_in("Easting"),
        "northing": row.number_in("Northing"),
        "kind": row.text("TypeOfEstablishment (name)"),
        "phase": row.text("PhaseOfEducation (name)"),
        "authority": authority,
        "status": status,
        "opened": opened,
        "closed": closed,
    }
    key = f"laestab:{authority}:{number}" if authority and number and still else None
    school = known_by("School", f"urn-dfe:{urn}", key)
    yield describe(row, urn, school, name=name, references=(urn,), authorities=(PUBLIC, authority), facts=facts)


SOURCE = Source(
    name="gias",
    title="Get Information about Schools (establishments)",
    read=read,
    labels=("Description",),
    required=("URN", "LA (code)", "EstablishmentNumber", "EstablishmentName"),
    columns=(
        *("EstablishmentStatus (name)", "OpenDate", "CloseDate", "TypeOfEstablishment (name)"),
        *("PhaseOfEducation (name)", *ADDRESS, "Easting", "Northing", "LastChangedDate", "CensusDate"),
        *("HeadTitle (name)", "HeadFirstName", "HeadLastName", "HeadPreferredJobTitle"),
    ),
    key=("URN",),
    dated_by=("OpenDate", "CloseDate", "LastChangedDate", "CensusDate"),
    dates=("DD-MM-YYYY",),
    publisher="dfe",
    leave_out=("HeadTitle (name)", "HeadFirstName", "HeadLastName", "HeadPreferredJobTitle"),
)
