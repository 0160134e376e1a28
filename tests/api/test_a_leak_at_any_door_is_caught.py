"""Whoever may see nothing is told at every door what they would be told where nothing had ever been loaded: of what is
there as of what is not, and in lists nobody and nought. A leak planted at each of the doors, and one of each kind, is
caught (N2)."""

from __future__ import annotations

import io
import json
import re
import secrets
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import pytest
from fastapi.responses import Response
from fastapi.testclient import TestClient

from missingnet.api import app as service
from missingnet.api import questions, refusals
from missingnet.api.kept_answers import KeptAnswers
from missingnet.api.opening import readers_file
from missingnet.api.refusals import Refused
from missingnet.graph import access
from missingnet.graph.answers import Answer
from missingnet.graph.store import Store
from tests.api.test_every_purpose_at_every_door import doors_of
from tests.served import AS_AT, CANARIES, FAMILY, FORENAME, Partnership
from tests.tally import CAUGHT, PLANTED, tally

#: Of an agency that sent nothing, for no area, cleared for nothing.
NOBODY: Final = {"X-Reader": "sees-nothing", "X-Purpose": "CASE case-7"}
#: Doors that tell of no record, each with the reason.
OTHERWISE: Final = {
    "/": "the start",
    "/loads": "tells of one's own loads",
    "/loads/{number}": "tells of one's own loads",
    "/matches": "begins to work suggestions out",
    "/tables": "names the tables",
    "/emergency": "tells of one's own emergency access",
    "/search": "a form",
    "/q": "names the questions",
    "/packs/operational-group": "the longest; its questions are asked at doors of their own",
}
MORE: Final = {
    "/tables/{table}/table.xlsx": f"/tables/EPISODES-BY-MONTH/table.xlsx?period=2026-07..2026-10&as_at={AS_AT}",
    "/reconcile/lines.csv": f"/reconcile/lines.csv?agency=997&since=2026-01-01&as_at={AS_AT}",
    "/children/mase, a page of it": f"/children/mase?limit=1&min_episodes=1&as_at={AS_AT}",
    "/children/mase, one child": f"/children/mase?child={{child}}&as_at={AS_AT}",
    "/children/mase, a wrong mark": f"/children/mase?after=x&as_at={AS_AT}",
    "/openapi.json": "/openapi.json",
}
VARIES = re.compile(r'nonce="[^"]*"|"made_at": *"[^"]*"')
#: What stands in the partnership's records and nowhere in the program.
TOLD = re.compile(rf"{'|'.join(CANARIES)}|MP000000\d|RI0000001|IL0000001|LE0000001|N700000\d|N100000\d", re.IGNORECASE)
#: A number that is not nought, where an answer says how many there are, and where one counts in its rows.
COUNTED = re.compile(r'"(?:total|shown|children|episodes|records)": *[1-9]|"next": *"')
IN_ROWS = re.compile(r'"(?:count|found|children|listed|most)": *[1-9]')
#: A number that is not nought in a cell of a page, a workbook or a CSV.
IN_CELLS = re.compile(r'>\s*[1-9]\d*\s*</td>|<c (?![^>]*t="s")[^>]*><v>[1-9]|,[1-9]\d*(?=,|\s)')
INSTANT = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:]+Z)?")
#: Long before anything happened that the partnership tells of.
BEFORE: Final = "2001-11-01"
#: Doors whose answers have their rows, with nought in them, whatever there is.
ALWAYS: Final = {"/children/unlisted-by-chance", "/tables/{table}/table.json"}


@pytest.fixture(autouse=True, scope="module")
def nobody(partnership: Partnership) -> Iterator[None]:
    readers_file(partnership.settings).write_text(
        '[sees-nothing]\ntitle = "Nobody"\nagency = "000"\nroles = ["judge"]\nareas = []\ncompartments = []\n'
        '[sees-all]\ntitle = "Everybody"\nagency = "997"\nroles = ["judge"]\nareas = ["*"]\n'
        f"compartments = {json.dumps(sorted(access.PURPOSES['CASE']))}\n"
    )
    yield
    readers_file(partnership.settings).unlink()


def addresses(doors: TestClient, of: Partnership) -> dict[str, str]:
    """Each door that tells of records, with an address at which it does."""
    found = {path: address for path, address in doors_of(doors, of).items() if path not in OTHERWISE}
    found["/packs"] = f"/packs?child={of.child}"
    return found | {name: address.format(child=of.child) for name, address in MORE.items()}


