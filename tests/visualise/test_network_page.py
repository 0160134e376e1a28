"""The network in a real browser: by keyboard, with expansion and undo, filters, the panel and the table beside it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.visualise import drawn
from tests.visualise.conftest import Open, Site

pytestmark = pytest.mark.chromium

STATUS = "#network-status"


def say(page: Page) -> str:
    return page.inner_text(STATUS)


def positions(page: Page) -> dict[str, dict[str, float]]:
    places: dict[str, dict[str, float]] = page.evaluate(
        "document.getElementById('network').explorer.network.getPositions()"
    )
    return places


def choose_x1(page: Page) -> None:
    page.focus("#network-canvas")
    for _ in range(40):
        page.keyboard.press("PageDown")
        if "Adult X1" in say(page):
            return
    raise AssertionError("Page Down did not reach Adult X1")


def test_the_diagram_is_within_the_first_screen_and_nothing_complains(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/")
    box = page.locator("#network-canvas canvas").bounding_box()
    assert box and box["y"] + box["height"] <= 900
    expect(page.locator("#network-picture")).to_be_hidden()
    assert set(positions(page)) == {node.id for node in site.nodes}


def test_without_scripts_the_picture_the_table_and_the_list_say_the_same(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/", scripts=False)
    expect(page.locator("#network-picture svg")).to_be_visible()
    expect(page.locator("#timeline-picture svg")).to_be_visible()
    expect(page.locator("#network-canvas")).to_be_hidden()
    expect(page.locator("#links-rows tr")).to_have_count(len(site.edges))
    expect(page.locator("#timeline-list [data-entry-id]")).to_have_count(len(drawn.two_months()))
    expect(page.get_by_role("button", name="Filter")).to_be_visible()


def test_arrows_move_the_choice_and_the_status_line_speaks(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/")
    page.focus("#network-canvas")
    page.keyboard.press("ArrowRight")
    assert say(page) == "Child A, child, 8 links."
    page.keyboard.press("ArrowRight")
    assert re.match(r"Invented (Academy|House), (school|home), 1 link\.", say(page))
    page.keyboard.press("Escape")
    assert say(page) == "Nothing is chosen."
    expect(page.locator("#network-panel")).to_have_text("Choose a shape or a line.")


def test_every_thing_can_be_reached_by_keyboard(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/")
    page.focus("#network-canvas")
    spoken = set()
    for _ in site.nodes:
        page.keyboard.press("PageDown")
        spoken.add(say(page).split(", ")[0])
    assert spoken == {node.label for node in site.nodes}


def test_a_link_says_why_it_is_here_and_leads_to_its_record(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/")
    page.focus("#network-canvas")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("l")
    assert say(page) == "Child A went with Child B. 1 Sep 2026, strong, 1 record."
    panel = page.locator("#network-panel")
    for words in ("Why is this link here?", "CHILD-NETWORK", "West Midlands Police", "2 B", "1 Sep 2026", "Strong"):
        expect(panel).to_contain_text(words)
    expect(panel.get_by_role("link", name="Open the record")).to_have_attribute("href", "/record/r-e0")
    expect(page.locator("tr.mn-chosen")).to_have_attribute("data-link-id", "e0")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("link", name="Open the record")).to_be_focused()


def test_a_click_on_a_shape_or_a_line_chooses_it(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/")
    where = page.evaluate(
        """() => { const {network} = document.getElementById('network').explorer;
        const at = network.canvasToDOM(network.getPosition('d')), to = network.canvasToDOM(network.getPosition('b'));
        return [at, {x: (at.x + to.x) / 2, y: (at.y + to.y) / 2}]; }"""
    )
    canvas = page.locator("#network-canvas canvas")
    canvas.click(position=where[0])
    expect(page.locator("#network-panel h3")).to_have_text("Child D")
    page.wait_for_timeout(400)  # two clicks nearer than this are one double click
    canvas.click(position=where[1])
    expect(page.locator("#network-panel h3")).to_have_text("Child D – went with – Child B")


def test_a_row_of_the_table_shows_its_link_in_the_diagram(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/")
    page.locator("[data-show-link='e9']").click()
    expect(page.locator("#network-panel h3")).to_have_text("Adult X1 – uses – Silver hatchback")
    expect(page.locator("#network-canvas")).to_be_focused()


def test_enter_expands_without_moving_anything_and_control_z_takes_it_back(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/")
    before = positions(page)
    choose_x1(page)
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_have_text("Adult X1 expanded: 3 new things, 5 new links. Shown 3 of 3.")
    after = positions(page)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"x3", "e", "hotel"}
    expect(page.locator("#links-rows tr")).to_have_count(len(site.edges) + 5)
    expect(page.locator("#network-count")).to_have_text("Showing 21 of 21 links.")
    expect(page.locator("#links-rows [data-show-link='n1']")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_have_text("Adult X1 is already expanded.")
    page.keyboard.press("Control+z")
    expect(page.locator(STATUS)).to_have_text("Undone: Adult X1 is no longer expanded.")
    assert positions(page) == before
    expect(page.locator("#links-rows tr")).to_have_count(len(site.edges))
    expect(page.locator("#network-undo")).to_be_disabled()


def test_the_buttons_expand_and_undo_too(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/")
    expect(page.locator("#network-expand")).to_be_disabled()
    choose_x1(page)
    page.locator("#network-expand").click()
    expect(page.locator("#links-rows tr")).to_have_count(len(site.edges) + 5)
    page.get_by_label("met", exact=True).uncheck()
    expect(page.locator("tr[data-link-id='n2']")).to_be_hidden()
    page.locator("#network-undo").click()
    expect(page.locator("#links-rows tr")).to_have_count(len(site.edges))
    expect(page.get_by_label("met", exact=True)).to_have_count(0)


def test_an_expansion_that_is_refused_changes_nothing_and_says_so(site: Site, open_page: Open) -> None:
    site.refuse = True
    page = open_page(site.address + "/", quiet=False)  # the browser itself reports the refusal on its console
    before = positions(page)
    choose_x1(page)
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_have_text("Adult X1 could not be expanded. Nothing has changed.")
    assert positions(page) == before
    expect(page.locator("#network-expand")).to_be_enabled()


def test_filters_by_kind_strength_and_date_act_on_diagram_and_table_alike(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/")
    shown = page.locator("#links-rows tr:visible")
    page.get_by_label("uses", exact=True).uncheck()
    expect(shown).to_have_count(13)
    expect(page.locator("#network-count")).to_have_text("Showing 13 of 16 links.")
    page.get_by_label("Weak", exact=True).uncheck()
    expect(shown).to_have_count(12)
    page.get_by_label("Observed from").fill("2026-10-01")
    expect(shown).to_have_count(5)
    hidden = page.evaluate(
        "document.getElementById('network').explorer.edges.get({filter: (link) => !link.hidden}).length"
    )
    assert hidden == 5
    assert "Phone ending 441" not in page.evaluate(
        "document.getElementById('network').explorer.visibleThings().map((thing) => thing.label)"
    )
    page.get_by_role("button", name="Show everything").click()
    expect(shown).to_have_count(16)
    expect(page.locator(STATUS)).to_have_text("Showing 16 of 16 links.")


def test_a_link_without_a_date_stays_under_a_date_filter_and_is_counted(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/")
    choose_x1(page)
    page.keyboard.press("Enter")
    expect(page.locator("#links-rows tr")).to_have_count(21)
    page.get_by_label("Observed from").fill("2026-10-05")
    expect(page.locator("#network-count")).to_contain_text("1 link without a date is kept.")
    expect(page.locator("tr[data-link-id='n4']")).to_be_visible()


def test_dates_sort_as_dates(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/")
    page.get_by_role("button", name="When").click()
    values = page.locator("#links-rows td[data-sort-value]").evaluate_all(
        "cells => cells.map(c => c.dataset.sortValue)"
    )
    assert values == sorted(values)


def test_nothing_overflows_at_320_pixels(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/", 320, 640)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    region = page.locator(".mn-scroll")
    assert region.evaluate("box => box.scrollWidth > box.clientWidth && box.tabIndex === 0")


def test_hostile_names_stay_names(site: Site, open_page: Open) -> None:
    nodes = [drawn.node("a", "Child", drawn.HOSTILE, here=True), drawn.node("b", "Place", drawn.HOSTILE)]
    site.show(nodes, [drawn.edge("e", "a", "b", drawn.HOSTILE, "weak", None, drawn.HOSTILE)])
    page = open_page(site.address + "/")
    page.focus("#network-canvas")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("l")
    expect(page.locator("#network-panel")).to_contain_text(drawn.HOSTILE)
    assert page.locator("img:not(.mn-print)").count() == 0
    expect(page).to_have_title("Child A – MissingNet")


def test_paper_gets_the_whole_diagram_as_a_picture_and_the_timeline(site: Site, open_page: Open) -> None:
    page = open_page(site.address + "/")
    choose_x1(page)
    page.keyboard.press("+")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".mn-print")).to_be_visible()
    drawn_on = "picture => picture.getContext('2d').getImageData(0, 0, picture.width, picture.height).data.some(v => v)"
    assert page.locator(".mn-print").evaluate(drawn_on)
    expect(page.locator("#timeline-picture svg")).to_be_visible()
    expect(page.locator("#network-tools")).to_be_hidden()


@pytest.mark.parametrize("size", [150])
def test_a_network_of_150_things_is_drawn(size: int, site: Site, open_page: Open) -> None:
    site.show(*drawn.many(size))
    page = open_page(site.address + "/")
    assert len(positions(page)) == size
    page.focus("#network-canvas")
    page.keyboard.press("ArrowRight")
    assert say(page).startswith("Child A, child")
