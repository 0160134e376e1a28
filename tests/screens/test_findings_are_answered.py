"""A person acknowledges or dismisses a finding where it stands, and finds it again under what was said."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.screens.conftest import Open
from tests.screens.test_every_page_is_accessible import violations

pytestmark = pytest.mark.chromium

WHY = "all three were one school trip"


def test_a_finding_is_dismissed_where_it_stands_and_opened_again(visit: Open) -> None:
    page = visit("/findings")
    while not page.locator("#worked-out").count():
        page.wait_for_timeout(500)
        page.reload()
    page.locator("summary", has_text="Acknowledge or dismiss").first.click()
    assert violations(page) == []
    row = page.locator("#findings-table tbody tr").first
    row.get_by_role("radio", name="Dismissed").check()
    row.get_by_label("Why, in words that another person can check").fill(WHY)
    row.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="Dismissed (1)").click()
    row = page.locator("#findings-table tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(WHY)
    assert violations(page) == []
    row.locator("summary", has_text="Undo it").click()
    row.get_by_label("Why", exact=True).fill("another child")
    row.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Dismissed (0)")).to_be_visible()
