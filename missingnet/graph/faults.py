"""Why nothing was written, in words with what to do."""

from __future__ import annotations


class CouldNotWrite(RuntimeError):
    """A batch could not be written; nothing of it stands in the graph."""

    remedy = "What was loaded before stands. Load the same files again: nothing is loaded twice."


class NotSettled(CouldNotWrite):
    """The reply to a commit was lost, and the graph has not answered since: whether the batch stands is not known."""

    remedy = "Whether it stands will be seen when the graph answers. Then do the same again: nothing is done twice."
