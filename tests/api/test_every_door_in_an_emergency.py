"""Each door before, during and after emergency access: while it is open nothing is seen but what it opens, and once it
is over every door answers with the bytes of before, whatever was asked meanwhile. Leaks planted in it are caught (N8).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from missingnet.api import shelf, watches
from missingnet.api.asks import Asks
from missingnet.api.emergency_ledger import Ledger, Use
from missingnet.api.kept_answers import KeptAnswers
from missingnet.api.moments import moment_of
from missingnet.api.reader import Asker
from missingnet.api.watching import Kept
from missingnet.graph import access, asking
from missingnet.graph.access import Purpose
from tests.api.test_what_is_shown_is_in_the_audit_first import data_addresses, pages
from tests.served import AS_AT, FAMILY, FORENAME, OTHER, Partnership
from tests.tally import CAUGHT, PLANTED, tally

SCHOOL = {"X-Reader": "school-only", "X-Purpose": "CASE case-9"}
#: What stands in the records of another child than the one opened, and in no record of that child's own.
FOREIGN = (FAMILY, FORENAME, "Canarymere", "RI0000001", "MP0000001", "MP0000006")
#: What is opened.
OWN = OTHER
VARIES = re.compile(r'nonce="[^"]*"|"made_at": *"[^"]*"')
Said = dict[str, tuple[int, str]]


@pytest.fixture(autouse=True)
def nobody(partnership: Partnership) -> Iterator[None]:
    path = partnership.settings.home / "emergency.sqlite"
    path.unlink(missing_ok=True)
    yield
    path.unlink(missing_ok=True)


def addresses(of: Partnership) -> list[str]:
    """Every door, asked about the child who is opened and about another."""
    at = f"as_at={AS_AT}"
    opened = replace(of, child=of.other, other=of.child)
    about = [*data_addresses(opened), *pages(opened), f"/things/{of.child}/network?{at}", f"/child/{of.child}?{at}"]
    more = [f"/tables/EPISODES-BY-MONTH?period=2026-07..2026-10&{at}", f"/matches/{of.other}/{of.child}"]
    about = [address for address in about if "operational-group" not in address]
    return [*about, *more, f"/triage?{at}", f"/judgements?{at}", f"/child/{of.other}/rules?{at}"]


def asked(doors: TestClient, of: Partnership) -> Said:
    """What each door says: its status, and its words without what differs from one request to the next."""
    found: Said = {}
    for address in addresses(of):
        html = {"Accept": "text/html"} if address in pages(replace(of, child=of.other)) else {}
        answer = doors.get(address, headers={**SCHOOL, **html})
        found[address] = (answer.status_code, VARIES.sub("", answer.text))
    for sought in (OWN, FAMILY, "500002"):
        answer = doors.post(f"/questions/search?as_at={AS_AT}", json={"sought": sought}, headers=SCHOOL)
        found[f"search {sought}"] = (answer.status_code, answer.text)
    return found


def opened(doors: TestClient) -> None:
    told = {"child": "council:997:500002", "reason": "Seen getting into a car an hour ago."}
    assert doors.post("/emergency", data=told, headers=SCHOOL).status_code == 201


def faults(doors: TestClient, of: Partnership) -> list[str]:
    """The doors that showed what they should not, while it was open or after."""
    before = asked(doors, of)
    # So that what is asked first while it is open is what would be kept.
    doors.app.state.kept = KeptAnswers()  # type: ignore[attr-defined]
    opened(doors)
    during = asked(doors, of)
    doors.post("/emergency/end", headers=SCHOOL)
    after = asked(doors, of)
    wrong = [
        f"{address} told of another child"
        for address, (_, text) in during.items()
        # A search says what was searched for nowhere; a refusal repeats nothing.
        if any(word in text for word in FOREIGN)
    ]
    return wrong + [f"{address} told after it was over" for address in before if before[address] != after[address]]


def test_it_opens_one_child_at_every_door_and_leaves_no_trace(doors: TestClient, partnership: Partnership) -> None:
    assert faults(doors, partnership) == []


def test_something_is_seen_while_it_is_open(doors: TestClient, partnership: Partnership) -> None:
    before = asked(doors, partnership)
    opened(doors)
    during = asked(doors, partnership)
    more = [address for address in before if OWN in during[address][1] and OWN not in before[address][1]]
    assert len(more) >= 5, more
    assert not any(OWN in text for _, text in before.values())


def never_over(self: Use, now: object) -> bool:
    return True


def kept_for_all(name: Callable[..., str]) -> Callable[..., str]:
    def shared(asks: Asks, reader: access.Reader, *rest: Any) -> str:
        return name(asks, replace(reader, emergency=None), *rest)

    return shared


def any_record(text: str) -> str:
    return asking._TEST.sub(r"($visible[\1.visibility] OR $opens[\1.visibility])", text)


def never_ended(self: Ledger, who: str, purpose: Purpose, now: object) -> Use | None:
    return next(iter(self.of(who)), None)


LEAKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "it opens every child": lambda patch: patch.setattr(asking, "in_emergency", any_record),
    "answers kept while it was open are shown after": lambda patch: patch.setattr(
        KeptAnswers, "_name", staticmethod(kept_for_all(KeptAnswers._name))
    ),
    "it is never over": lambda patch: (
        patch.setattr(Ledger, "open_of", never_ended),
        patch.setattr(Use, "open", never_over),
    )[0],
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_planted_at_the_doors_is_caught(
    leak: str, doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    LEAKS[leak](monkeypatch)
    caught = bool(faults(doors, partnership))
    tally(PLANTED)
    tally(CAUGHT, caught)
    assert caught


def test_what_is_kept_for_later_is_worked_out_without_it(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(doors)
    ledger = Ledger(partnership.settings.home)
    (use,) = ledger.every()
    asker = Asker(access.reader("school-only"), Purpose("CASE", "case-9"), None, use)
    asks = Asks(doors.app.state.store, asker, moment_of(AS_AT, None))  # type: ignore[attr-defined]
    kept = Kept(partnership.settings)
    found = doors.portal.call(watches.look, kept, asks)  # type: ignore[union-attr]
    assert not any(partnership.other in one.things for one in found.findings)
    assert kept.read(asker.shut) == found
    # And if it were forgotten to shut it, the shelf would take nothing.
    monkeypatch.setattr(Asks, "shut", lambda self: self)
    with pytest.raises(ValueError, match="in an emergency"):
        doors.portal.call(watches.look, kept, asks)  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="in an emergency"):
        shelf.Shelf(partnership.settings, "findings").keep(asker, "watch", {})
