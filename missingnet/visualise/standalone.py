"""A network as one file that opens in any browser, asks nothing of any host and runs nothing that a record says.

Made with pyvis; its own output loads Bootstrap from elsewhere and runs what a title says, so it is cleaned (tested with
hostile labels in a real browser). Names and reasons are in the file, so it carries the marking and is an export.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from html import escape
from typing import Final

from pyvis.network import Network

from missingnet.visualise import look, svg
from missingnet.visualise.network import Edge, Node, Positions, check_ends, edge_bends, period_words
from missingnet.visualise.network_picture import network_legend

_POLICY: Final = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:\">"
)
_OPTIONS: Final = (
    '{"physics":{"enabled":false},"layout":{"improvedLayout":false},"edges":{"smooth":false},'
    '"interaction":{"hover":true,"keyboard":true}}'
)
_STYLE: Final = (
    "<style>body{margin:0;font:16px Arial,sans-serif;color:#0b0c0c}"
    ".marking{background:#0b0c0c;color:#fff;padding:8px 16px;font-weight:bold}"
    "h1{font-size:24px;margin:12px 16px}"
    "ul{display:flex;flex-wrap:wrap;gap:4px 20px;list-style:none;margin:0 16px 8px;padding:0}"
    "li{display:flex;align-items:center;gap:4px}table{border-collapse:collapse;margin:16px}"
    "caption{text-align:left;font-weight:bold;padding:6px 0}"
    "th,td{text-align:left;vertical-align:top;border-bottom:1px solid #b1b4b6;padding:6px 12px 6px 0}"
    "#mynetwork{border-color:#b1b4b6!important}.card{border:0!important}</style>"
)
_ZERO_WIDTH: Final = "\u200b"


def _plain(text: str) -> str:
    """A record's text that pyvis and vis-network show as text: it takes any title with 'href' in it for HTML."""
    return re.sub("(hre)(f)", rf"\1{_ZERO_WIDTH}\2", text, flags=re.IGNORECASE)


def _image(node: Node) -> str:
    """The node's shape as a picture inside the file, so that all the shapes of the screen are there."""
    kind = look.NODES[node.kind]
    drawn = svg.shape(kind.outline, (20, 20), 15, kind.colour, 3.5 if node.here else 1.5)
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80" viewBox="0 0 40 40">{drawn}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"


def _table(nodes: Sequence[Node], edges: Sequence[Edge]) -> str:
    """The same links as rows: who, what, whom, which records, when and how strong."""
    label = {node.id: node.label for node in nodes}
    rows = []
    for edge in edges:
        records = "; ".join(
            f"{source.words} ({source.agency}{', ' + source.grade if source.grade else ''})" for source in edge.records
        )
        cells = (
            label[edge.source],
            edge.words,
            label[edge.target],
            records,
            period_words(edge.first, edge.last),
            look.LINKS[edge.strength].words,
            edge.standing,
            edge.why,
        )
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    heads = ("From", "Link", "To", "Records", "When", "Strength", "Sources and review", "Why")
    head = "".join(f'<th scope="col">{word}</th>' for word in heads)
    caption = "<caption>All links in this file</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def standalone_html(
    nodes: Sequence[Node], edges: Sequence[Edge], positions: Positions, title: str, marking: str
) -> str:
    """The whole file, to be written as UTF-8: marking, picture that can be dragged and zoomed, legend and table."""
    check_ends(nodes, edges)
    bow = edge_bends(edges, positions)
    net = Network(height="620px", width="100%", cdn_resources="in_line", heading="")
    for node in nodes:
        x, y = positions[node.id]
        kind = look.NODES[node.kind]
        radius = look.RADIUS_HERE if node.here else look.RADIUS
        note = f"\n{node.note}" if node.note else ""
        net.add_node(
            _plain(node.id),
            label=_plain("\n".join(look.label_lines(node.label))),
            title=_plain(f"{node.label}\n{kind.words}{note}"),
            x=x,
            y=y,
            shape="image",
            image=_image(node),
            size=radius * 1.25,
            font={"face": "Arial", "size": look.LABEL_SIZE, "color": look.INK, "background": "#ffffffd0"},
        )
    for edge in edges:
        link = look.link_look(edge.strength, edge.mark is not None)
        bend = bow[edge.id]
        curve = {"enabled": True, "type": "curvedCW" if bend > 0 else "curvedCCW", "roundness": abs(bend)}
        net.add_edge(
            _plain(edge.source),
            _plain(edge.target),
            title=_plain(f"{edge.words}\n{edge.why}\n{period_words(edge.first, edge.last)}\n{edge.standing}"),
            width=link.width,
            color=link.colour,
            dashes=list(link.dash) if link.dash else False,
            smooth=curve if bend else False,
        )
    net.set_options(_OPTIONS)
    page: str = net.generate_html(notebook=False)
    page = re.sub(r'<link\s+href="https?://[^>]*?/>', "", page)
    page = re.sub(r'<script\s+src="https?://[^>]*?></script>', "", page)
    page = re.sub(r"<center>\s*<h1></h1>\s*</center>", "", page)
    head = f'<head><meta charset="utf-8">{_POLICY}<title>{escape(title)}</title>{_STYLE}'
    page = page.replace("<html>", '<html lang="en">', 1).replace("<head>", head, 1)
    opening = f'<div class="marking">{escape(marking)}</div><h1>{escape(title)}</h1>{network_legend(nodes, edges)}'
    page = page.replace("<body>", f"<body>{opening}", 1)
    return page.replace("</body>", f"{_table(nodes, edges)}</body>", 1)
