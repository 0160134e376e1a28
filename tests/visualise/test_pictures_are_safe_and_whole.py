"""The pictures hold every thing and link, in shapes that differ without colour, and no record's text becomes markup."""

from __future__ import annotations

import json
from datetime import date, datetime
from xml.etree import ElementTree

import pytest

from missingnet.graph import terms
from missingnet.visualise import look
from missingnet.visualise.layout import lay_out
from missingnet.visualise.network import Edge, expansion_data, network_data, network_json
from missingnet.visualise.network_picture import network_legend, network_svg
from missingnet.visualise.timeline import Entry, entry_when, timeline_data, timeline_json, timeline_svg
from tests.visualise import drawn

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 (our own picture)


def all_text(svg: str) -> str:
    return " ".join(parsed(svg).itertext())


def test_every_kind_of_thing_has_a_look() -> None:
    assert set(terms.THINGS) <= look.NODES.keys()


def test_every_thing_differs_from_every_other_in_shape_and_not_only_in_colour() -> None:
    shapes = [look.NODES[kind].outline for kind in terms.THINGS]
    assert len(set(shapes)) == len(shapes)
    assert look.MARKS["missing"].outline != look.MARKS["absent"].outline
    assert look.LINKS["weak"].dash and not look.LINKS["strong"].dash


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_stands_out_from_white() -> None:
    colours = [one.colour for table in (look.NODES, look.LINKS, look.MARKS) for one in table.values()]
    assert [colour for colour in colours if 1.05 / (luminance(colour) + 0.05) < 4.5] == []


def test_the_picture_holds_every_label_title_and_description() -> None:
    nodes, edges = drawn.around_child_a()
    svg = network_svg(nodes, edges, lay_out(nodes, edges), "Network of Child A", "Said in the table.")
    text = all_text(svg)
    assert all(line in text for node in nodes for line in look.label_lines(node.label))
    assert "Network of Child A" in text and "Said in the table." in text
    lines = [path for path in parsed(svg).iter(f"{SVG}path") if path.get("fill") == "none"]
    assert len(lines) == len(edges) + len({one.strength for one in edges})


def test_nothing_in_a_picture_lies_outside_it() -> None:
    nodes, edges = drawn.many(60)
    where = lay_out(nodes, edges)
    left, top, width, height = map(float, parsed(network_svg(nodes, edges, where, "t", "d")).attrib["viewBox"].split())
    for node in nodes:
        x, y = where[node.id]
        half = max(look.text_width(line) for line in look.label_lines(node.label)) / 2
        assert left <= x - half and x + half <= left + width
        assert top <= y - look.RADIUS and y + look.RADIUS + 35 <= top + height


def test_an_empty_picture_is_a_picture() -> None:
    assert all_text(network_svg([], [], {}, "Network", "Nothing is linked."))
    assert all_text(timeline_svg([], date(2026, 1, 1), date(2026, 2, 1), "Timeline", "Nothing is recorded."))


def hostile() -> tuple[list[drawn.Node], list[Edge]]:
    nodes = [
        drawn.node("a", "Child", drawn.HOSTILE, here=True),
        drawn.node("b'\"</script>", "Place", f"{drawn.HOSTILE}\x00\x0b\ud800", note=drawn.HOSTILE),
    ]
    return nodes, [drawn.edge("e", "a", "b'\"</script>", drawn.HOSTILE, "weak", None, drawn.HOSTILE)]


def test_hostile_text_stays_text_in_every_form() -> None:
    nodes, edges = hostile()
    where = lay_out(nodes, edges)
    svg = network_svg(nodes, edges, where, drawn.HOSTILE, drawn.HOSTILE)
    tags = {element.tag.removeprefix(SVG) for element in parsed(svg).iter()}
    assert tags == {"svg", "title", "desc", "rect", "path", "g", "text", "circle"}
    assert "style=" not in svg
    entries = [Entry("</script>", "missing", date(2026, 1, 2), None, f"{drawn.HOSTILE}\x01", "missing", "r", None)]
    line = timeline_svg(entries, date(2026, 1, 1), date(2026, 2, 1), drawn.HOSTILE, drawn.HOSTILE)
    assert "script" not in {element.tag.removeprefix(SVG) for element in parsed(line).iter()}
    for text in (network_json(nodes, edges, where), timeline_json(entries, date(2026, 1, 1), date(2026, 2, 1))):
        assert "<" not in text and ">" not in text and "&" not in text
    assert json.loads(network_json(nodes, edges, where))["nodes"][0]["label"] == drawn.HOSTILE


