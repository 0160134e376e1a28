"""Axe finds nothing on any page, and finds what is planted; each page has its marking, title and one main heading."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from missingnet.api.unusual import usual_file
from tests.screens.conftest import Open
from tests.served import AS_AT, FAMILY, Partnership

pytestmark = pytest.mark.chromium

PAGES = [
    "/",
    "/search",
    "/q",
    "/emergency",
    "/findings",
    "/packs",
    "/loads",
    "/matches",
    "/matches/judged",
    "/matches/{child}/{other}",
    "/child/{child}?as_at=" + AS_AT,
    "/child/{child}?hops=3&as_at=" + AS_AT,
    "/child/{other}?as_at=2020-01-01",
    "/child/{child}/rules?as_at=" + AS_AT,
    "/thing/Associate/{adult}?as_at=" + AS_AT,
    "/record/{record}?as_at=" + AS_AT,
    "/packs?child={child}",
    "/q/MASE-3-IN-3M?as_at=" + AS_AT,
    "/q/GROUP-MISSING?since=2026-08-01&as_at=" + AS_AT,
    "/q/SHARED-ASSOCIATE?as_at=" + AS_AT,
    "/q/HOTSPOT?since=2026-08-01&as_at=" + AS_AT,
    "/q/LINKED-LOCATIONS?as_at=" + AS_AT,
    "/q/UNLISTED-IN-NETWORK?as_at=" + AS_AT,
    "/q/CME-AND-MISSING?as_at=" + AS_AT,
    "/q/HIDDEN-MISSING?since=2026-01-01&as_at=" + AS_AT,
    "/reconcile?since=2026-01-01&as_at=" + AS_AT,
    "/tables",
    "/tables/EPISODES-BY-MONTH?period=2026-07..2026-10&as_at=" + AS_AT,
    "/tables/CHILDREN-PER-DISTRICT?period=2026-07..2026-10&as_at=" + AS_AT,
    "/tables/CHILD-LINES?period=2026-07..2026-10&as_at=" + AS_AT,
    "/clocks?as_at=" + AS_AT,
    "/no/such/page",
    "/q/MASE-3-IN-3M?min_episodes=many",
]


def violations(page: Page) -> list[str]:
    found = Axe().run(page)
    return [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found.response["violations"]]


def address(path: str, of: Partnership) -> str:
    return path.format(child=of.child, other=of.other, adult=of.adult, record=of.record)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_violation(visit: Open, partnership: Partnership, path: str, watched: object) -> None:
    page = visit(address(path, partnership))
    page.wait_for_timeout(200)
    if page.locator("[data-part]").count():
        expect(page.locator("[data-part] .mn-rule, [data-part] .govuk-body-s").first).to_be_visible(timeout=20_000)
    assert violations(page) == []
    expect(page.locator(".mn-marking strong")).to_have_text("OFFICIAL-SENSITIVE")
    expect(page.locator(".mn-marking")).to_contain_text(
        "Viewing as CSE coordinator, council 997 for MASE case-12 · every view is logged"
    )
    assert page.locator("h1").count() == 1
    assert page.title().endswith("– MissingNet")
    # A refusal's own status is told by the browser as an error of the request, and is no fault of the page.
    complaints = watched.complaints  # type: ignore[attr-defined]
    complaints[:] = [text for text in complaints if "Failed to load resource" not in text]


def test_the_auditors_page_has_no_violation_and_no_name_in_the_address(
    browser: Browser, address: str, partnership: Partnership
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.get_by_label("Information governance lead, for the partnership").check()
    page.get_by_label("What is the information for?").select_option("AUDIT")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Audit", exact=True).click()
    page.get_by_label("Id of the child, or of anything else").fill(partnership.child)
    page.get_by_role("button", name="Who looked").click()
    expect(page.locator("#people-table")).to_contain_text("coordinator")
    assert violations(page) == []
    page.get_by_label("The name they sign in with").fill("coordinator")
    page.get_by_role("button", name="What they looked at").click()
    expect(page.locator("#records-table")).to_contain_text("coordinator")
    assert "coordinator" not in page.url
    assert violations(page) == []
    declared = usual_file(partnership.settings)
    declared.write_text(
        '[[declared]]\nreader = "governance"\nrelation = "family"\nabout = ["council:997:500001"]\n', encoding="utf-8"
    )
    declared.chmod(0o600)
    page.goto(f"{address}/child/{partnership.child}")
    page.goto(f"{address}/audit/unusual")
    assert violations(page) == []
    expect(page.locator("#unusual-table")).to_contain_text("declared to be of their own family")
    page.get_by_role("button", name="What they looked at by governance").first.click()
    expect(page.locator("#records-table")).to_contain_text("governance")
    assert "governance" not in page.url
    declared.unlink()
    context.close()


def test_emergency_access_and_its_review_have_no_violation(
    browser: Browser, address: str, partnership: Partnership
) -> None:
    """From the form to the reviewer's word, by two people, at 320 pixels."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()

    def sign_in(who: str, purpose: str) -> None:
        page.goto(f"{address}/sign-in")
        page.get_by_label(who).check()
        page.get_by_label("What is the information for?").select_option(purpose)
        page.get_by_role("button", name="Sign in").click()

    def sound() -> None:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320

    sign_in("School attendance lead, schools of 997", "CASE")
    page.goto(f"{address}/emergency")
    sound()
    page.get_by_label("Which child").fill("council:997:500001")
    page.get_by_role("button", name="Open this child").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    sound()
    page.get_by_label("Why now").fill("Seen getting into a car an hour ago.")
    page.get_by_role("button", name="Open this child").click()
    page.wait_for_url(f"{address}/child/{partnership.child}")
    expect(page.get_by_role("region", name="Emergency access")).to_contain_text("Emergency access to one child until")
    sound()
    page.get_by_role("button", name="End it now").click()
    expect(page.locator("#uses-table")).to_contain_text("Waits")
    sound()
    sign_in("Professional standards, police 99", "AUDIT")
    page.goto(f"{address}/emergency/reviews")
    sound()
    page.locator("#uses-table a").first.click()
    sound()
    page.get_by_label("Needed", exact=True).check()
    page.get_by_label("What you found").fill("The police log shows the call at that hour.")
    page.get_by_role("button", name="Record it").click()
    expect(page.locator("dl")).to_contain_text("Needed, by standards")
    sound()
    context.close()


def test_search_results_have_no_violation_and_no_name_in_the_address(visit: Open) -> None:
    page = visit("/search")
    page.get_by_label("Name, alias, reference or postcode").fill(FAMILY)
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#hits-table")).to_contain_text(FAMILY)
    assert FAMILY not in page.url
    assert violations(page) == []


def test_the_check_finds_what_is_wrong(visit: Open) -> None:
    page = visit("/search")
    page.evaluate(
        """() => { const main = document.querySelector('main');
        const image = document.createElement('img'); image.src = 'data:,'; main.append(image);
        main.append(document.createElement('input')); }"""
    )
    found = " ".join(violations(page))
    assert "image-alt" in found
    assert "label" in found
