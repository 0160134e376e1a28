"""Every purpose at every door: what a purpose does not open is, for whoever asks for it, as if they had no clearance
for it at all (N7). The doors are those that the service has; the purposes, and what each opens, are written here again.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Mapping
from typing import Final

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from missingnet.api.kept_answers import KeptAnswers
from missingnet.api.opening import readers_file
from missingnet.api.reader import Permission
from missingnet.graph import access
from missingnet.graph.access import Purpose, Reader, needed
from missingnet.graph.records import VisibilityClass
from tests.api.test_every_route_asks_who_and_why import api_routes
from tests.pieces import LONG
from tests.served import AS_AT, FAMILY, Partnership
from tests.tally import CAUGHT, PLANTED, tally

CONDITIONS = "handling-conditions"
#: What each purpose opens (DOMAIN §8, SECURITY §4), not read from the program.
OPENS: Final[Mapping[str, set[str]]] = {
    "MASE": {"cse", "interviews", "intelligence", CONDITIONS, "trafficking", "home-address"},
    "OPERATIONAL-GROUP": {"cse", "interviews", "intelligence", CONDITIONS, "trafficking"},
    "CASE": {"cse", "interviews", "intelligence", CONDITIONS, "trafficking", "home-address", "restricted"},
    "INVESTIGATION": {"cse", "interviews", "intelligence", CONDITIONS, "trafficking", "home-address", "restricted"},
    "EDUCATION": {"interviews", "home-address"},
    "HEALTH": set(),
    "DATA-QUALITY": set(),
    "AUDIT": set(),
    "STATISTICS": {"cse", "interviews", "home-address"},
}
#: A purpose of this test's own, which opens all there is: asked for it, a reader is limited by their clearance alone.
ALL = "EVERYTHING"
HELD = {"cse", "interviews", "intelligence", CONDITIONS, "home-address"}
#: Doors that are not compared, each with the reason.
OTHERWISE = {
    "/findings": "shows what was worked out for the same rights and purpose, and begins to work it out",
    "/recall": "tells of openings by the clearance of those who opened, which this test changes",
    "/reconcile/lines.csv": "also goes by what its recipients may see: test_reconciliation",
    "/tables/{table}/table.xlsx": "the rows of the CSV, packed",
    "/openapi.json": "describes the doors",
}
QUERY: Mapping[str, str] = {
    "/packs/operational-group": "period=2026-10&format=json",
    "/tables/{table}": "period=2026-07..2026-10",
    "/tables/{table}/table.json": "period=2026-07..2026-10",
    "/tables/{table}/table.csv": "period=2026-07..2026-10",
    "/reconcile": "since=2026-01-01",
    "/children/hidden-missing": "since=2026-01-01",
    "/children/missing-together": "since=2026-08-01",
    "/places/hotspots": "since=2026-08-01",
}
WORDS = re.compile(rf"rd-[\w-]+|\b({'|'.join(map(re.escape, sorted({*OPENS, ALL}, key=len, reverse=True)))})\b")
#: The menu shows what the purpose AUDIT opens, and nothing of anybody.
VARIES = re.compile(r'nonce="[^"]*"|"made_at": *"[^"]*"|<li class="govuk-service-navigation__item.*?</li>', re.DOTALL)


def reader(name: str, compartments: set[str]) -> str:
    return (
        f'[{name}]\ntitle = "The reader"\nagency = "997"\nroles = ["loader", "judge", "partnership-auditor"]\n'
        f'areas = ["*"]\ncompartments = {json.dumps(sorted(compartments))}\n'
    )


def narrow(code: str) -> str:
    """The reader who is cleared for no more than that purpose opens."""
    return "rd-" + ("-".join(sorted(name[:3] for name in OPENS[code] & HELD)) or "none")


@pytest.fixture(autouse=True)
def readers(partnership: Partnership, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    every = {narrow(code): OPENS[code] & HELD for code in OPENS}
    told = reader("rd-wide", HELD) + "".join(reader(name, held) for name, held in every.items())
    readers_file(partnership.settings).write_text(told)
    monkeypatch.setitem(access.PURPOSES, ALL, frozenset({*HELD, "trafficking", "restricted"}))  # type: ignore[arg-type]
    yield
    readers_file(partnership.settings).unlink()


def doors_of(doors: TestClient, of: Partnership) -> dict[str, str]:
    """Each door that shows anything, with an address at which it does."""
    ids = {"child": of.child, "thing": of.adult, "record": of.record, "one": of.child, "other": of.other}
    ids |= {"kind": "Associate", "rule": "SHARED-ASSOCIATE", "table": "EPISODES-BY-MONTH", "number": "x"}
    query = dict(QUERY) | {
        "/records": f"records={of.record}",
        "/packs/mase": f"child={of.child}&format=json",
        "/packs/strategy": f"child={of.child}&format=json",
        "/link/{one}/{other}": "kind=missing with&through=Episode",
    }
    found = {}
    for route in api_routes(doors):
        if "GET" not in (route.methods or ()) or route.path in OTHERWISE or not shows(route):
            continue
        address = "/".join(ids[part[1:-1]] if part.startswith("{") else part for part in route.path.split("/"))
        found[route.path] = f"{address}?{query.get(route.path, '')}&as_at={AS_AT}".replace("?&", "?")
    return found


def shows(route: APIRoute) -> bool:
    return route.permission in (Permission.READS, Permission.COUNTS, Permission.LOADS)  # type: ignore[attr-defined]


def said(doors: TestClient, address: str, name: str, code: str) -> tuple[int, str]:
    """What a door says, without the words that name reader and purpose."""
    answer = doors.get(address, headers={"X-Reader": name, "X-Purpose": f"{code} case-7"})
    told = VARIES.sub("", WORDS.sub("…", answer.text))
    return answer.status_code, "\n".join(line for line in told.splitlines() if line.strip())


def searched(doors: TestClient, name: str, code: str) -> tuple[int, str]:
    headers = {"X-Reader": name, "X-Purpose": f"{code} case-7"}
    answer = doors.post("/questions/search", json={"sought": FAMILY}, headers=headers)
    return answer.status_code, WORDS.sub("…", answer.text)


#: The purpose that opens least: for it every door is compared.
LEAST = "HEALTH"


def compared(code: str) -> slice:
    """Which of the doors are compared for a purpose: for the least of them all, for others that limit every third, and
    where one opens what an earlier one does, or all that the reader holds, every sixteenth."""
    if LONG or code == LEAST:
        return slice(None)
    at = list(OPENS).index(code)
    same = OPENS[code] >= HELD or any(OPENS[one] & HELD == OPENS[code] & HELD for one in list(OPENS)[:at])
    every = 16 if same else 3
    return slice(at % every, None, every)


def differing(doors: TestClient, of: Partnership, code: str, only: tuple[str, ...] = ()) -> list[str]:
    """The doors at which asking for this purpose is other than having no clearance for what it does not open."""
    wrong = []
    every = list(doors_of(doors, of).items())
    for path, address in every if only else every[compared(code)]:
        if only and path not in only:
            continue
        mine = said(doors, address, "rd-wide", code)
        if code == access.STATISTICS and not path.startswith(("/tables", "/emergency")) and mine[0] == 403:
            continue
        if mine != said(doors, address, narrow(code), ALL):
            wrong.append(path)
    if code != access.STATISTICS and searched(doors, "rd-wide", code) != searched(doors, narrow(code), ALL):
        wrong.append("POST /questions/search")
    return wrong


@pytest.mark.parametrize("code", OPENS)
def test_a_purpose_limits_every_door(code: str, doors: TestClient, partnership: Partnership) -> None:
    assert set(access.PURPOSES) - {ALL} == set(OPENS)
    assert len(doors_of(doors, partnership)) > 70
    assert differing(doors, partnership, code) == []


@pytest.mark.parametrize("code", [code for code in OPENS if code != "AUDIT"])
def test_who_looked_is_read_for_one_purpose_alone(code: str, doors: TestClient, partnership: Partnership) -> None:
    audits = [r for r in api_routes(doors) if r.permission is Permission.AUDITS]  # type: ignore[attr-defined]
    assert len(audits) >= 6
    for route in audits:
        for method in route.methods or ():
            address = route.path.replace("{number}", "x" * 26) + f"?thing={partnership.child}"
            headers = {"X-Reader": "rd-wide", "X-Purpose": f"{code} case-7"}
            answer = doors.request(method, address, headers=headers)
            assert (answer.status_code, answer.json()["error"]) == (403, "no-auditor"), route.path


TIMELINE = ("/children/{child}/timeline", "/children/{child}/network", "/associates/shared")


def test_purposes_differ_in_what_they_show(doors: TestClient, partnership: Partnership) -> None:
    """So that the matrix compares something: between these purposes the same door says another thing."""
    where = doors_of(doors, partnership)[TIMELINE[0]]
    shown = {code: said(doors, where, "rd-wide", code) for code in ("MASE", "EDUCATION", "HEALTH")}
    assert len(set(shown.values())) >= 2


def purpose_aside(reader: Reader, purpose: Purpose, seen: VisibilityClass) -> bool:
    return needed(seen) <= set(reader.compartments)


def test_a_purpose_that_limits_nothing_is_caught(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "sees", purpose_aside)
    monkeypatch.setattr(KeptAnswers, "_name", staticmethod(lambda *_: secrets.token_hex()))
    caught = bool(differing(doors, partnership, "HEALTH", TIMELINE))
    tally(PLANTED)
    tally(CAUGHT, caught)
    assert caught


def test_a_purpose_that_opens_one_compartment_too_many_is_caught(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KeptAnswers, "_name", staticmethod(lambda *_: secrets.token_hex()))
    for code, compartment in (("HEALTH", "interviews"), ("EDUCATION", "intelligence"), ("EDUCATION", "cse")):
        with monkeypatch.context() as wider:
            wider.setitem(access.PURPOSES, code, access.PURPOSES[code] | {compartment})  # type: ignore[arg-type]
            wrong = differing(doors, partnership, code, (*TIMELINE, "/children/on-several-lists", "/child/{child}"))
        tally(PLANTED)
        tally(CAUGHT, bool(wrong))
        assert wrong, (code, compartment)
