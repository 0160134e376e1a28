"""Printing with Typst: data go in as JSON values, so that nothing in a record can become markup."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from missingnet.visualise.pack.characters import breakable, printable

SETTER: Final = Path(__file__).with_name("setter.py")

#: A pack that takes longer is given up: forty pages take about two seconds on a busy machine.
SECONDS: Final = 120


class PackNotPrinted(RuntimeError):
    """The page setter refused the pack. The message holds nothing from any record: it may be logged."""


def print_pack(content: Mapping[str, Any], made_at: datetime) -> bytes:
    """The pack as a tagged PDF, made to PDF/UA-1; the same content gives the same bytes. Blocks while it is set.

    :raises PackNotPrinted: it could not be set in pages.
    """
    order = {
        "pack": json.dumps(_for_paper(content), ensure_ascii=False),
        "made_at": made_at.replace(microsecond=0).isoformat(),
    }
    try:
        run = subprocess.run(  # noqa: S603 (our own file; every record is on its input, none on its command line)
            [sys.executable, "-I", str(SETTER)],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        made = run.stdout if run.returncode == 0 else b""
    except subprocess.TimeoutExpired:
        made = b""
    if not made:
        raise PackNotPrinted("the pack could not be set in pages; its JSON is unaffected")
    return made


def _for_paper(value: Any, key: str = "") -> Any:
    """The content with every text made printable; a picture's text too, but without breaks inside its drawing."""
    if isinstance(value, str):
        return printable(value) if key == "svg" else breakable(printable(value))
    if isinstance(value, Mapping):
        return {name: _for_paper(each, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_for_paper(each, key) for each in value]
    return value
