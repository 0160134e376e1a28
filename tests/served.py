"""A small invented partnership loaded into an engine of its own, and the service over it: what the doors are tested on.

Names that begin with 'Canary' stand in no file of the project: found in a log, an address or an error, they leaked.
"""

from __future__ import annotations

import asyncio
import csv
import json
import socket
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from missingnet.api.app import create_app
from missingnet.api.opening import opened
from missingnet.ingest.run import load
from missingnet.settings import Settings

COORDINATOR = {"X-Reader": "coordinator", "X-Purpose": "MASE case-12"}
SCHOOL = {"X-Reader": "school-only", "X-Purpose": "EDUCATION roll-7"}
HEALTH = {"X-Reader": "health", "X-Purpose": "HEALTH clinic-3"}
AS_AT = "2026-11-01"
FORENAME, FAMILY, OTHER, ADULT, STREET = "Canaryan", "Canarywick", "Canaryford", "Canarystone", "Canary Parade"
CANARIES = (FORENAME, FAMILY, OTHER, ADULT, STREET)

_HOME, _PARK = "990000000101", "990000000102"
_CHILDREN = {
    "N1000001": ("500001", FORENAME, FAMILY, "12/04/2011"),
    "N1000002": ("500002", "Bramble", OTHER, "03/09/2010"),
    "N1000003": ("500003", "Cinder", "Canarymere", "21/01/2012"),
}


def missing_report(number: int, nominal: str, seen: str, back: str, found: str, companions: str) -> dict[str, str]:
    """A row of the police's missing reports."""
    council, forename, family, born = _CHILDREN[nominal]
    return {
        "Report Ref": f"MP000000{number}",
        "Force": "99",
        "Nominal Ref": nominal,
        "LA Code": "997",
        "LA Child Ref": council,
        "Forenames": forename,
        "Surname": family,
        "Aliases": "Cee" if number == 1 else "",
        "DOB": born,
        "Sex": "F",
        "Ethnicity": "White British",
        "Home Postcode": "NN1 2DZ",
        "Last Seen": seen,
        "Reported": seen,
        "Located": back,
        "Returned": back,
        "Initial Risk": "Medium",
        "Current Risk": "High",
        "Risk Changes": "",
        "Missing From": "Home",
        "From UPRN": _HOME,
        "From Address": f"1 {STREET}, Quillhaven",
        "From Postcode": "NN1 2DZ",
        "From Ofsted URN": "",
        "Found UPRN": found,
        "Found Address": f"2 {STREET}, Quillhaven",
        "Found Postcode": "NN1 1JP",
        "Found Place Type": "Park",
        "Found By": "Police",
        "Companions": companions,
        "Notified": "Parent; School",
        "Safe And Well At": "",
        "Safe And Well By": "",
        "Safe And Well Findings": "",
        "Circumstances": "Did not come back from school.",
        "LPU": "Quillhaven North",
    }


def _interview() -> dict[str, str]:
    council, forename, family, born = _CHILDREN["N1000001"]
    return {
        "Interview Ref": "RI0000001",
        "LA Code": "997",
        "Council Ref": council,
        "Force": "99",
        "Police Ref": "N1000001",
        "Forename": forename,
        "Surname": family,
        "DOB": born,
        "Episode Ref": "MP0000001",
        "Returned": "06/09/2026 08:00",
        "Contacted": "06/09/2026 10:00",
        "Offered": "06/09/2026 11:00",
        "Held": "07/09/2026 14:00",
        "Outcome": "held",
        "Seen Alone": "Yes",
        "Independent": "Yes",
        "Interviewer": "T. Ombright",
        "Why": "<script>alert('canary')</script> Needed to get out.",
        "Where Went": "The park",
        "Place UPRN": _PARK,
        "Place Postcode": "NN1 1JP",
        "Where Slept": "A friend's",
        "Slept UPRN": "",
        "With Children": "500002",
        "With Adults": "N7000001",
        "How Funded": "Did not say",
        "Transport": "Car",
        "Vehicle": "QT25 BFA",
        "Phone": "07700 900123",
        "Handle": "snap:cee",
        "Harm": "",
        "Wishes": "To keep the same worker.",
        "Parents View": "",
        "Advice": "Who to ring at any hour.",
        "Advocate Offered": "Yes",
        "Themes": "School",
    }


def _intelligence() -> dict[str, str]:
    return {
        "Log Ref": "IL0000001",
        "Force": "99",
        "Date Of Information": "10/10/2026 09:00",
        "Source Grade": "3",
        "Information Grade": "D",
        "Handling": "P",
        "Condition": "",
        "Subject Type": "Child",
        "Subject Ref": "N1000002",
        "Subject Name": f"Bramble {OTHER}",
        "Subject DOB": "03/09/2010",
        "Relation": "boyfriend",
        "Object Type": "Adult",
        "Object Ref": "N7000001",
        "Object Name": f"Rafe {ADULT}",
        "Object Address": "",
        "Object Postcode": "",
        "Object Place Type": "",
        "Text": "Seen together after school.",
    }


