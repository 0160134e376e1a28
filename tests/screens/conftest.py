"""The partnership served to a Chromium in which any complaint or outside request fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import engines, pieces, served

Open = Callable[[str], Page]


@pytest.fixture(scope="session")
def partnership(tmp_path_factory: pytest.TempPathFactory) -> Iterator[served.Partnership]:
    pieces.chromium()
    with engines.embedded(tmp_path_factory.mktemp("pages")) as settings:
        yield served.fill(settings, tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def address(partnership: served.Partnership) -> Iterator[str]:
    with served.served(partnership.settings) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium a file: while it is open the thread has a running loop, which other tests must not meet."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=pieces.chromium(), args=pieces.CHROMIUM_ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def cookies(browser: Browser, address: str) -> list[dict[str, object]]:
    """A session begun by the sign-in page's own form."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.get_by_label("CSE coordinator, council 997").check()
    page.get_by_label("Meeting or case").fill("case-12")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/")
    found = [dict(cookie) for cookie in context.cookies()]
    context.close()
    return found


class Watched:
    """What a page did that no page may do."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.complaints: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._request(request.url))

    def _request(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked elsewhere: {url}")


@contextmanager
def _opening(
    browser: Browser, address: str, cookies: list[dict[str, object]], watched: Watched | None = None, **options: object
) -> Iterator[Open]:
    """Opens pages as the coordinator; the test fails if one that is watched complained or asked elsewhere."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    if watched is not None:
        watched.watch(page)

    def go(path: str) -> Page:
        page.goto(f"{address}{path}")
        return page

    yield go
    context.close()
    assert watched is None or watched.complaints == []


@pytest.fixture
def watched(address: str) -> Watched:
    return Watched(address)


@pytest.fixture
def visit(browser: Browser, address: str, cookies: list[dict[str, object]], watched: Watched) -> Iterator[Open]:
    """Opens a page as the coordinator at 1440 by 900; the test fails if it complained or asked elsewhere."""
    with _opening(browser, address, cookies, watched, viewport={"width": 1440, "height": 900}) as go:
        yield go


@pytest.fixture
def narrow(browser: Browser, address: str, cookies: list[dict[str, object]], watched: Watched) -> Iterator[Open]:
    """The same at 320 pixels."""
    with _opening(browser, address, cookies, watched, viewport={"width": 320, "height": 640}) as go:
        yield go


@pytest.fixture
def scriptless(browser: Browser, address: str, cookies: list[dict[str, object]]) -> Iterator[Open]:
    """The same with JavaScript off."""
    wide = {"width": 1440, "height": 900}
    with _opening(browser, address, cookies, viewport=wide, java_script_enabled=False) as go:
        yield go
