"""What was worked out for a reader and purpose, kept for those who may see the same.

Readers of one agency, with the same roles, areas and compartments, are one reader here, so that what is watched for a
group is there for its people. A reader whose rights have changed is another: nothing from before is shown to them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from missingnet.api.reader import Asker
from missingnet.graph.keyed import Keyed
from missingnet.settings import Settings


class Shelf:
    """A folder that only this service's user may look into; its files' names tell nothing."""

    def __init__(self, settings: Settings, folder: str) -> None:
        self._folder = settings.home / folder
        self._keyed = Keyed(settings.secret_key())

    def _path(self, asker: Asker, kind: str) -> Path:
        reader = asker.reader
        rights = (reader.agency, *(sorted(set(held)) for held in (reader.roles, reader.areas, reader.compartments)))
        name = self._keyed(self._folder.name, f"{rights!r}|{asker.purpose.code}|{kind}")
        return self._folder / f"{name}.json"

    def read(self, asker: Asker, kind: str) -> dict[str, Any] | None:
        """What is kept for this reader and purpose; None: nothing."""
        try:
            kept: dict[str, Any] = json.loads(self._path(asker, kind).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return kept

    def keep(self, asker: Asker, kind: str, kept: Mapping[str, Any]) -> None:
        """Keep this in place of what was kept before; whole or not at all.

        :raises ValueError: it was asked for in an emergency. What is kept is there for others too, and for later.
        """
        if asker.emergency is not None:
            raise ValueError("what is kept was worked out in an emergency")
        path = self._path(asker, kind)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False)
        draft.replace(path)
