"""What the meeting decides and writes down: DOMAIN §6's list for a MASE, as a form on paper."""

from __future__ import annotations

from missingnet.visualise.pack.content import Block, Column, Form
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.section import Part, Section

_DECISIONS = (
    "Early help, child in need (section 17) or child protection enquiry (section 47)",
    "Child seen alone; by whom and when",
    "The child’s views and wished outcomes heard and recorded",
    "The family’s views, strengths and needs",
    "Independent sexual violence adviser (ISVA) offered",
    "CSE risk assessment completed; level agreed",
    "Risk to brothers, sisters and other children; what is done for each",
    "Information on suspected perpetrators; to whom it is passed",
    "Powers to protect the child",
    "Powers to disrupt (notices, orders, licensing)",
    "National referral mechanism (NRM) referral",
    "MARAC and MAPPA",
    "Outcome of the meeting from the Framework’s list",
)


def _decisions(_: Gathered) -> list[Block]:
    columns = (Column("To be decided", 6), Column("Yes, no or not yet", 2.6), Column("What, and why", 7))
    return [Form("For each: what was decided, and why", columns, tuple((each, "", "") for each in _DECISIONS))]


def _plan(_: Gathered) -> list[Block]:
    columns = (Column("Action", 6), Column("Owner", 3), Column("By (date)", 2.4), Column("Measurable outcome", 5))
    return [Form("Only ever one plan for the child", columns, tuple(("", "", "", "") for _ in range(8)))]


def _close(_: Gathered) -> list[Block]:
    columns = (Column("", 5), Column("", 10))
    named = ("Date of the next review", "Chair (name, agency)", "Present", "Apologies")
    return [Form("", columns, tuple((each, "") for each in named))]


SECTION = Section(
    name="decisions",
    title="What the meeting decides",
    source="MASE agenda (Framework; Procedures): decisions, and one plan with owner, date and outcome",
    parts=(Part("Decisions", (), _decisions), Part("The plan", (), _plan), Part("The meeting", (), _close)),
    new_page=True,
)
