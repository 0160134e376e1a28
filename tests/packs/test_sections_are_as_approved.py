"""Each section's content for the invented child and month, as a person approved it: tests/packs/approved/*.json.

After a wanted change: MISSINGNET_TEST_APPROVE=1 pytest tests/packs, then read the difference before committing it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from missingnet.visualise.pack import meetings
from missingnet.visualise.pack.meetings import MEETINGS, section
from tests.packs.example import FILLED, about, answered, pack_of

APPROVED = Path(__file__).parent / "approved"
DECLARED = sorted(p.stem for p in (Path(meetings.__file__).parent / "sections").glob("*.py") if p.stem != "__init__")


def made(name: str) -> dict[str, Any]:
    """The section as the first meeting that has it prints it; a picture by its words, not by how it is drawn."""
    meeting = next(meeting.name for meeting in MEETINGS.values() if name in meeting.agenda)
    pack = pack_of(meeting, answered(meeting, about(meeting), FILLED)).as_json()
    found: dict[str, Any] = next(one for one in pack["sections"] if one["name"] == name)
    for part in found["parts"]:
        for block in part["blocks"]:
            block.pop("svg", None)
    return found


@pytest.mark.parametrize("name", DECLARED)
def test_a_section_is_as_approved(name: str) -> None:
    path = APPROVED / f"{name}.json"
    text = json.dumps(made(name), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("MISSINGNET_TEST_APPROVE"):
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"read it, then approve it: MISSINGNET_TEST_APPROVE=1 pytest {Path(__file__).parent}"
    assert text == path.read_text(encoding="utf-8")


def test_every_section_is_on_an_agenda_and_has_its_approved_content() -> None:
    agendas = {name for meeting in MEETINGS.values() for name in meeting.agenda}
    assert agendas == set(DECLARED) == {path.stem for path in APPROVED.glob("*.json")}


@pytest.mark.parametrize("name", DECLARED)
def test_a_section_says_which_agenda_item_it_answers(name: str) -> None:
    assert "agenda" in section(name).source
