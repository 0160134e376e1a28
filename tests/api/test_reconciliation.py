"""The data officer's page and file: one answer behind both, and a file that holds only what its reader may see."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from missingnet.api.app import create_app
from missingnet.api.opening import opened
from missingnet.api.screens.reconciling import written
from missingnet.graph import access
from missingnet.graph.answers.police_council_mismatch import Mismatch
from missingnet.ingest.run import load
from missingnet.settings import Settings
from tests import engines, served
from tests.api.test_the_command_line import run
from tests.ingest.recording import nowhere
from tests.served import AS_AT, COORDINATOR

HTML = {**COORDINATOR, "Accept": "text/html"}
PERIOD = f"since=2025-01-01&as_at={AS_AT}"


#: The council's return of a child of whom the police hold 12 October, and no other time.
PLACED = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
PLACED += "500003,01/01/2026,S,C2,N1,U6,PR1,,,,NN1 2DZ,NN1 1JP,\n"
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END\n"
MISSING += "500003,21/01/2012,M,12/10/2026,14/10/2026\n500003,21/01/2012,M,15/10/2026,16/10/2026\n"


async def _load(settings: Settings, folder: Path) -> None:
    async with opened(settings) as store:
        report = await load([folder], store, locate=nowhere)
        assert report.exit_code == 0


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("return")
    (folder / "agency.toml").write_text('agency = "997"\nextract_date = 2026-11-01\n', encoding="utf-8")
    (folder / "episodes.csv").write_text(PLACED, encoding="utf-8")
    (folder / "missing.csv").write_text(MISSING, encoding="utf-8")
    with engines.embedded(tmp_path_factory.mktemp("reconciled")) as settings:
        served.fill(settings, tmp_path_factory.mktemp("files"))
        with ThreadPoolExecutor(1) as alone:
            alone.submit(asyncio.run, _load(settings, folder)).result()
        with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
            yield client


def lines(doors: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = ""
    while after is not None:
        part = doors.get(f"/reconciliation?{PERIOD}&limit=500{after and f'&after={after}'}", headers=COORDINATOR).json()
        found += part["rows"]
        after = part["next"]
    return found


def table(doors: TestClient, agency: str, period: str = PERIOD) -> list[list[str]]:
    found = doors.get(f"/reconcile/lines.csv?agency={agency}&{period}", headers=COORDINATOR)
    assert found.status_code == 200, found.text[:300]
    (marking, *about), _, *rows = csv.reader(io.StringIO(found.text))
    assert (marking, len(about)) == ("OFFICIAL-SENSITIVE", 2)
    return rows


def test_the_page_and_the_file_tell_what_the_question_answers(doors: TestClient) -> None:
    rows = lines(doors)
    assert rows
    page = doors.get(f"/reconcile?{PERIOD}", headers=HTML).text
    assert f"of {len(rows)}</h2>" in page
    assert "Agreement by month" in page
    for agency in ("99", "997"):
        mine = [row for row in rows if agency in row["look"]]
        assert [line[0] for line in table(doors, agency)] == [row["month"] for row in mine]
    chosen = rows[0]["differences"][0]
    some = doors.get(f"/reconcile?{PERIOD}&difference={chosen}", headers=HTML).text
    assert f"of {sum(chosen in row['differences'] for row in rows)}</h2>" in some


def test_a_file_holds_only_lines_whose_every_record_its_people_may_see(
    doors: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = table(doors, "99")
    assert any("997" in line[5] for line in whole)
    known = dict(access.readers())
    blind = access.Reader("new", "New", "99", (), (), ())
    monkeypatch.setattr(access, "readers", lambda extra=None: {**known, "new": blind})
    fewer = table(doors, "99")
    assert len(fewer) < len(whole)
    assert not any("997" in line[5] or "interviews" in line[5] for line in fewer)


def test_the_trend_is_counted_from_the_same_answer_by_page_route_and_command(doors: TestClient) -> None:
    rows = doors.get(f"/reconciliation?{PERIOD}&agreed=true&limit=500", headers=COORDINATOR).json()["rows"]
    compared = [row for row in rows if row["look"] or not row["differences"]]
    homes = sorted({row["home_id"] for row in compared if row["home_id"]})

    def months(**words: str) -> list[dict[str, Any]]:
        found = doors.get("/reconciliation/agreement", params={**given, **words}, headers=COORDINATOR)
        assert found.status_code == 200, found.text[:300]
        told: list[dict[str, Any]] = found.json()["months"]
        return told

    given = {"since": "2025-01-01", "as_at": AS_AT}
    for words, fit in (
        ({}, compared),
        ({"agency": "997"}, [row for row in compared if "997" in row["agencies"]]),
        ({"home": "none"}, [row for row in compared if not row["home_id"]]),
        *(({"home": home}, [row for row in compared if row["home_id"] == home]) for home in homes),
    ):
        counted = {row["month"]: sum(other["month"] == row["month"] for other in fit) for row in fit}
        agree = {row["month"]: 0 for row in fit} | dict(Counter(r["month"] for r in fit if not r["differences"]))
        told = months(**words)
        assert [(one["month"], one["compared"], one["agree"]) for one in told] == [
            (month, counted[month], agree[month]) for month in sorted(counted)
        ]
    every = months()
    assert every
    page = doors.get(f"/reconcile?{PERIOD}", headers=HTML).text
    assert all(f">{one['month']}</th>" in page for one in every)
    who = ("--reader", "coordinator", "--purpose", "CASE case-12", "--since", "2025-01-01", "--as-at", AS_AT)
    ran = run(doors.app.state.settings, "agreement", *who)  # type: ignore[attr-defined]
    assert ran.returncode == 0, ran.stderr
    for one in every:
        assert f"{one['month']}  {one['agree']} of {one['compared']} agree" in ran.stdout


def test_nobodys_agency_gets_a_file_and_no_child_is_named(doors: TestClient) -> None:
    refused = doors.get(f"/reconcile/lines.csv?agency=12&{PERIOD}", headers=COORDINATOR)
    assert refused.status_code == 422
    text = "\n".join(" ".join(line) for agency in ("99", "997") for line in table(doors, agency))
    assert "MP0000006" in text
    assert "500003|2026-10-15" in text
    assert not [name for name in served.CANARIES if name in text]


NOW = "since=2025-01-01&until=2026-11-01"


def said(doors: TestClient, name: str, **body: Any) -> Any:
    headers = {"X-Reader": name, "X-Purpose": "CASE case-12"}
    return doors.post("/judgements/lines", json={"since": "2025-01-01", "until": "2026-11-01", **body}, headers=headers)


def test_how_a_line_stands_is_said_on_the_page_and_told_in_the_file_where_they_may_see_it(doors: TestClient) -> None:
    rows = doors.get(f"/reconciliation?{NOW}&limit=500", headers=COORDINATOR).json()["rows"]
    first = next(row for row in rows if "99" in row["look"])
    page = doors.get(f"/reconcile?{NOW}", headers=HTML).text
    assert f'value="{first["records"][0]}"' in page
    form = {"record": first["records"], "said": said_of(first), "verdict": "explained", "reason": "told by telephone"}
    sent = doors.post(f"/reconcile/lines?{NOW}&state=open", data=form, headers=HTML, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"].partition("#")[2]) == (303, f"l-{first['sides'][0]['record']}")
    page = doors.get(f"/reconcile?{NOW}&state=explained", headers=HTML).text
    assert "of 1</h2>" in page and "told by telephone" in page
    assert f"of {len(rows) - 1}</h2>" in doors.get(f"/reconcile?{NOW}&state=open", headers=HTML).text
    today = table(doors, "99", NOW)
    assert [line[6].split(" (")[0] for line in today].count("explained") == 1
    stale = {**form, "said": ["ends apart by 999.0 hours"]}
    assert doors.post(f"/reconcile/lines?{NOW}", data=stale, headers=HTML).status_code == 409
    explained = [row for row in doors.get(f"/reconciliation?{NOW}", headers=COORDINATOR).json()["rows"] if row["said"]]
    line = Mismatch.model_validate_json(json.dumps(explained[0]))
    # Where the other agency may not see what was said, it is told that the line is open.
    assert [written([line], {}, seen, "99").count("explained") for seen in ([line.said[0].judgement], [])] == [1, 0]
    (judgement,) = doors.get("/judgements", headers=COORDINATOR).json()["rows"]
    assert (judgement["about"], judgement["rested_on"]) == ("line", first["records"])
    undone = {"reason": "another child"}
    back = doors.post(f"/reconcile/lines/{judgement['record']}/undo?{NOW}", data=undone, headers=HTML)
    assert back.status_code == 200 and "told by telephone" not in back.text

    assert said(doors, "coordinator", records=first["records"], verdict="same", reason="no").status_code == 422
    assert said(doors, "coordinator", records=["a" * 26], verdict="accepted", reason="why").status_code == 404
    assert said(doors, "health", records=first["records"], verdict="accepted", reason="why").status_code == 403
    made = said(doors, "coordinator", records=first["records"][:1], verdict="accepted", reason="why").json()
    assert made["verdict"] == "accepted"
    sent = doors.post(f"/judgements/{made['record']}/undo", json={"reason": "no"}, headers=COORDINATOR)
    assert sent.status_code == 204


def said_of(row: dict[str, Any]) -> list[str]:
    hours = {"starts apart": row["start_apart"], "ends apart": row["end_apart"]}
    return [f"{name} by {hours[name]} hours" if name in hours else name for name in row["differences"]]


def test_the_command_says_it_too(doors: TestClient) -> None:
    rows = doors.get(f"/reconciliation?{NOW}&limit=500", headers=COORDINATOR).json()["rows"]
    record = rows[0]["records"][0]
    who = ("--reader", "coordinator", "--purpose", "CASE case-12", "--since", "2025-01-01", "--until", "2026-11-01")
    for act, reason, words in (("--accepted", "they count nights", "accepted"), ("--undo", "not so", "undone")):
        ran = run(doors.app.state.settings, "judge-line", record, act, "--reason", reason, *who)  # type: ignore[attr-defined]
        assert ran.returncode == 0 and words in ran.stdout, ran
    ran = run(doors.app.state.settings, "judge-line", record, *who)  # type: ignore[attr-defined]
    assert ran.returncode != 0 and "Give one of --explained, --corrected, --accepted" in ran.stderr
