"""Files built to harm: refused within five seconds and half a gigabyte, whatever their directory claims (I5)."""

import json
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from missingnet.ingest import parser
from missingnet.ingest.opening import tables
from missingnet.ingest.problems import Unreadable
from missingnet.ingest.zip_guard import MOST_MEMBERS, guard
from tests.ingest.recording import read
from tests.pieces import ROOT
from tests.tally import BAD_INPUTS, tally

SECONDS = 5.0
MEMORY = 512 * 1024
MEBIBYTE = 1024 * 1024
_CONTENT = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "<sheets><sheet name='A' sheetId='1' r:id='rId1'/></sheets>"
_BOOK = f"<workbook xmlns='{_MAIN}' xmlns:r='{_LINKS}'>{_SHEET}</workbook>"
_RELATED = (
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' "
    f"Type='{_LINKS}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"
)


def workbook(path: Path, sheet: Iterable[bytes], more: dict[str, bytes] | None = None) -> Path:
    """A workbook of one sheet with this XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT)
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELATED)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for chunk in sheet:
                part.write(chunk)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return path


def sheet_of(cells: str, times: int = 1) -> Iterator[bytes]:
    """The sheet's XML piece by piece: what this process holds would be counted as its child's memory."""
    yield f"<worksheet xmlns='{_MAIN}'><sheetData>".encode()
    for _ in range(times):
        yield cells.encode()
    yield b"</sheetData></worksheet>"


def large_sheet(folder: Path) -> Path:
    """309 kB that become 315 MB."""
    return workbook(folder / "large.xlsx", sheet_of(" " * MEBIBYTE, 300))


def lying_directory(folder: Path) -> Path:
    """The same, claiming to be small: both headers say 1,000 bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(b"0" * MEBIBYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = one * 300 + packer.flush()
    name, path = b"xl/worksheets/sheet1.xml", folder / "lying.xlsx"
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, 0, len(packed), 1000, len(name), 0) + name
    central = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, 0, len(packed), 1000, len(name), 0, 0, 0, 0, 0, 0
    )
    start = len(local) + len(packed)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central) + len(name), start, 0)
    path.write_bytes(local + packed + central + name + end)
    return path


def many_members(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "many.zip", "w") as archive:
        for number in range(MOST_MEMBERS + 1):
            archive.writestr(f"{number}.csv", "")
    return folder / "many.zip"


def nested(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "nested.zip", "w") as archive:
        archive.writestr("inner.zip", b"PK\x03\x04")
    return folder / "nested.zip"


def overlapping(folder: Path) -> Path:
    """Two members over the same bytes, as in a bomb that needs no nesting."""
    path = folder / "overlap.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 100_000)
        archive.writestr("b.csv", b"0" * 100_000)
    content = bytearray(path.read_bytes())
    second = content.rfind(b"PK\x01\x02")
    content[second + 42 : second + 46] = b"\0\0\0\0"
    path.write_bytes(bytes(content))
    return path


def far_apart_cells(folder: Path) -> Path:
    """Two cells whose rectangle has 17 billion: small when unpacked, ruinous when opened."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return workbook(folder / "apart.xlsx", sheet_of(cells))


def many_sheets_of_words(folder: Path) -> Path:
    """Within the guard's limits, yet more than the parser may hold."""
    row = "".join(f'<c t="inlineStr"><is><t>{chr(97 + n % 26)}{n % 7}</t></is></c>' for n in range(60))
    return workbook(folder / "words.xlsx", sheet_of(f"<row>{row}</row>", 60_000))


def billion_laughs(folder: Path) -> Path:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><EXPSSDA903><CHILD>&a9;</CHILD></EXPSSDA903>'
    )
    (folder / "laughs.xml").write_text(text)
    return folder / "laughs.xml"


def outside_entity(folder: Path) -> Path:
    text = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><EXPSSDA903><CHILD>&f;</CHILD></EXPSSDA903>'
    (folder / "outside.xml").write_text(text)
    return folder / "outside.xml"


def deep_xml(folder: Path) -> Path:
    (folder / "deep.xml").write_text("<EXPSSDA903>" + "<CHILD>" * 2_000_000)
    return folder / "deep.xml"


def macros(folder: Path) -> Path:
    return workbook(folder / "macros.xlsx", sheet_of(""), {"xl/vbaProject.bin": b"x"})


def outside_links(folder: Path) -> Path:
    return workbook(folder / "links.xlsx", sheet_of(""), {"xl/externalLinks/externalLink1.xml": b"<x/>"})


BOMBS = (
    *(large_sheet, lying_directory, many_members, nested, overlapping, far_apart_cells, many_sheets_of_words),
    *(billion_laughs, outside_entity, deep_xml, macros, outside_links),
)


#: What a process starts is counted as having held, at the least, what that process held. So each file is read from a
#: process of its own: the one that runs the tests may be larger than the bound.
READ = """
import json, resource, sys, time
from pathlib import Path
from tests.ingest.recording import problems, read
before = time.monotonic()
_, report = read(Path(sys.argv[1]))
taken = time.monotonic() - before
(file,) = report.files
held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
words = problems(file)[0][2]
json.dump([file.readable, report.exit_code, words, taken, held], sys.stdout)
"""


@pytest.mark.parametrize("build", BOMBS, ids=lambda build: build.__name__)
def test_it_is_refused_quickly_and_the_report_says_why(build: Callable[[Path], Path], tmp_path: Path) -> None:
    path = build(tmp_path)
    tally(BAD_INPUTS)
    done = subprocess.run([sys.executable, "-c", READ, path], cwd=ROOT, capture_output=True, text=True, check=True)
    readable, exit_code, words, taken, held = json.loads(done.stdout)
    if readable:
        pytest.fail("it was read")
    assert exit_code == 2
    assert words
    assert taken < SECONDS, f"{taken:.1f} s"
    assert held < MEMORY, "of the process apart"


def test_the_guard_alone_holds_a_lying_directory_in_little_memory(tmp_path: Path) -> None:
    path = lying_directory(tmp_path)
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable, match="untruthful"):
            guard(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 20 * MEBIBYTE


def test_the_parser_is_held_to_its_memory_and_time(tmp_path: Path) -> None:
    code = (
        "import sys; from missingnet.ingest import parser; parser.MEMORY = 200 * 1024 ** 2; parser.SECONDS = 1\n"
        "parser.limit()\n"
        "if sys.argv[1] == 'memory': bytearray(400 * 1024 ** 2)\n"
        "while True: pass\n"
    )
    for what in ("memory", "time"):
        done = subprocess.run([sys.executable, "-c", code, what], capture_output=True, timeout=20, check=False)
        assert done.returncode != 0, what
    assert parser.MEMORY < 512 * MEBIBYTE


def test_a_zip_of_csv_files_is_read_member_by_member(tmp_path: Path) -> None:
    path = tmp_path / "return.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/header.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,2,01/02/2010,WBRI,,,\n")
        archive.writestr("a/missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\n1,,M,01/02/2020,\n")
    records, report = read(path, extract_date=None)
    assert [file.file for file in report.files] == ["return.zip#a/header.csv", "return.zip#a/missing.csv"]
    assert [file.source for file in report.files] == ["ssda903_header", "ssda903_missing"]
    assert {record.extract.isoformat() for record in records} == {"2020-02-01"}, "one delivery has one date"


def test_a_zip_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as archive:
        archive.writestr("run.exe", "MZ")
    with pytest.raises(Unreadable, match="no CSV file"):
        tables(tmp_path / "odd.zip")
