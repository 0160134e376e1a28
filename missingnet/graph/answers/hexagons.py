"""Hexagons of equal size over the British National Grid: areas that no authority drew, so that no boundary hides a
cluster. Pure. Each is named by the grid reference of its centre, which any map of Great Britain shows."""

from __future__ import annotations

from functools import cache
from itertools import product
from math import floor, sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyproj import Transformer

_LETTERS: Final = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_SQUARE: Final = 100_000


@cache
def _to_grid() -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)


@cache
def _centre(latitude: float, longitude: float, metres: int) -> tuple[float, float]:
    east, north = _to_grid().transform(longitude, latitude)
    tall = metres * sqrt(3) / 2
    rows = (floor(north / tall), floor(north / tall) + 1)
    centres = [
        ((floor(east / metres - half) + step + half) * metres, row * tall)
        for row, step in product(rows, (0, 1))
        for half in (row % 2 / 2,)
    ]
    return min(centres, key=lambda c: (round((c[0] - east) ** 2 + (c[1] - north) ** 2, 3), c))


def hexagon(latitude: float, longitude: float, metres: int) -> str:
    """The hexagon in which a point (WGS84) lies, so many metres from side to side: the grid reference of its centre."""
    return reference(*_centre(latitude, longitude, metres))


def reference(east: float, north: float) -> str:
    """A grid reference to ten metres, 'SP 0650 8725'; the plain metres outside the lettered squares."""
    column, row = floor(east / _SQUARE), floor(north / _SQUARE)
    if not (0 <= column < 7 and 0 <= row < 13):
        return f"{east:.0f} {north:.0f}"
    down = 19 - row
    letters = _LETTERS[down - down % 5 + (column + 10) // 5] + _LETTERS[down * 5 % 25 + column % 5]
    return f"{letters} {int(east % _SQUARE) // 10:04d} {int(north % _SQUARE) // 10:04d}"
