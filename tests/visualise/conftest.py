"""A small server with the service's policy, and a Chromium in which any complaint or outside request fails the test."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from missingnet.api.security_headers import content_security_policy
from missingnet.visualise import STATIC
from missingnet.visualise.layout import lay_out
from missingnet.visualise.network import Edge, Node, expansion_data
from tests import pieces
from tests.visualise import drawn


@dataclass
class Site:
    """What the server serves: one page, what an expansion adds to it, and every path it was asked for."""

    address: str = ""
    page: str = ""
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    more: tuple[list[Node], list[Edge]] = field(default_factory=lambda: ([], []))
    asked: list[str] = field(default_factory=list)
    refuse: bool = False

    def show(self, nodes: list[Node], edges: list[Edge]) -> None:
        self.nodes, self.edges = nodes, edges
        self.page = drawn.page(nodes, edges, drawn.two_months())

    def expanded(self, body: dict[str, object]) -> dict[str, object]:
        shown = {name: (x, y) for name, (x, y) in body["shown"].items()}  # type: ignore[attr-defined]
        links = set(body["links"])  # type: ignore[call-overload]
        nodes, edges = self.nodes + self.more[0], self.edges + self.more[1]
        rows = "".join(drawn.link_row(one, nodes) for one in edges if one.id not in links)
        where = lay_out(nodes, edges, fixed=shown)
        return expansion_data(nodes, edges, where, set(shown), links, ["Shown 3 of 3."], rows)


class Answers(SimpleHTTPRequestHandler):
    """The page at `/`, the static files, and the expansion, all under the service's own content policy."""

    def __init__(self, *args: object, site: Site, **kwargs: object) -> None:
        self.site = site
        super().__init__(*args, directory=str(STATIC.parent), **kwargs)  # type: ignore[arg-type]

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", content_security_policy("n0nce"))
        super().end_headers()

    def send(self, text: str, kind: str, status: int = 200) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        if self.path.startswith("/static/"):
            super().do_GET()
        else:
            self.send(self.site.page.replace("{nonce}", "n0nce"), "text/html")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.site.refuse:
            self.send("{}", "application/json", 404)
        else:
            self.send(json.dumps(self.site.expanded(body)), "application/json")

    def log_message(self, *args: object) -> None:
        """Say nothing: the tests read what was asked."""


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on loopback with the network around an invented child."""
    made = Site(more=drawn.beyond_x1())
    made.show(*drawn.around_child_a())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Answers, site=made))
    made.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=pieces.chromium(), args=pieces.CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens an address; at the end of the test the console must be silent and every request to the given host."""
    complaints: list[str] = []
    elsewhere: list[str] = []
    contexts = []

    def opener(address: str, width: int = 1440, height: int = 900, *, scripts: bool = True, quiet: bool = True) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        own = (address.split("/", 3)[0] + "//" + address.split("/", 3)[2] + "/", "data:", "blob:" + address)
        page.on("request", lambda ask: None if ask.url.startswith(own) else elsewhere.append(ask.url))
        if quiet:
            page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield opener
    for context in contexts:
        context.close()
    assert complaints == []
    assert elsewhere == []
