"""A page is whole without JavaScript and without a mouse, and what records say stays text."""

from __future__ import annotations

import io

import pypdf
import pytest
from playwright.sync_api import expect

from missingnet.graph.terms import MARKING
from tests.screens.conftest import Open
from tests.served import AS_AT, FORENAME, OTHER, Partnership

pytestmark = pytest.mark.chromium


def test_without_javascript_the_child_is_all_there(scriptless: Open, partnership: Partnership) -> None:
    page = scriptless(f"/child/{partnership.child}?as_at={AS_AT}")
    expect(page.locator("h1")).to_contain_text(FORENAME)
    expect(page.locator("#network-picture svg")).to_be_visible()
    expect(page.locator("#timeline-picture svg")).to_be_visible()
    expect(page.locator("#network-canvas")).to_be_hidden()
    rows = page.locator("#links-rows tr").count()
    assert rows > 5
    assert page.locator("#timeline-list .moj-timeline__item").count() > 3
    page.locator("#links-rows summary").first.click()
    expect(page.locator("#links-rows details[open] a").first).to_be_visible()


def test_without_javascript_the_filter_and_the_expansion_are_the_servers(
    scriptless: Open, partnership: Partnership
) -> None:
    page = scriptless(f"/child/{partnership.child}?as_at={AS_AT}")
    rows = page.locator("#links-rows tr").count()
    page.get_by_label("Missing with").uncheck()
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("#links-rows tr")).not_to_have_count(rows)
    expect(page.locator("main")).to_contain_text("The filter leaves out")
    assert f"as_at={AS_AT}" in page.url
    page.get_by_label("Links away").select_option("2")
    page.get_by_role("button", name="Change").click()
    assert "hops=2" in page.url


def test_without_javascript_search_questions_and_files_work(scriptless: Open, partnership: Partnership) -> None:
    page = scriptless("/")
    page.get_by_label("Name, alias, reference or postcode").fill(OTHER)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=f"Bramble {OTHER}").first.click()
    expect(page.locator("h1")).to_contain_text(OTHER)
    page.goto(page.url.split("/child/")[0] + f"/q/MASE-3-IN-3M?as_at={AS_AT}")
    page.get_by_label("Min episodes").fill("2")
    page.get_by_role("button", name="Ask").click()
    assert "min_episodes=2" in page.url
    expect(page.locator("#answer-table")).to_contain_text(OTHER)
    page.get_by_text("The query behind it").click()
    expect(page.locator(".mn-code")).to_contain_text("$visible[")


def test_the_diagram_is_walked_with_the_keyboard(visit: Open, partnership: Partnership) -> None:
    page = visit(f"/child/{partnership.child}?as_at={AS_AT}")
    page.locator("#network-canvas").focus()
    expect(page.locator("#network-status")).to_have_text("")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#network-status")).not_to_have_text("")
    page.keyboard.press("l")
    expect(page.locator("#network-status")).to_contain_text("record")
    page.keyboard.press("Escape")


def test_a_column_is_sorted_with_the_keyboard(visit: Open, partnership: Partnership) -> None:
    page = visit(f"/child/{partnership.child}?as_at={AS_AT}")
    button = page.locator("#links-table thead").get_by_role("button", name="First")
    button.focus()
    page.keyboard.press("Enter")
    days = page.evaluate(
        "[...document.querySelectorAll('#links-rows tr')].map(r => r.children[4].dataset.sortValue).filter(Boolean)"
    )
    assert days == sorted(days)


def test_what_a_record_says_is_never_markup(visit: Open, partnership: Partnership) -> None:
    page = visit(f"/child/{partnership.child}?as_at={AS_AT}")
    expect(page.locator("#timeline-list")).to_contain_text("<script>alert('canary')</script>")
    assert page.locator("main script:not([type='application/json'])").count() == 0


def test_an_expansion_adds_rows_and_what_was_shown_stays(visit: Open, partnership: Partnership) -> None:
    page = visit(f"/child/{partnership.child}?as_at={AS_AT}")
    expect(page.locator("#network-canvas canvas")).to_be_visible()
    before = page.locator("#links-rows tr").count()
    page.locator("#network-canvas").focus()
    for _ in range(6):
        page.keyboard.press("PageDown")
        page.keyboard.press("Enter")
        page.wait_for_timeout(400)
    assert page.locator("#links-rows tr").count() > before
    expect(page.locator("#network-status")).not_to_contain_text("could not")


def test_on_paper_the_network_is_drawn(visit: Open, partnership: Partnership) -> None:
    page = visit(f"/child/{partnership.child}?as_at={AS_AT}")
    page.wait_for_selector("#network-canvas canvas")
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    sizes = [picture["/Width"] for sheet in sheets for picture in sheet["/Resources"].get("/XObject", {}).values()]
    assert max(sizes, default=0) > 300


def test_on_paper_each_page_bears_the_marking_and_no_column_or_address_is_lost(
    visit: Open, partnership: Partnership
) -> None:
    page = visit(f"/q/SHARED-ASSOCIATE?as_at={AS_AT}")
    headings = [words.strip() for words in page.locator("#answer-table th").all_inner_texts()]
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    texts = [sheet.extract_text() for sheet in sheets]
    assert all(MARKING in text for text in texts)
    whole = "".join(texts)
    assert partnership.adult not in whole
    joined = "".join(whole.split())
    assert [words for words in headings if "".join(words.split()) not in joined] == []
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1030, "height": 700})
    assert page.locator("#answer-table").evaluate("table => table.scrollWidth <= document.documentElement.clientWidth")
