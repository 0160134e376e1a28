"""The manual's pages, made from what is true: the rulebook, the query files, the row classes, the worked examples."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from missingnet.graph import rulebook
from missingnet.graph.catalogue import Question, catalogue
from tests.worked.cases import CASES
from tests.worked.drawn import Case, drawn, tables

_MADE = "<!-- Made by scripts/manual. Change the rulebook, the query or the worked examples, never this page. -->"


def pages() -> Mapping[str, str]:
    """Each page by its file name: one a question, and the list of all rules."""
    found = {f"{rule}.md": _page(question) for rule, question in catalogue().items()}
    found["README.md"] = _list()
    return found


def _list() -> str:
    lines = [_MADE, "", "# The rules", ""]
    for chapter in rulebook.CHAPTERS:
        lines += [
            f"## {chapter.replace('_', ' ').capitalize()}",
            "",
            "| rule | title | source | state |",
            "|---|---|---|---|",
        ]
        for rule in rulebook.rules().values():
            if rule.chapter == chapter:
                name = f"[{rule.id}]({rule.id}.md)" if rule.id in catalogue() else rule.id
                lines.append(f"| {name} | {rule.title} | {rule.source} | {rule.state} |")
        lines.append("")
    return "\n".join(lines)


def _page(question: Question) -> str:
    rule = rulebook.rule(question.rule)
    lines = [_MADE, "", f"# {rule.id}: {rule.title}", "", rule.words, "", f"Source: {rule.source}", ""]
    lines += _parameters(question, rule)
    cases = [case for case in CASES if case.rule == rule.id]
    if cases:
        lines += ["## Worked examples", "", "Times are London's. A name stands where the answer has an id.", ""]
        for case in cases:
            lines += _case(case)
    path = f"`GET {question.path}`, or " if question.path else ""
    lines += [
        "## The query",
        "",
        f"{path}`missingnet ask {rule.id}`. The catalogue writes the access test into it.",
        "",
    ]
    folder = files("missingnet.cypher").joinpath(question.chapter)
    text = folder.joinpath(f"{question.rule.lower()}.cypher").read_text(encoding="utf-8")
    lines += ["```cypher", text.rstrip(), "```", ""]
    return "\n".join(lines)


def _parameters(question: Question, rule: rulebook.Rule) -> list[str]:
    if not question.parameters:
        return []
    lines = ["| parameter | what | default | whose |", "|---|---|---|---|"]
    for name, declared in question.parameters.items():
        if declared.required:
            lines.append(f"| `{name}` | {declared.type} | must be given | |")
        elif name == question.about:
            lines.append(f"| `{name}` | one {name}, to see why the rule does or does not fire | all | |")
        else:
            known = rule.parameters[name]
            value = known.default
            shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            unit = "" if isinstance(value, rulebook.Before | tuple) else f" {known.unit}"
            lines.append(f"| `{name}` | {known.words} | {shown}{unit} | {'ours' if known.ours else 'the source'} |")
    return [*lines, ""]


def _case(case: Case) -> list[str]:
    lines = [f"### {case.title[0].upper()}{case.title[1:]}", ""]
    given = ", ".join(f"`{name}` {_said(value)}" for name, value in case.asked.items())
    lines += [
        "```",
        *"\n\n".join(drawn(heading, rows) for heading, rows in tables(case.records)).splitlines(),
        "```",
        "",
    ]
    lines += [f"Asked as at {case.as_at}{f', {given}' if given else ''}:", "", "```"]
    lines += [drawn(heading, rows) for heading, rows in tables(case.expected)]
    lines += ["```", ""]
    for note in case.notes:
        lines += [f"Note: {note}", ""]
    return lines


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = str(value)
    return text.rpartition(":")[2] if text.startswith("@") else text
