"""On paper: tagged, titled, in British English, marked on every page, and no record's text is ever markup."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from missingnet.visualise.pack import Pack, PackNotPrinted
from missingnet.visualise.pack.characters import breakable, printable
from missingnet.visualise.pack.meetings import MEETINGS
from tests.packs.example import FILLED, about, answered, pack_of
from tests.packs.example_child import CHILD, NAMES, event, timeline

HOSTILE = "#panic() $x$ <script>alert(1)</script> *a* _b_ @source-1 `c` \\u{41} = H [x](y) //z"


def printed(pack: Pack) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pack.pdf()))


def text_of(reader: pypdf.PdfReader) -> str:
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u200b", "").replace("\u00ad", "").split())


@pytest.mark.parametrize("meeting", list(MEETINGS))
def test_the_pdf_is_tagged_with_title_and_language(meeting: str) -> None:
    pack = pack_of(meeting, answered(meeting, about(meeting), FILLED))
    reader = printed(pack)
    root: Any = reader.root_object
    assert root["/MarkInfo"].get_object()["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == pack.title
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("meeting", list(MEETINGS))
def test_every_page_carries_the_marking_the_recipient_and_its_number(meeting: str) -> None:
    reader = printed(pack_of(meeting, answered(meeting, about(meeting), FILLED)))
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert "OFFICIAL-SENSITIVE" in text
        assert "For Chair of the meeting" in text
        assert f"Page {number} of {len(reader.pages)}" in text


def test_no_name_stands_in_title_properties_or_bookmarks() -> None:
    reader = printed(pack_of("MASE", answered("MASE", about("MASE"), FILLED)))
    assert reader.metadata is not None
    marks = [str(item.title) for item in reader.outline if not isinstance(item, list)]
    told = " ".join([*map(str, reader.metadata.values()), *marks])
    assert marks
    for _, name in NAMES.values():
        assert name not in told


def test_hostile_text_stays_text() -> None:
    rows = dict(FILLED)
    rows["CHILD-TIMELINE"] = [
        *timeline(),
        event("bad-1", "Episode", "missing", timeline()[0].started, circumstances=HOSTILE, found_by=HOSTILE),
        event("bad-2", "Intelligence", None, timeline()[0].started, tie="named", text=HOSTILE),
    ]
    names = {**NAMES, CHILD: ("Child", HOSTILE), "adult-x": ("Associate", HOSTILE)}
    pack = pack_of("MASE", answered("MASE", about("MASE"), rows, names=names))
    text = text_of(printed(pack))
    flat = text.replace(" ", "").replace("-", "")
    assert HOSTILE.replace(" ", "").replace("-", "") in flat
    assert text.count("#panic()") >= 4


def test_characters_that_no_font_has_are_printed_as_their_numbers() -> None:
    names = {**NAMES, CHILD: ("Child", "Jo \U0001fae0 \x00 \u202egnorw 名")}
    text = text_of(printed(pack_of("MASE", answered("MASE", about("MASE"), FILLED, names=names))))
    assert "Jo [U+1FAE0] [U+0000] [U+202E]gnorw [U+540D]" in text


def test_letters_of_many_languages_are_printed_as_they_are() -> None:
    assert (
        printable("Zoë Łukasz Şeyma Ngũgĩ Иван Ελένη عمر £5 – “q”") == "Zoë Łukasz Şeyma Ngũgĩ Иван Ελένη عمر £5 – “q”"
    )


def test_a_long_text_and_a_long_reference_stay_on_the_page() -> None:
    reference = "0123456789abcdef" * 12
    rows = dict(FILLED)
    rows["CHILD-TIMELINE"] = [
        *timeline(),
        event("long", "Episode", "missing", timeline()[0].started, found_by=reference, circumstances="word " * 3000),
    ]
    reader = printed(pack_of("MASE", answered("MASE", about("MASE"), rows)))
    right: list[float] = []

    def keep(text: str, _: object, place: list[float], __: object, size: float) -> None:
        if text.strip():
            right.append(place[4])

    for page in reader.pages:
        page.extract_text(visitor_text=keep)
    whole = "".join(page.extract_text() for page in reader.pages).replace("\u200b", "")
    assert whole.count("word") >= 3000
    assert "".join(whole.split()).count(reference[:32]) >= 1
    assert max(right) < 595


def test_breaks_are_offered_only_inside_long_runs() -> None:
    assert breakable("Alexandria-Josephine Featherstonehaugh") == "Alexandria-Josephine Featherstonehaugh"
    assert breakable("(without authorisation; told twice)") == "(without authorisation; told twice)"
    assert breakable("+447700900123").replace("\u200b", "") == "+447700900123"
    assert "\u200b" in breakable("+447700900123")


def test_the_same_answers_give_the_same_bytes() -> None:
    answers = answered("OPERATIONAL-GROUP", about("OPERATIONAL-GROUP"), FILLED)
    assert pack_of("OPERATIONAL-GROUP", answers).pdf() == pack_of("OPERATIONAL-GROUP", answers).pdf()


def test_paper_and_json_say_the_same() -> None:
    pack = pack_of("OPERATIONAL-GROUP", answered("OPERATIONAL-GROUP", about("OPERATIONAL-GROUP"), FILLED))
    paper = text_of(printed(pack)).replace(" ", "").replace("-", "")
    for made in pack.as_json()["sections"]:
        for part in made["parts"]:
            for block in part["blocks"]:
                for line in block["lines"] if block["block"] == "table" else ():
                    for cell in line["cells"]:
                        assert cell.replace(" ", "").replace("-", "") in paper


def test_a_pack_that_cannot_be_printed_says_nothing_of_its_records() -> None:
    pack = pack_of("MASE", answered("MASE", about("MASE"), FILLED))
    broken = replace(pack, content={**pack.content, "sections": "Robin Example"})
    with pytest.raises(PackNotPrinted) as refused:
        broken.pdf()
    assert "Robin" not in str(refused.value)
    assert refused.value.__context__ is None
