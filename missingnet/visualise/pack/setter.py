"""The page setter as a process of its own, run as a file: JSON on its input, the PDF on its output, nothing else.

Typst remembers what it has set (about 140 MB for each pack of 40 pages), and a service must keep neither that memory
nor that text. A failure is told by the exit code alone: Typst's messages quote the text they stumble over.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst

HOME = Path(__file__).parent
FAILED = 3


def main() -> int:
    """Set the pages; 0 when they are written."""
    order = json.load(sys.stdin.buffer)
    # Only the fonts that ship with the project, so that a pack looks the same everywhere.
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HOME / "fonts"])
    templates = HOME / "templates"
    try:
        pages = typst.Compiler(templates / "pack.typ", root=templates, font_paths=fonts).compile(
            format="pdf",
            sys_inputs={"pack": order["pack"]},
            pdf_standards=["ua-1"],
            timestamp=datetime.fromisoformat(order["made_at"]).replace(tzinfo=UTC),
        )
    except typst.TypstError:
        return FAILED
    if not isinstance(pages, bytes):
        return FAILED
    sys.stdout.buffer.write(pages)
    return 0


if __name__ == "__main__":
    sys.exit(main())
