"""The timeline in a real browser: nothing clipped, every entry by keyboard, and its twin in the list."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.visualise import drawn
from tests.visualise.conftest import Open, Site

pytestmark = pytest.mark.chromium


def timeline_of(page: Page) -> Page:
    """The page moved to its timeline, which is drawn when it is nearly in view; until then the picture stands."""
    page.locator("#timeline").scroll_into_view_if_needed()
    expect(page.locator("#timeline-canvas .mn-entry").first).to_be_visible()
    return page


@pytest.mark.parametrize("width", [1440, 900, 320])
def test_no_entry_is_clipped_at_the_right_edge(width: int, site: Site, open_page: Open) -> None:
    page = timeline_of(open_page(site.address + "/", width))
    expect(page.locator("#timeline-canvas .mn-entry")).to_have_count(len(drawn.two_months()))
    expect(page.locator("#timeline-canvas .mn-entry").first).to_be_visible()
    edge = page.locator("#timeline-canvas .vis-panel.vis-center").evaluate(
        "panel => panel.getBoundingClientRect().right"
    )
    rights = page.locator("#timeline-canvas .mn-entry").evaluate_all(
        "entries => entries.map((entry) => entry.getBoundingClientRect().right)"
    )
    assert max(rights) <= edge


def test_each_entry_is_reached_by_keyboard_spoken_and_found_in_the_list(site: Site, open_page: Open) -> None:
    page = timeline_of(open_page(site.address + "/"))
    page.focus("#timeline-canvas")
    status = page.locator("#timeline-status")
    page.keyboard.press("End")
    expect(status).to_have_text("Missing: Missing, not yet found, high risk, 31 Oct 2026, 20:00, still open. 9 of 9.")
    page.keyboard.press("ArrowRight")
    expect(status).to_have_text("This is the last entry.")
    page.keyboard.press("Home")
    expect(status).to_contain_text("1 of 9.")
    page.keyboard.press("ArrowRight")
    expect(status).to_have_text(
        "Missing: Missing 19 hours, high risk, 14 Sep 2026, 20:00 to 15 Sep 2026, 15:00. 2 of 9."
    )
    page.keyboard.press("Enter")
    expect(page.locator("#timeline-list [data-entry-id='t1']")).to_be_focused()


def test_rows_are_named_and_missing_and_absent_stand_apart(site: Site, open_page: Open) -> None:
    page = timeline_of(open_page(site.address + "/"))
    lanes = page.locator("#timeline-canvas .vis-labelset .vis-label")
    expect(lanes).to_have_text(["Missing", "Absent or away", "Found", "Interviews and checks", "School", "Placements"])


def test_the_buttons_move_zoom_and_come_back(site: Site, open_page: Open) -> None:
    page = timeline_of(open_page(site.address + "/"))
    window = "(({start, end}) => end - start)(document.getElementById('timeline').line.line.getWindow())"
    whole = page.evaluate(window)
    page.locator("#timeline-zoom-in").click()
    assert page.evaluate(window) < whole
    page.locator("#timeline-later").click()
    page.locator("#timeline-fit").click()
    assert abs(page.evaluate(window) - whole) < 1000
