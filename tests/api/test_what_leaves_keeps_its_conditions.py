"""A file or pack holds no more than may leave and its recipient may have, says its marking, for whom it is and the
conditions that owners set, hides nothing in what is not read, and it is listed what went to whom (N9)."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from missingnet.api.opening import readers_file
from missingnet.graph import access
from missingnet.graph.access import Leaving, Purpose, Reader, leaves, needed, sees
from missingnet.graph.records import VisibilityClass
from missingnet.graph.removal import Removal, remove
from missingnet.ingest.run import load
from tests.api import test_restricting as restricting
from tests.ingest.recording import nowhere
from tests.served import ADULT, AS_AT, CANARIES, COORDINATOR, Partnership, _intelligence, audit_lines, write_rows
from tests.tally import CAUGHT, PLANTED, tally

CASE = "CASE case-12"
#: What a file says of who made it, for whom and when; the same answers otherwise.
VARIES = re.compile(r"(CSE coordinator, council 997|Missing and CME officer, council 997|Named nurse, health in 997)")
WHEN = re.compile(r'"made_at":"[^"]*"|Made \d[^".<]*|\d{1,2} \w{3} \d{4},? \d\d:\d\d \(London time\)')
CONDITION = "Ask the originator before anything is shared further"


def files(of: Partnership) -> list[str]:
    at = f"as_at={AS_AT}"
    return [
        f"/packs/mase?child={of.child}&format=json&{at}",
        f"/packs/mase?child={of.other}&format=json&{at}",
        f"/packs/operational-group?period=2026-10&format=json&{at}",
        f"/children/{of.child}/network.html?{at}",
        f"/children/{of.other}/network.html?{at}",
        f"/tables/EPISODES-BY-MONTH/table.csv?period=2026-07..2026-10&{at}",
        f"/tables/CHILD-LINES/table.csv?period=2026-07..2026-10&{at}",
        f"/packs/strategy?child={of.child}&format=json&{at}",
    ]


def taken(doors: TestClient, address: str, name: str, recipient: str = "") -> tuple[int, str]:
    answer = doors.get(f"{address}&recipient={recipient}", headers={"X-Reader": name, "X-Purpose": CASE})
    return answer.status_code, WHEN.sub("…", VARIES.sub("…", answer.text))


def differing(doors: TestClient, of: Partnership, recipient: str) -> list[str]:
    """The files for a recipient who may see less that are other than what they would take away themselves."""
    return [
        address
        for address in files(of)
        if taken(doors, address, "coordinator", recipient) != taken(doors, address, recipient)
    ]


@pytest.mark.parametrize("recipient", ["officer", "health"])
def test_a_file_is_what_its_recipient_would_have_taken(
    recipient: str, doors: TestClient, partnership: Partnership
) -> None:
    assert differing(doors, partnership, recipient) == []
    # So that it compares something: who sends it has more.
    whole = [taken(doors, address, "coordinator") for address in files(partnership)]
    assert whole != [taken(doors, address, "coordinator", recipient) for address in files(partnership)]


def test_for_several_it_is_what_each_of_them_may_see(doors: TestClient, partnership: Partnership) -> None:
    for address in files(partnership)[:3]:
        assert taken(doors, address, "coordinator", "officer,health") == taken(
            doors, address, "health", "officer,health"
        )


def test_a_file_that_goes_by_its_sender_alone_is_caught(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "leaves", lambda *_: True)
    caught = bool(differing(doors, partnership, "health"))
    tally(PLANTED)
    tally(CAUGHT, caught)
    assert caught


def test_nobody_unknown_gets_a_file(doors: TestClient, partnership: Partnership) -> None:
    for recipient in ("The chair of MASE", "governance", "board", "health,nobody"):
        for address in files(partnership):
            answer = doors.get(f"{address}&recipient={recipient}", headers=COORDINATOR)
            assert (answer.status_code, "A recipient is somebody who is known here" in answer.text) == (422, True)


COMPARTMENTS = st.sets(st.sampled_from(["cse", "interviews", "intelligence", "trafficking", "restricted", "sealed"]))
READERS = st.builds(
    lambda agency, areas, held: Reader("r", "r", agency, (), tuple(areas), (*held, access.CONDITIONS)),
    st.sampled_from(["99", "997"]),
    st.sets(st.sampled_from(["997", "998", "*"])),
    COMPARTMENTS,
)
CLASSES = st.builds(
    VisibilityClass,
    st.sampled_from(["99", "997", "998"]),
    st.sampled_from([(), ("997",), ("998",), ("public",)]),
    COMPARTMENTS.map(lambda names: tuple(sorted(names))),
    st.sampled_from([None, "P", "C"]),
)


@given(READERS, st.lists(READERS, max_size=3), st.booleans(), CLASSES, st.sampled_from(sorted(access.PURPOSES)))
def test_nothing_leaves_above_what_may_or_that_a_recipient_may_not_see(
    reader: Reader, recipients: list[Reader], conditions: bool, of: VisibilityClass, code: str
) -> None:
    purpose = Purpose(code, "x")
    leaving = replace(reader, leaving=Leaving(tuple(recipients), conditions))
    (shown, _) = access.visible(leaving, purpose, [of], past=False)
    if shown:
        assert sees(reader, purpose, of) and all(sees(one, purpose, of) for one in recipients)
        assert not needed(of) & {"restricted", "sealed"}
        assert conditions or of.handling != "C"
    assert shown == (sees(reader, purpose, of) and leaves(leaving, purpose, of))


def test_what_is_restricted_leaves_in_no_file(doors: TestClient, partnership: Partnership) -> None:
    readers_file(partnership.settings).write_text(restricting.READERS)
    address = f"/packs/mase?child={partnership.other}&format=json&as_at={AS_AT}"
    try:
        record = restricting.entry(doors, partnership)
        assert record in doors.get(address, headers=restricting.who("named")).text
        assert restricting.restrict(doors, record, "keeper") == (200, 1)
        assert restricting.sees(doors, partnership, "named", record)
        assert record not in doors.get(address, headers=restricting.who("named")).text
        network = doors.get(f"/children/{partnership.other}/network.html", headers=restricting.who("named"))
        assert (network.status_code, record in network.text) == (200, False)
    finally:
        restricting.restrict(doors, record, "named", lift=True)
        readers_file(partnership.settings).unlink()


@pytest.fixture
def conditioned(doors: TestClient, partnership: Partnership, tmp_path: Path) -> Iterator[str]:
    """Intelligence that its owner shares with a condition; its reference."""
    log = {**_intelligence(), "Log Ref": "IL0000002", "Handling": "C", "Condition": CONDITION}
    (tmp_path / "agency.toml").write_text('agency = "99"\nextract_date = 2026-11-01\n')
    write_rows(tmp_path / "intelligence.csv", [log])
    store = doors.app.state.store  # type: ignore[attr-defined]
    report = doors.portal.call(partial(load, [tmp_path], store, locate=nowhere))  # type: ignore[union-attr]
    (file,) = report.files
    assert file.loaded == 1
    yield "IL0000002"
    doors.portal.call(partial(remove, store, [], file_hash=file.file_hash, removal=Removal("x", "a test")))  # type: ignore[union-attr]


def test_its_owners_condition_stands_beside_each_record_or_it_stays(
    doors: TestClient, partnership: Partnership, conditioned: str
) -> None:
    who = {"X-Reader": "chair", "X-Purpose": "INVESTIGATION case-1"}
    pack = doors.get(files(partnership)[1], headers=who).json()
    # The intelligence itself, and the descriptions that came with it.
    lines = [one for one in pack["sources"]["records"] if one["reference"].startswith(conditioned)]
    assert len(lines) >= 2 and all(CONDITION in line["what"] for line in lines), lines
    assert any(line["grade"].endswith(", C") for line in lines)
    network = doors.get(files(partnership)[4], headers=who).text
    rows = [row for row in re.findall(r"<tr>.*?</tr>", network) if CONDITION in row]
    assert rows
    # A recipient who may not have what is shared with conditions gets nothing of it.
    told = doors.get(f"{files(partnership)[1]}&recipient=officer", headers=COORDINATOR).text
    assert conditioned not in told and CONDITION not in told
    # A table has no place for the condition: nothing of it is counted there.
    asked = {"Marking": "OFFICIAL-SENSITIVE", "Conditions": "holds nothing that its owner shares with conditions only"}
    first = next(csv.reader(io.StringIO(doors.get(files(partnership)[5], headers=who).text)))
    assert first[0] == asked["Marking"] and f"Conditions: {asked['Conditions']}" in first


def test_every_file_says_its_marking_and_for_whom_it_is(doors: TestClient, partnership: Partnership) -> None:
    for address in files(partnership):
        text = doors.get(f"{address}&recipient=health", headers=COORDINATOR).text
        assert "OFFICIAL-SENSITIVE" in text and "Named nurse, health in 997" in text, address
    book = doors.get(files(partnership)[5].replace("csv", "xlsx") + "&recipient=health", headers=COORDINATOR)
    with zipfile.ZipFile(io.BytesIO(book.content)) as inside:
        told = "".join(inside.read(name).decode() for name in inside.namelist())
    assert "Named nurse, health in 997" in told


def everything_in(value: Any, seen: set[int]) -> Iterator[str]:
    """Every text in a PDF that is no page's drawing: properties, bookmarks, alternative texts, names of files."""
    value = value.get_object() if isinstance(value, pypdf.generic.IndirectObject) else value
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, pypdf.generic.StreamObject) and value.get("/Type") == "/Metadata":
        yield value.get_data().decode()
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("/Contents", "/Resources"):
                yield from everything_in(inner, seen)
    elif isinstance(value, list):
        for inner in value:
            yield from everything_in(inner, seen)
    elif isinstance(value, str):
        yield str(value)


