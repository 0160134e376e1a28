"""Codes of files and of the program are said in words on pages; a code that is not known is shown as it came."""

from __future__ import annotations

import pytest

from missingnet.api.screens.source_words import source_format
from missingnet.ingest.declaration import sources
from missingnet.visualise.words import absence_words, agency_words


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("N", "reason not yet known (N)"),
        ("u", "arrived after the register closed (u)"),
        ("Moved, school not known", "Moved, school not known"),
        ("Z", "Z"),
        (None, "not recorded"),
    ],
)
def test_why_a_child_was_out_of_school(reason: str | None, said: str) -> None:
    assert absence_words(reason) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [("interviews", "Return interview provider"), ("997", "Council 997"), ("schools-997", "Schools, 997")],
)
def test_an_agency_is_called_what_people_call_it(code: str, said: str) -> None:
    assert agency_words(code) == said


def test_every_kind_of_file_has_words_and_an_old_kind_its_name() -> None:
    assert source_format("return_interviews") == "Return interviews"
    assert {source_format(name) for name in sources()} == {source.title for source in sources().values()}
    assert source_format("taxi_licences") == "taxi licences"