def write_files(folder: Path) -> list[Path]:
    """The agencies' files under the folder; the folders to load."""
    rows: Mapping[str, list[dict[str, str]]] = {
        "police-99/police_missing.csv": [
            missing_report(
                1, "N1000001", "05/09/2026 18:00", "06/09/2026 08:00", _PARK, "N1000002 child; N7000001 adult"
            ),
            missing_report(2, "N1000002", "05/09/2026 18:30", "06/09/2026 08:10", _PARK, "N1000001 child"),
            missing_report(3, "N1000001", "20/09/2026 18:00", "21/09/2026 09:00", _PARK, "N1000002 child"),
            missing_report(4, "N1000002", "20/09/2026 17:00", "21/09/2026 09:00", _PARK, ""),
            missing_report(5, "N1000001", "10/10/2026 19:00", "11/10/2026 02:00", _PARK, ""),
            missing_report(6, "N1000003", "12/10/2026 19:00", "12/10/2026 23:00", "990000000103", ""),
        ],
        "police-99/associates.csv": [
            {
                "Nominal Ref": "N7000001",
                "Force": "99",
                "Forenames": "Rafe",
                "Surname": ADULT,
                "Aliases": "RS",
                "DOB": "15/03/1998",
                "Sex": "M",
                "Role": "Associate",
            }
        ],
        "police-99/intelligence.csv": [_intelligence()],
        "interviews/return_interviews.csv": [_interview()],
        "council-997/lists.csv": [
            {
                "Entry Ref": "LE0000001",
                "LA Code": "997",
                "Council Ref": "500002",
                "UPN": "",
                "Forename": "Bramble",
                "Surname": OTHER,
                "DOB": "03/09/2010",
                "Sex": "F",
                "List": "CSE",
                "Added": "01/03/2026",
                "Removed": "",
                "Status": "Current",
                "Worker": "L. Orbury",
            }
        ],
    }
    agencies = {"police-99": "99", "interviews": "interviews", "council-997": "997"}
    for name, agency in agencies.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "agency.toml").write_text(f'agency = "{agency}"\nextract_date = 2026-11-01\n')
    for name, told in rows.items():
        write_rows(folder / name, told)
    return [folder / name for name in agencies]


def write_rows(file: Path, rows: list[dict[str, str]]) -> None:
    """One file of an agency: a header and these rows."""
    with file.open("w", newline="", encoding="utf-8") as opened_file:
        writer = csv.DictWriter(opened_file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@dataclass(frozen=True)
class Partnership:
    """A loaded partnership: its settings, and the ids that tests open."""

    settings: Settings
    child: str
    other: str
    adult: str
    record: str


def _nowhere(_: str) -> None:
    return None


async def _fill(settings: Settings, folder: Path) -> None:
    async with opened(settings) as store:
        report = await load(write_files(folder), store, locate=_nowhere)
        problems = [f"{file.file}: {problem}" for file in report.files for _, problem in file.problems()]
        assert report.exit_code == 0, problems
        assert not sum(file.rejected for file in report.files), problems


def fill(settings: Settings, folder: Path) -> Partnership:
    """Load the partnership into an empty graph."""
    from fastapi.testclient import TestClient

    # In a thread of its own: where a browser is driven, this one has a loop that runs already.
    with ThreadPoolExecutor(1) as alone:
        alone.submit(asyncio.run, _fill(settings, folder)).result()
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000", headers=COORDINATOR) as client:

        def found(sought: str) -> str:
            hits = client.post("/questions/search", json={"sought": sought}).json()["rows"]
            assert hits, f"nothing found by the {len(sought)} letters that were sought"
            return str(hits[0]["thing_id"])

        child, other, adult = found("500001"), found("500002"), found(f"Rafe {ADULT}")
        line = client.get(f"/children/{child}/timeline", params={"as_at": AS_AT}).json()["rows"]
        record = next(row["record"] for row in line if row["label"] == "Episode")
    return Partnership(settings, child, other, adult, record)


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The service on a port of its own, in a thread; its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(settings), access_log=False, log_level="warning", server_header=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the service did not start"
                thread.join(0.05)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(15)


def audit_lines(settings: Settings) -> list[dict[str, object]]:
    """What the audit holds."""
    path = settings.home / "audit" / "audit.jsonl"
    return [json.loads(line.rpartition("\t")[0]) for line in path.read_text(encoding="utf-8").splitlines()]
