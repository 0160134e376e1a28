"""The house's own rules: who may import whom, one gate to the graph, no clock below the door, no outside address."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from missingnet.graph import catalogue
from missingnet.graph.terms import EVENTS
from tests.pieces import ROOT

PACKAGE = ROOT / "missingnet"
#: What each room may import of the others, by the start of the module's name.
MAY_IMPORT = {
    "graph": ("missingnet.graph", "missingnet.settings", "missingnet.cypher"),
    "ingest": ("missingnet.ingest", "missingnet.graph", "missingnet.settings"),
    "visualise": (
        "missingnet.visualise",
        "missingnet.graph.terms",
        "missingnet.graph.answers",
        # The one module that turns instants into London's clock, at either door (DESIGN §2).
        "missingnet.graph.times",
    ),
    "api": ("missingnet",),
}
#: Only these speak to the driver.
DRIVES = {"missingnet/graph/store.py", "missingnet/graph/engine"}
LONGEST = 400


def modules(room: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((PACKAGE / room).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path, tree in modules(room)
        for name in imports(tree)
        if name.startswith("missingnet.") and not name.startswith(MAY_IMPORT[room])
    ]
    assert wrong == []


def test_only_the_store_and_the_engine_speak_to_the_driver() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for room in MAY_IMPORT
        for path, tree in modules(room)
        for name in imports(tree)
        if name.split(".")[0] == "neo4j" and not str(path.relative_to(ROOT)).startswith(tuple(DRIVES))
    ]
    assert wrong == []


def test_no_query_stands_outside_its_room() -> None:
    """A probe that asks only whether the engine answers, as the engine's own modules do, is no question."""
    query = re.compile(r"\b(MATCH|MERGE|UNWIND) [(\[$]")
    wrong = []
    for room in MAY_IMPORT:
        for path, tree in modules(room):
            if str(path.relative_to(ROOT)).startswith("missingnet/graph/engine"):
                continue
            docs = {
                id(node.body[0].value)
                for node in ast.walk(tree)
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
                and node.body
                and isinstance(node.body[0], ast.Expr)
            }
            for node in ast.walk(tree):
                text = node.value if isinstance(node, ast.Constant) and id(node) not in docs else None
                if isinstance(text, str) and query.search(text):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_only_the_doors_read_the_clock() -> None:
    clock = re.compile(r"\b(datetime\.now|date\.today|datetime\.utcnow|time\.time)\(")
    doors = {"missingnet/graph/times.py", "missingnet/graph/audit/writing.py"}
    wrong = [
        str(path.relative_to(ROOT))
        for room in ("graph", "ingest", "visualise")
        for path, _ in modules(room)
        if clock.search(path.read_text(encoding="utf-8"))
        and str(path.relative_to(ROOT)) not in doors
        and not str(path.relative_to(ROOT)).startswith("missingnet/graph/engine")
    ]
    assert wrong == []


def test_files_hold_one_idea_each() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in tracked("missingnet/*.py", "tests/*.py", "missingnet/*.cypher", "missingnet/*.typ")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    ]
    assert long == []


def test_every_public_function_and_class_says_what_is_true_of_it() -> None:
    silent = []
    for room in MAY_IMPORT:
        for path, tree in modules(room):
            for node in tree.body:
                named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                if named and not node.name.startswith("_") and ast.get_docstring(node) is None:
                    silent.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert silent == []


def test_every_question_is_in_the_catalogue_and_views_list_every_fact() -> None:
    found = catalogue.catalogue()
    assert len(found) == len(list((PACKAGE / "cypher").rglob("[!0-9]*.cypher"))) - len(
        list((PACKAGE / "cypher" / "write").glob("*.cypher"))
    )
    for rule, labels in (("CHILD-TIMELINE", set(EVENTS) - {"Description", "Judgement"}), ("RECORD", set(EVENTS))):
        text = found[rule].text_now
        lost = {fact for label in labels for fact in EVENTS[label] if f"e.{fact}" not in text}
        # A place's coordinates and register dates are on its own page, by DESCRIPTIONS.
        assert lost <= {"easting", "northing", "opened", "closed"}, rule


UNFINISHED = re.compile(
    r"\bTODO\b|\bFIXME\b|\bXXX\b|raise NotImplemented|\bfor now\b(?!,)|\bxfail\b|mark\.skip\b", re.IGNORECASE
)
#: Words of our own that blame a child (DOMAIN §2). Records that arrive with them are quoted, never our words.
BLAMING = re.compile(r"promiscu|absconder|child prostitut|lifestyle choice", re.I)


def test_nothing_says_that_it_is_unfinished_or_blames_a_child() -> None:
    here = Path(__file__)
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked("*.py", "*.cypher", "*.md", "Makefile", "*.html", "*.typ", "*.toml")
        if path != here and "samples" not in path.parts and "vendor" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if UNFINISHED.search(line) or BLAMING.search(line)
    ]
    assert wrong == []


ADDRESS = re.compile(
    r"https?://(?!127\.0\.0\.1|localhost|www\.w3\.org|schemas\.openxmlformats\.org"
    r"|[\w.-]*example\.(?:org|com)|proxy|testserver)[\w.]"
)


def test_nothing_served_or_packed_names_an_outside_address() -> None:
    """The names of XML's vocabularies look like addresses; nobody calls them."""
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked("missingnet/**/*.py", "missingnet/**/*.html", "missingnet/**/*.typ", "missingnet/**/*.js")
        if "vendor" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if ADDRESS.search(line)
    ]
    assert wrong == []


def test_no_committed_text_names_a_place_on_one_machine_or_a_package_registry() -> None:
    place = re.compile(r"/(root|work|home/\w+)/|(pypi|npmjs|pythonhosted|maven\.org|crates)\.(org|io|com)|/\.pyenv")
    wrong = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path != Path(__file__) and path.suffix not in (".png", ".xlsx", ".ttf", ".woff2", ".ico") and path.is_file()
        if "samples" not in path.parts and "vendor" not in path.parts
        if place.search(path.read_bytes().decode("utf-8", "replace"))
    ]
    assert wrong == []