def asked(doors: TestClient, address: str, headers: Mapping[str, str] = NOBODY) -> str:
    """All that a door says: its status, its headers, and its words; of a workbook those of every part in it."""
    answer = doors.get(address, headers=headers)
    heads = {k: v for k, v in answer.headers.items() if k not in ("content-security-policy", "date", "content-length")}
    text = answer.text
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
            text = "\n".join(parts.read(name).decode(errors="replace") for name in sorted(parts.namelist()))
    return f"{answer.status_code} {json.dumps(heads)}\n{VARIES.sub('', text)}"


def searched(doors: TestClient, sought: str) -> str:
    answer = doors.post("/questions/search", json={"sought": sought}, headers=NOBODY)
    return f"{answer.status_code} {answer.text}"


def nowhere(text: str, of: Partnership) -> str:
    """The same address, of things that are not there."""
    for one in (of.child, of.other, of.adult, of.record):
        text = text.replace(one, one[:-4] + "zzzz")
    return text


def long_before(address: str) -> str:
    return address.replace(f"as_at={AS_AT}", f"as_at={BEFORE}")


def undated(said: str) -> str:
    return INSTANT.sub("…", said)


def tells(doors: TestClient, of: Partnership, path: str, address: str, said: str) -> bool:
    """True when what was said is not what would be said if there were nothing."""
    if path in ALWAYS:
        return bool(TOLD.search(said) or IN_ROWS.search(said))
    if TOLD.search(said) or COUNTED.search(said):
        return True
    if path.startswith("/tables/"):
        return IN_CELLS.search(said) is not None
    if (elsewhere := nowhere(address, of)) != address:
        return nowhere(said, of) != nowhere(asked(doors, elsewhere), of)
    # Of a list: what it says of a time before there was anything.
    return path.startswith("/children/") and undated(said) != undated(asked(doors, long_before(address)))


def leaking(doors: TestClient, of: Partnership, only: str | None = None) -> set[str]:
    """The doors at which who sees nothing is told what they would not be told if there were nothing."""
    wrong = set()
    for path, address in addresses(doors, of).items():
        if only is not None and path != only:
            continue
        if tells(doors, of, path, address, asked(doors, address)):
            wrong.add(path)
    if only is None and searched(doors, FAMILY) != searched(doors, "Zzyzx"):
        wrong.add("search")
    return wrong


def test_who_sees_nothing_is_told_nothing_at_any_door(doors: TestClient, partnership: Partnership) -> None:
    assert len(addresses(doors, partnership)) > 60
    assert leaking(doors, partnership) == set()


# -- what leaks is caught --------------------------------------------------------------------------------------------


def everything(*given: Any, **_: Any) -> list[bool]:
    return [True] * (2 * len(given[2]))


