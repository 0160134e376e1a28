"""Which characters the shipped fonts can print, read from the fonts themselves.

PDF/UA refuses a document with a character that no font shows: one emoji in one nickname would stop the whole pack.
So such a character is printed as its number, '[U+1F600]', and nothing of the record is lost.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"

#: A run of letters longer than this, or of mixed signs than this, may not fit a narrow column: a reference, an address.
LONGEST_WORD = 24
LONGEST_REFERENCE = 12
_RUN = re.compile(rf"[^\s\-/–]{{{LONGEST_REFERENCE + 1},}}")
#: A break is allowed after every so many characters of such a run, and used only where the run does not fit.
_PIECE = 6
#: What may stand about a word: it makes no reference of it.
_MARKS = ",;:.!?()'\"‘’“”"
_ALWAYS = frozenset("\n\t\u200b\u200c\u200d\u00ad")
#: Characters that turn the direction of the text round them, by which one record could disguise the next.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def printable(text: str) -> str:
    """The text with each character that cannot be printed, or would turn other text round, as its number."""
    odd = {c for c in set(text) if c not in _ALWAYS and (ord(c) not in shown_characters() or c in _TURNING)}
    return "".join(f"[U+{ord(c):04X}]" if c in odd else c for c in text) if odd else text


def breakable(text: str) -> str:
    """The text with places to break in long runs, so that it stays inside its column. Words are left to hyphens."""
    return _RUN.sub(lambda run: _broken(run.group()), text)


def _broken(run: str) -> str:
    """A run with a place to break after each few characters, never between a letter and an accent on it."""
    if run.strip(_MARKS).isalpha() and len(run) <= LONGEST_WORD:
        return run
    pieces: list[str] = []
    piece = ""
    for character in run:
        if len(piece) >= _PIECE and not unicodedata.combining(character):
            pieces.append(piece)
            piece = ""
        piece += character
    return "\u200b".join((*pieces, piece))


@lru_cache(maxsize=1)
def shown_characters() -> frozenset[int]:
    """The code points that at least one of the shipped regular fonts has a shape for."""
    shown: set[int] = set()
    for path in sorted(FONTS.glob("*.ttf")):
        if "Bold" not in path.name:
            shown |= _code_points(path.read_bytes())
    return frozenset(c for c in shown if c >= 0x20 and not 0x7F <= c <= 0x9F)


def _code_points(font: bytes) -> set[int]:
    """The code points of a TrueType font's Unicode character map (formats 4 and 12)."""
    found: set[int] = set()
    (tables,) = struct.unpack_from(">H", font, 4)
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * number)
        if tag != b"cmap":
            continue
        (maps,) = struct.unpack_from(">H", font, offset + 2)
        for one in range(maps):
            platform, _, place = struct.unpack_from(">HHL", font, offset + 4 + 8 * one)
            (layout,) = struct.unpack_from(">H", font, offset + place)
            if platform in (0, 3) and layout == 4:
                found |= _segments(font, offset + place)
            elif platform in (0, 3) and layout == 12:
                found |= _groups(font, offset + place)
    return found


def _segments(font: bytes, at: int) -> set[int]:
    """Code points of a format 4 map that have a shape."""
    (double,) = struct.unpack_from(">H", font, at + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + double)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * double)
    ranges_at = at + 16 + 3 * double
    ranges = struct.unpack_from(f">{count}H", font, ranges_at)
    found: set[int] = set()
    for index in range(count):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = (code + deltas[index]) & 0xFFFF
            if ranges[index]:
                where = ranges_at + 2 * index + ranges[index] + 2 * (code - starts[index])
                (glyph,) = struct.unpack_from(">H", font, where)
            if glyph:
                found.add(code)
    return found


def _groups(font: bytes, at: int) -> set[int]:
    """Code points of a format 12 map."""
    (count,) = struct.unpack_from(">L", font, at + 12)
    found: set[int] = set()
    for index in range(count):
        start, end, glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * index)
        found.update(range(start + (glyph == 0), end + 1))
    return found
