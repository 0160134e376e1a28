"""What a strategy meeting decides and writes down: DOMAIN §6's list, as a form on paper."""

from __future__ import annotations

from missingnet.visualise.pack.content import Block, Column, Form
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.section import Part, Section

_DECISIONS = (
    "What is known of where the child is, and of who may be with them",
    "What is still needed to find the child; who does it",
    "Police protection (at most 72 hours)",
    "Emergency protection order",
    "Recovery order, for a child in care",
    "Organised abuse considered",
    "Publicity: what the media are told, by whom, and what is not said",
    "Placement on return: where, and whether it is safe",
    "Who is told of the return, who holds the interview, who sees the child alone",
    "How to prevent the next episode: what changes at home, in care and at school",
    "Others who went missing with the child: a record and a plan for each",
)


def _decisions(_: Gathered) -> list[Block]:
    columns = (Column("To be decided", 6), Column("Yes, no or not yet", 2.6), Column("What, and why", 7))
    return [Form("For each: what was decided, and why", columns, tuple((each, "", "") for each in _DECISIONS))]


def _actions(_: Gathered) -> list[Block]:
    columns = (Column("Action", 7), Column("Who", 3.4), Column("By (date)", 2.6), Column("Done", 2.6))
    return [Form("", columns, tuple(("", "", "", "") for _ in range(8)))]


def _close(_: Gathered) -> list[Block]:
    columns = (Column("", 5), Column("", 10))
    named = ("Date of the review", "Chair (team manager: name, agency)", "Present", "Apologies")
    return [Form("", columns, tuple((each, "") for each in named))]


SECTION = Section(
    name="strategy_decisions",
    title="What the meeting decides",
    source="Strategy meeting’s agenda (Procedures §3): legal options, actions, placement on return, prevention",
    parts=(Part("Decisions", (), _decisions), Part("Actions", (), _actions), Part("The meeting", (), _close)),
    new_page=True,
)
