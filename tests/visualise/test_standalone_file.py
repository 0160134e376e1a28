"""The file that an officer takes away: opens from disk, asks nothing of any host, runs nothing that a record says."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from missingnet.visualise import standalone
from missingnet.visualise.layout import lay_out
from missingnet.visualise.standalone import standalone_html
from tests.visualise import drawn
from tests.visualise.conftest import Open


def made(path: Path) -> str:
    nodes, edges = drawn.around_child_a()
    path.write_text(
        standalone_html(nodes, edges, lay_out(nodes, edges), "Network of Child A", "OFFICIAL-SENSITIVE"),
        encoding="utf-8",
    )
    return path.as_uri()


@pytest.mark.chromium
def test_it_draws_from_disk_with_marking_legend_and_table(tmp_path: Path, open_page: Open) -> None:
    page = open_page(made(tmp_path / "network.html"))
    expect(page.locator(".marking")).to_have_text("OFFICIAL-SENSITIVE")
    expect(page.locator("tbody tr")).to_have_count(16)
    expect(page.locator("#mynetwork canvas")).to_be_visible()
    nodes, edges = drawn.around_child_a()
    stands = page.evaluate("network.getPositions()")
    for name, (x, y) in lay_out(nodes, edges).items():
        assert (stands[name]["x"], stands[name]["y"]) == pytest.approx((x, y), abs=1)


EVIL = [
    drawn.HOSTILE,
    '<a href="x" onclick="document.title=\'run\'">x</a><img src=x onerror="document.title=\'run\'">',
    "HREF <svg onload=\"document.title='run'\">",
    "</script><script>document.title='run'</script>",
    "{{ 7 * 7 }} {% raw %} ${alert(1)} \\u003cscript\\u003e \u2028 ' \" `",
]


def hovered(path: Path, open_page: Open) -> Page:
    """A file full of hostile records, each of its titles hovered over: that is what pyvis would run."""
    nodes = [drawn.node(f"{text}{n}", "Place", text, here=n == 0, note=text) for n, text in enumerate(EVIL)]
    edges = [
        drawn.edge(f"{text}{n}", nodes[n].id, nodes[(n + 1) % len(nodes)].id, text, "weak", None, text)
        for n, text in enumerate(EVIL)
    ]
    path.write_text(standalone_html(nodes, edges, lay_out(nodes, edges), "Title", EVIL[1]), encoding="utf-8")
    page = open_page(path.as_uri())
    expect(page.locator("#mynetwork canvas")).to_be_visible()
    for name in page.evaluate("nodes.getIds()"):
        at = page.evaluate("id => network.canvasToDOM(network.getPosition(id))", name)
        page.locator("#mynetwork canvas").hover(position=at, force=True)
        page.wait_for_timeout(500)
    return page


@pytest.mark.chromium
def test_hostile_records_run_nothing_and_ask_nothing(tmp_path: Path, open_page: Open) -> None:
    page = hovered(tmp_path / "evil.html", open_page)
    expect(page).to_have_title("Title")
    assert page.locator("img[src='x']").count() == 0


@pytest.mark.chromium
def test_the_same_records_would_run_if_titles_were_not_cleaned(
    tmp_path: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standalone, "_plain", str)
    expect(hovered(tmp_path / "evil.html", partial(open_page, quiet=False))).to_have_title("run")


def test_it_names_no_other_host_and_leaves_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made(tmp_path / "network.html")
    assert [path.name for path in tmp_path.iterdir()] == ["network.html"]
    text = (tmp_path / "network.html").read_text(encoding="utf-8")
    assert re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=[\"']?https?:", text) == []
    assert "default-src 'none'" in text.split("</head>")[0]
