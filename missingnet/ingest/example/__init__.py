"""An invented partnership: the files that its agencies would send, with the truth of what was planted in them."""

from missingnet.ingest.example.generate import UNTIL, generate

__all__ = ["UNTIL", "generate"]