def test_nothing_is_left_in_what_is_not_read(doors: TestClient, partnership: Partnership) -> None:
    address = f"/packs/mase?child={partnership.child}&as_at={AS_AT}&recipient=health"
    answer = doors.get(f"{address}&format=pdf", headers=COORDINATOR)
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    assert reader.metadata is not None and not reader.attachments
    properties = " ".join(map(str, reader.metadata.values()))
    marks = " ".join(str(one.title) for one in reader.outline if not isinstance(one, list))
    hidden = [*everything_in(reader.trailer["/Root"], set()), properties]
    assert any("/" not in text and len(text) > 20 for text in hidden)
    named = answer.headers["content-disposition"]
    # Whom it is about is told on its pages; in its properties, bookmarks and name stands nobody.
    assert not [name for name in CANARIES if name in properties + marks + named]
    # What the recipient may not see stands nowhere in it.
    pages = "".join(page.extract_text() for page in reader.pages)
    for withheld in (ADULT, "RI0000001", "IL0000001"):
        assert not [text for text in (*hidden, pages) if withheld in text], withheld
    network = doors.get(f"{files(partnership)[3]}&recipient=health", headers=COORDINATOR)
    assert ADULT not in network.text and "RI0000001" not in network.text
    assert not [name for name in CANARIES if name in network.headers["content-disposition"]]
    book = doors.get(files(partnership)[6].replace("csv", "xlsx") + "&recipient=health", headers=COORDINATOR)
    with zipfile.ZipFile(io.BytesIO(book.content)) as inside:
        parts = {name: inside.read(name).decode() for name in inside.namelist()}
    workbook = parts["xl/workbook.xml"]
    assert workbook.count("<sheet ") == 2 and "hidden" not in workbook.lower() and "<definedName" not in workbook
    assert not [name for name in parts if any(word in name for word in ("comment", "external", "custom", "media"))]
    about = "".join(text for name, text in parts.items() if name.startswith("docProps"))
    assert not [name for name in (*CANARIES, "coordinator") if name in about]
    assert not [name for name, text in parts.items() if ADULT in text or 'hidden="1"' in text]


