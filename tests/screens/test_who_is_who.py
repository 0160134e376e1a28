"""The queue of what may be one: worked out by a button, judged on its page, listed, and undone."""

from __future__ import annotations

import json
import stat

import pytest
from playwright.sync_api import expect

from tests.screens.conftest import Open
from tests.served import CANARIES, Partnership

pytestmark = pytest.mark.chromium


def test_suggestions_are_worked_out_by_a_button_and_kept_without_a_name(visit: Open, partnership: Partnership) -> None:
    page = visit("/matches?kind=people")
    expect(page.locator("#worked-out")).to_contain_text("Nothing is worked out yet")
    page.get_by_role("button", name="Work them out").click()
    expect(page.get_by_role("status")).to_contain_text("Show how far it is")
    # The page asks for itself again until it is done.
    expect(page.locator("#worked-out")).to_contain_text("Worked out on", timeout=120_000)
    (kept,) = (partnership.settings.home / "suggestions").glob("*.json")
    text = kept.read_text(encoding="utf-8")
    assert json.loads(text)["described"] >= 4
    assert [name for name in CANARIES if name in text] == []
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_two_are_judged_on_their_page_and_the_judgement_is_undone(visit: Open, partnership: Partnership) -> None:
    page = visit(f"/matches/{partnership.child}/{partnership.other}")
    expect(page.locator("#compared-table")).to_contain_text("Differs")
    page.get_by_label("Not sure: leave it at the end of the queue").check()
    page.get_by_label("Why").fill("Asked the council’s team")
    page.get_by_role("button", name="Record this judgement").click()
    expect(page).to_have_title("Judgements – MissingNet")
    section = page.locator("section.mn-rule")
    expect(section).to_contain_text("Not sure")
    expect(section).to_contain_text("“Asked the council’s team”")
    page.goto(f"{page.url.partition('/matches')[0]}/matches/{partnership.child}/{partnership.other}")
    expect(page.locator("#judge ~ p").first).to_contain_text("coordinator judged on")
    page.get_by_role("link", name="Confirm or undo it").click()
    section.get_by_text("Undo it").click()
    section.get_by_label("Why").fill("Judged the wrong two")
    section.get_by_role("button", name="Undo").click()
    expect(page.locator("main")).to_contain_text("Nobody has judged anything that you may see")