def test_the_legend_names_what_is_drawn_and_nothing_else() -> None:
    nodes, edges = drawn.around_child_a()
    legend = network_legend(nodes, edges)
    assert "Phone" in legend and "Weak link" in legend and "Other links not followed" in legend
    assert "Online handle" not in legend


def test_a_line_that_nobody_can_explain_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="records"):
        Edge("e", "a", "b", "USES", "uses", (), (), None, None, "weak", None, "", "why", "CHILD-NETWORK", None)


def test_an_expansion_carries_only_what_is_new() -> None:
    nodes, edges = drawn.around_child_a()
    more_nodes, more_edges = drawn.beyond_x1()
    every, links = nodes + more_nodes, edges + more_edges
    where = lay_out(every, links, fixed=lay_out(nodes, edges))
    found = expansion_data(every, links, where, {n.id for n in nodes}, {e.id for e in edges}, ["Shown 3 of 9."], "<tr>")
    assert [one["id"] for one in found["nodes"]] == ["x3", "e", "hotel"]
    assert [one["id"] for one in found["edges"]] == ["n1", "n2", "n3", "n4", "n5"]
    assert found["notes"] == ["Shown 3 of 9."]


def test_each_link_on_the_screen_says_rule_reason_record_agency_grading_and_day() -> None:
    nodes, edges = drawn.around_child_a()
    link = network_data(nodes, edges, lay_out(nodes, edges))["edges"][0]
    assert link["rule"] == "CHILD-NETWORK" and link["why"] and link["when"] == "1 Sep 2026"
    assert link["records"] == [
        {
            "record": "r-e0",
            "words": "Police missing record",
            "agency": "West Midlands Police",
            "grade": "2 B",
            "on": "1 Sep 2026",
            "url": "/record/r-e0",
        }
    ]


def test_times_on_the_line_are_london_times() -> None:
    summer = Entry("s", "missing", datetime(2026, 7, 1, 22, 30), None, "Missing", "missing", "r", None)
    winter = Entry("w", "missing", datetime(2026, 12, 1, 22, 30), None, "Missing", "missing", "r", None)
    shown = timeline_data([summer, winter], date(2026, 7, 1), date(2026, 12, 31))["entries"]
    assert [one["start"] for one in shown] == ["2026-07-01T23:30:00", "2026-12-01T22:30:00"]
    assert entry_when(summer) == "1 Jul 2026, 23:30, still open"


def test_nothing_on_the_line_is_clipped() -> None:
    entries = drawn.two_months()
    svg = parsed(timeline_svg(entries, date(2026, 9, 1), date(2026, 10, 31), "Line", "d"))
    for text in svg.iter(f"{SVG}text"):
        width = look.text_width(text.text or "", float(text.attrib["font-size"]))
        x = float(text.attrib["x"])
        left = x - width if text.attrib["text-anchor"] == "end" else x
        assert left >= 0 and left + width <= 1000, text.text


def test_what_lies_outside_the_period_is_counted() -> None:
    svg = timeline_svg(drawn.two_months(), date(2026, 10, 1), date(2026, 10, 31), "Line", "d")
    assert "Shown: 3 of 9 entries; the others lie outside these dates." in all_text(svg)


def test_an_open_placement_from_before_the_period_is_still_shown() -> None:
    text = all_text(timeline_svg(drawn.two_months(), date(2026, 10, 6), date(2026, 10, 20), "Line", "d"))
    assert "Children's home" in text


def test_an_entry_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="table of looks"):
        Entry("x", "missing", date(2026, 1, 1), None, "w", "vanished", "r", None)
