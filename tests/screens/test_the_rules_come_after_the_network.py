"""The rules that fired stand on the child's page a little later, or behind a link, and their failure is said."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.screens.conftest import Open
from tests.served import AS_AT, FORENAME, Partnership

pytestmark = pytest.mark.chromium

TITLE = "Three missing episodes within three months"


def test_the_page_fills_in_the_rules_and_their_tags(visit: Open, partnership: Partnership) -> None:
    page = visit(f"/child/{partnership.child}?as_at={AS_AT}")
    rule = page.locator("#rule-mase-3-in-3m")
    expect(rule).to_contain_text(TITLE, timeout=20_000)
    expect(page.locator("#rules-part")).to_contain_text("Asked, and nothing found for this child")
    tag = page.locator("#rule-tags a", has_text=TITLE)
    expect(tag).to_be_visible()
    tag.click()
    expect(rule).to_be_in_viewport()


def test_without_javascript_the_rules_are_a_page(scriptless: Open, partnership: Partnership) -> None:
    page = scriptless(f"/child/{partnership.child}?as_at={AS_AT}")
    page.get_by_role("link", name="The rules that fired").click()
    expect(page.locator("h1")).to_contain_text(f"Rules that fired for {FORENAME}")
    expect(page.locator("#rule-mase-3-in-3m")).to_contain_text(TITLE)
    expect(page.locator(".mn-as-at")).to_contain_text("1 Nov 2026, 23:59")


def test_rules_that_cannot_be_asked_do_not_look_like_nothing_found(
    visit: Open, partnership: Partnership, watched: object
) -> None:
    page = visit("/")
    page.route("**/rules?*", lambda route: route.abort())
    page = visit(f"/child/{partnership.child}?as_at={AS_AT}")
    expect(page.get_by_role("alert")).to_contain_text("The rules could not be asked. That is not the same as nothing")
    expect(page.get_by_role("link", name="Ask them again")).to_be_visible()
    expect(page.locator("#rules-part")).not_to_contain_text("nothing found for this child")
    complaints = watched.complaints  # type: ignore[attr-defined]
    complaints[:] = [text for text in complaints if "Failed to load resource" not in text]
