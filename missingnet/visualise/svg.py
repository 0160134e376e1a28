"""Small parts of an SVG picture: every text is escaped, and nothing is styled but by plain attributes.

A page's policy refuses style attributes, and Typst reads the same pictures, so both get the one plain form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from missingnet.visualise import look
from missingnet.visualise.look import Point

#: Control characters that no XML document may hold, though a record may.
_NOT_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe(text: str) -> str:
    """A record's text as XML text or attribute value."""
    return escape(_NOT_XML.sub("�", text), quote=True)


def number(value: float) -> str:
    """A number with one decimal, without a needless '.0'."""
    return f"{value:.1f}".removesuffix(".0")


def text(words: str, at: Point, *, size: float = look.LABEL_SIZE, anchor: str = "start", bold: bool = False) -> str:
    """One line of text, with a white edge so that a line behind it does not cut through it."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{number(at[0])}" y="{number(at[1])}" font-size="{number(size)}" text-anchor="{anchor}"{weight} '
        f'fill="{look.INK}" stroke="{look.PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">'
        f"{safe(words)}</text>"
    )


def shape(outline: tuple[Point, ...] | None, at: Point, radius: float, colour: str, edge: float = 1.5) -> str:
    """A filled shape about a point, with an edge of ink."""
    path = look.outline_path(outline, at[0], at[1], radius)
    return f'<path d="{path}" fill="{colour}" stroke="{look.INK}" stroke-width="{number(edge)}"/>'


def line(path: str, link: look.LinkLook) -> str:
    """A line along a path in the look of its strength."""
    dash = f' stroke-dasharray="{link.dash[0]} {link.dash[1]}"' if link.dash else ""
    return f'<path d="{path}" fill="none" stroke="{link.colour}" stroke-width="{number(link.width)}"{dash}/>'


def picture(box: tuple[float, float, float, float], name: str, title: str, desc: str, parts: Sequence[str]) -> str:
    """A whole picture: its view box (left, top, width, height), its title and description for a screen reader."""
    left, top, width, height = (number(side) for side in box)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="{name}-title {name}-desc" font-family="{look.FONT}">'
        f'<title id="{name}-title">{safe(title)}</title><desc id="{name}-desc">{safe(desc)}</desc>'
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{look.PAPER}"/>{"".join(parts)}</svg>'
    )


def sample(drawn: str, width: int) -> str:
    """A drawing for a legend on a page; the words beside it say what it is, so it is hidden from a screen reader."""
    box = f'width="{width}" height="22" viewBox="0 0 {width} 22"'
    return f'<svg {box} aria-hidden="true" focusable="false">{drawn}</svg>'


def small(outline: tuple[Point, ...] | None, colour: str) -> str:
    """A kind's shape for a legend on a page."""
    return sample(shape(outline, (11, 11), 7.5, colour, 1), 22)
