"""The eight faults of the sketch (SCREENS §7) do not come back, on the real child's page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.screens.conftest import Open
from tests.served import AS_AT, FORENAME, Partnership

pytestmark = pytest.mark.chromium


@pytest.fixture
def child(visit: Open, partnership: Partnership) -> Page:
    page = visit(f"/child/{partnership.child}?as_at={AS_AT}")
    expect(page.locator("#network-canvas canvas")).to_be_visible()
    return page


def test_1_labels_belong_to_what_is_chosen_and_go_with_it(child: Page) -> None:
    child.locator("[data-show-link]").first.click()
    expect(child.locator("#network-panel h3").first).to_be_visible()
    expect(child.locator("#links-rows tr.mn-chosen")).to_have_count(1)
    child.locator("#network-canvas").focus()
    child.keyboard.press("Escape")
    expect(child.locator("#links-rows tr.mn-chosen")).to_have_count(0)


def test_2_the_first_tab_stops_lead_past_the_diagram(child: Page) -> None:
    texts = []
    for _ in range(3):
        child.keyboard.press("Tab")
        texts.append(child.evaluate("document.activeElement.textContent.trim()"))
    assert texts == ["Skip to main content", "Skip to the table of links", "Skip to the list of events"]
    child.keyboard.press("Shift+Tab")
    child.keyboard.press("Enter")
    assert child.evaluate("location.hash") == "#links-table"
    child.keyboard.press("Tab")
    assert child.evaluate("!!document.activeElement.closest('#links-table')")


def test_3_no_page_draws_a_map(visit: Open) -> None:
    page = visit(f"/q/HOTSPOT?as_at={AS_AT}&since=2026-08-01")
    expect(page.locator("#answer-table")).to_be_visible()
    assert page.locator("[class*=leaflet], [id*=map]").count() == 0


def test_4_the_timeline_has_a_list_of_the_same_entries_and_clips_nothing(child: Page) -> None:
    child.locator("#timeline").scroll_into_view_if_needed()
    expect(child.locator("#timeline-canvas .vis-item").first).to_be_visible()
    drawn = child.evaluate("JSON.parse(document.getElementById('timeline-data').textContent).entries.map(e => e.id)")
    listed = child.evaluate(
        "[...document.querySelectorAll('#timeline-list [data-entry-id]')].map(e => e.dataset.entryId)"
    )
    assert drawn
    assert set(drawn) == set(listed)
    box = child.locator("#timeline-canvas .vis-panel.vis-center").bounding_box()
    assert box is not None
    for mark in child.locator("#timeline-canvas .vis-item.vis-point:visible").all():
        own = mark.bounding_box()
        assert own is None or own["x"] + own["width"] <= box["x"] + box["width"] + 1


def test_5_grades_and_strength_are_tags_and_every_source_opens(child: Page, partnership: Partnership) -> None:
    expect(child.locator("#links-rows .govuk-tag").first).to_be_visible()
    child.locator("#links-rows summary").first.click()
    source = child.locator("#links-rows details[open] a[href^='/record/']").first
    expect(source).to_be_visible()
    assert "confidence" not in child.locator("main").inner_text().lower()
    source.click()
    expect(child.get_by_role("heading", name="The row as it came")).to_be_visible()


def test_6_the_diagram_begins_high_on_the_page(child: Page) -> None:
    box = child.locator("#network-canvas").bounding_box()
    assert box is not None
    assert box["y"] <= 320
    assert box["y"] + box["height"] <= 900


def test_7_links_are_filtered_by_date_expanded_undone_and_explained(child: Page) -> None:
    found = child.locator("#links-rows tr").count()
    child.get_by_label("Observed from").fill("2026-10-09")
    child.get_by_label("Observed from").dispatch_event("change")
    expect(child.locator("#network-count")).not_to_have_text(re.compile(f"Showing {found} of"))
    child.get_by_role("button", name="Show everything").click()
    expect(child.locator("#links-rows tr:visible")).to_have_count(found)
    child.locator("#network-canvas").focus()
    child.keyboard.press("ArrowUp")
    child.keyboard.press("Enter")
    expect(child.locator("#network-undo")).to_be_enabled()
    child.get_by_role("button", name="Undo expand").click()
    expect(child.locator("#links-rows tr")).to_have_count(found)
    child.locator("[data-show-link]").first.click()
    expect(child.locator("#network-panel")).to_contain_text(FORENAME)
    expect(child.locator("#network-panel a[href^='/record/']").first).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search",
        "/q",
        "/packs",
        "/loads",
        "/sign-in",
        "/q/GROUP-MISSING?since=2026-08-01",
        "CHILD",
        "RECORD",
        "THING",
    ],
)
def test_8_pages_reflow_at_320_pixels(narrow: Open, partnership: Partnership, path: str) -> None:
    named = {
        "CHILD": f"/child/{partnership.child}?as_at={AS_AT}",
        "RECORD": f"/record/{partnership.record}",
        "THING": f"/thing/Associate/{partnership.adult}?as_at={AS_AT}",
    }
    page = narrow(named.get(path, path))
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