def listed(doors: TestClient, recipient: str, reader: str = "governance") -> list[dict[str, Any]]:
    headers = {"X-Reader": reader, "X-Purpose": "AUDIT r-1"}
    told = doors.post("/audit/sent", data={"recipient": recipient}, headers=headers)
    assert told.status_code == 200
    return list(told.json()["records"])


def test_what_went_to_whom_is_listed(doors: TestClient, partnership: Partnership) -> None:
    before = len(listed(doors, "health"))
    for address in files(partnership):
        assert doors.get(f"{address}&recipient=health,officer", headers=COORDINATOR).status_code == 200
        (*_, line) = audit_lines(partnership.settings)
        assert (line["act"], line["recipients"]) == ("disclose", ["health", "officer"]), address
    sent = listed(doors, "health")
    assert len(sent) == min(before + len(files(partnership)), 50)
    assert {(one["who"], *one["to"]) for one in sent[: len(files(partnership))]} == {
        ("coordinator", "health", "officer")
    }
    assert partnership.child in {thing for one in sent for thing in one["things"]}
    # What somebody took away for themselves went to them; with nobody named, all that left is told.
    doors.get(files(partnership)[0], headers=COORDINATOR)
    assert listed(doors, "coordinator")[0]["to"] == ["coordinator"]
    assert listed(doors, "")[0]["to"] == ["coordinator"]
    assert listed(doors, "health", "standards") == []
    headers = {"X-Reader": "governance", "X-Purpose": "AUDIT r-1", "Accept": "text/html"}
    page = doors.post("/audit/sent", data={"recipient": "health"}, headers=headers)
    assert "Took away: pack MASE, for health, officer" in page.text
    refused = doors.post("/audit/sent", data={"recipient": "health"}, headers=COORDINATOR)
    assert (refused.status_code, refused.json()["error"]) == (403, "no-auditor")
