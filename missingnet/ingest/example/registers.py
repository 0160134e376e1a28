"""The two public registers and the force's gazetteer: GIAS schools (cp1252), Ofsted's providers (xlsx), places."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from missingnet.ingest.example.calendars import Particular, write_calendars
from missingnet.ingest.example.establishments import Home, home, homes_in_all, school, schools_in_all
from missingnet.ingest.example.place import AUTHORITY_NAMES, FORCE, TOWNS, place, places_in_all
from missingnet.ingest.example.workbook import Cell, write_workbook
from missingnet.ingest.example.writers import Delivery

GIAS = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)", "EstablishmentStatus (code)", "EstablishmentStatus (name)", "OpenDate", "CloseDate",
    "PhaseOfEducation (code)", "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge", "SchoolCapacity",
    "NumberOfPupils", "Street", "Locality", "Address3", "Town", "County (name)", "Postcode", "GSSLACode (name)",
    "Easting", "Northing", "UPRN", "LSOA (code)",
)  # fmt: skip
PROVIDERS = (
    "Local authority", "URN", "Provider type", "Provider subtype", "Sector", "Provider name", "Registration date",
    "Registration status", "Deregistration date", "Placement code", "Provider address line 1",
    "Provider address line 2", "Provider town", "Provider county", "Provider postcode", "Provider telephone number",
    "Provider email address", "Owner type", "Owner ID", "Owner name", "Owner town", "Owner county", "Owner postcode",
    "Region", "Placement provider code", "Date of last full inspection", "Overall effectiveness",
    "Number of registered places", "Emotional and behavioural difficulties", "Learning difficulty",
    "Multi building CH", "Linked school URN", "Linked school name",
)  # fmt: skip
_SUPPORTED = (
    "Provider local authority", "Setting Local Authority", "URN", "Provider type", "Sector", "Provider name",
    "Registration date", "Registration status", "Closed date", "Placement code", "Setting status",
    "Setting status date", "Setting category", "Capacity", "Setting address line 1", "Setting address town",
    "Setting address postcode",
)  # fmt: skip
_COUNTY = "Mereshire"
_GRADES = ("Good", "Good", "Requires improvement", "Outstanding")


def _authority_name(zone: str) -> str:
    return {"A": AUTHORITY_NAMES["997"], "B": AUTHORITY_NAMES["998"]}.get(zone, TOWNS[zone])


def _provider(number: int) -> list[Cell]:
    where: Home = home(number)
    line, town = where.spot.address.rsplit(", ", 1)
    postcode = where.spot.postcode
    return [
        _authority_name(postcode.zone), where.urn, "Children's Home", "Children's Home", where.sector, where.name,
        date(2012 + number % 12, 1 + number % 12, 1 + number % 28), "Registered", "-", "K2", line, "", town, _COUNTY,
        postcode.text, "", "", "Company" if where.sector == "Private" else "Local authority",
        f"OW{number // 5 + 1:05d}", where.provider, town, _COUNTY, postcode.text, "Mereshire and Beyond",
        where.placement_provider,
        date(2025, 1 + number % 12, 1 + number % 28), _GRADES[number % 4],
        where.beds, "Yes" if number % 3 else "No", "Yes" if number % 4 == 0 else "No", "No", "", "",
    ]  # fmt: skip


def _providers(children: int) -> Iterator[list[Cell]]:
    yield list(PROVIDERS)
    for number in range(homes_in_all(children)):
        yield _provider(number)


def _supported() -> Iterator[list[Cell]]:
    yield list(_SUPPORTED)
    yield [
        "Quillhaven", "Quillhaven", "2490001", "Supported accommodation", "Private", "Sablet Lodgings Limited",
        date(2023, 11, 1), "Registered", "-", "K3", "Open", date(2023, 11, 1), "Shared accommodation", 8,
        "14 Sablet Street", "Quillhaven", home(1).spot.postcode.text,
    ]  # fmt: skip


def write_registers(delivery: Delivery, out: Path, children: int, until: date, particular: Particular) -> None:
    """GIAS, the provider list, the gazetteer, the schools' calendars, and which census name stands for which school."""
    delivery.agency("register-gias", "DfE", until)
    delivery.agency("register-ofsted", "Ofsted", until)
    count = schools_in_all(children)
    natives: dict[str, list[str]] = {"997": [], "998": []}
    with (out / "register-gias" / "edubasealldata.csv").open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        writer.writerow(GIAS)
        for number in range(count):
            one = school(number)
            natives[one.authority].append(f'{one.native} = "{one.urn}"\n')
            line, town = one.street.rsplit(", ", 1)
            writer.writerow(
                [
                    one.urn, one.authority, AUTHORITY_NAMES[one.authority], one.establishment, one.name, "01",
                    "Community school", "1", "Open", f"01-09-{1960 + number % 50}", "",
                    "2" if one.primary else "4", "Primary" if one.primary else "Secondary", 4 if one.primary else 11,
                    11 if one.primary else 18, 1200, one.pupils, line, "", "", town, _COUNTY, one.postcode.text, "",
                    one.postcode.easting, one.postcode.northing, one.uprn, "",
                ]
            )  # fmt: skip
    for code, lines in natives.items():
        heading = "\n# Which school of GIAS each name of the census extract stands for.\n[native_schools]\n"
        delivery.agency(f"schools-{code}", f"schools-{code}", until, heading + "".join(lines))
    write_workbook(
        out / "register-ofsted" / "provider-list.xlsx",
        {"Providers": _providers(children), "SA Providers": _supported()},
    )
    write_calendars(delivery, children, until.toordinal(), particular)
    for number in range(places_in_all(children)):
        spot = place(number)
        delivery.places([spot.uprn, FORCE, spot.name, spot.kind, spot.address, spot.postcode.text, spot.unit])