def asked_afresh(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(KeptAnswers, "_name", staticmethod(lambda *_: secrets.token_hex()))


def test_a_leak_at_each_door_is_caught(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted at all of them at once: whatever is asked, at whichever door, is answered to somebody who sees all; and
    where this partnership has nothing to tell, in a note."""
    asked_afresh(monkeypatch)
    monkeypatch.setattr(access, "visible", everything)
    real = Store.answer

    async def answer(self: Store, *given: Any, **times: Any) -> Any:
        found = await real(self, *given, **times)
        return found if found.rows else replace(found, notes=(*found.notes, f"{FORENAME} is not among them."))

    monkeypatch.setattr(Store, "answer", answer)
    caught = leaking(doors, partnership)
    tell = {*addresses(doors, partnership), "search"} - SILENT.keys()
    tally(PLANTED, len(tell))
    tally(CAUGHT, len(caught & tell))
    assert tell - caught == set()


#: Doors at which nothing is planted so, each with the reason.
SILENT: Final[Mapping[str, str]] = {
    "/openapi.json": "describes the doors, and answers nothing: an example in it is planted below",
    "/children/mase, a wrong mark": "refuses, whoever asks",
    "/matches/judged": "nobody has judged anything here, and it shows no note",
    "/reconcile/lines.csv": "of this partnership it has no line, and it shows no note",
}


#: The file of this test's readers, and what keeps an answer's place in memory from being another's.
FILE: list[Any] = []
KEEP: list[Any] = []


def as_one_who_sees_all(wrapped: Callable[[Answer[Any], Answer[Any]], Answer[Any]]) -> Callable[..., Any]:
    """Every answer with something of what the other, who sees all, is told."""
    real = Store.answer

    async def answer(self: Store, asked: Any, settled: Any, reader: Any, purpose: Any, **times: Any) -> Any:
        mine = await real(self, asked, settled, reader, purpose, **times)
        if reader.name != "sees-nothing":
            return mine
        return wrapped(mine, await real(self, asked, settled, access.readers(FILE[0])["sees-all"], purpose, **times))

    return answer


def refused_otherwise(mine: Answer[Any], all_: Answer[Any]) -> Answer[Any]:
    if all_.total and not mine.total:
        raise Refused(refusals.NOT_ALLOWED)
    return mine


def refused_by_name(mine: Answer[Any], all_: Answer[Any]) -> Answer[Any]:
    if all_.total and not mine.total:
        raise Refused(refusals.NOT_FOUND, f"There is nothing of {FORENAME} that you may see.")
    return mine


def noted(mine: Answer[Any], all_: Answer[Any]) -> Answer[Any]:
    return replace(mine, notes=(*mine.notes, *(["More is withheld."] if all_.total > mine.total else [])))


def said_in_json(change: Callable[[dict[str, Any], Answer[Any]], None]) -> Callable[[pytest.MonkeyPatch], None]:
    """The JSON of a page of each answer, changed by what is there for somebody who sees all."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        found: dict[int, Answer[Any]] = {}

        def remembered(mine: Answer[Any], all_: Answer[Any]) -> Answer[Any]:
            other = replace(mine)
            found[id(other)] = all_
            KEEP.append(other)
            return other

        real = questions.page_json

        def page_json(answer: Answer[Any], *rest: Any) -> dict[str, Any]:
            told = real(answer, *rest)
            if id(answer) in found and found[id(answer)].rows:
                change(told, found[id(answer)])
            return told

        patch.setattr(Store, "answer", as_one_who_sees_all(remembered))
        patch.setattr(questions, "page_json", page_json)

    return plant


def total(told: dict[str, Any], all_: Answer[Any]) -> None:
    told["total"] = all_.total


def one_rule(rule: str) -> Callable[[pytest.MonkeyPatch], None]:
    """One question is answered to everybody as to somebody who sees all."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(Store, "answer", as_one_who_sees_all(lambda mine, all_: all_ if mine.rule == rule else mine))

    return plant


def of_whoever_asked_first(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(KeptAnswers, "_name", staticmethod(lambda asks, reader, rule, settled, state: f"{rule} {settled}"))


def in_the_description(patch: pytest.MonkeyPatch) -> None:
    real = service.openapi_of

    def described(app: Any) -> dict[str, Any]:
        return {**real(app), "example": {"child": FORENAME}}

    patch.setattr(service, "openapi_of", described)


def in_the_name_of_a_file(patch: pytest.MonkeyPatch) -> None:
    real = Response.init_headers

    def heads(self: Response, headers: Any = None) -> None:
        named = headers and "Content-Disposition" in headers
        real(self, {**headers, "Content-Disposition": f'attachment; filename="{FAMILY}.csv"'} if named else headers)

    patch.setattr(Response, "init_headers", heads)


def a_mark(told: dict[str, Any], all_: Answer[Any]) -> None:
    """The mark by which the next page is asked for is that of a row which is not shown."""
    told["next"] = all_.rows[0].model_dump()["child_id"]


#: What is planted, and at which door it is looked for.
KINDS: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str | None]] = {
    "refused in another way than what is not there": (
        lambda patch: patch.setattr(Store, "answer", as_one_who_sees_all(refused_otherwise)),
        "/child/{child}",
    ),
    "a refusal that names": (
        lambda patch: patch.setattr(Store, "answer", as_one_who_sees_all(refused_by_name)),
        "/children/{child}/network",
    ),
    "a note that something is withheld": (
        lambda patch: patch.setattr(Store, "answer", as_one_who_sees_all(noted)),
        "/children/mase, a page of it",
    ),
    "a total of all there are": (said_in_json(total), "/children/mase, a page of it"),
    "a mark of a row that is withheld": (said_in_json(a_mark), "/children/mase, a page of it"),
    "a search that finds what is withheld": (one_rule("SEARCH"), None),
    "an answer kept for whoever asked first": (of_whoever_asked_first, "/places/hotspots"),
    "an example in the description": (in_the_description, "/openapi.json"),
    "the name of a file": (in_the_name_of_a_file, "/tables/{table}/table.csv"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_leak_of_each_kind_is_caught(
    kind: str, doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    FILE[:] = [readers_file(partnership.settings)]
    plant, where = KINDS[kind]
    if plant is of_whoever_asked_first:
        plant(monkeypatch)
        asked(doors, addresses(doors, partnership)[str(where)], {**NOBODY, "X-Reader": "sees-all"})
    else:
        asked_afresh(monkeypatch)
        plant(monkeypatch)
    caught = leaking(doors, partnership, where) if where else searched(doors, FAMILY) != searched(doors, "Zzyzx")
    tally(PLANTED)
    tally(CAUGHT, bool(caught))
    assert caught
