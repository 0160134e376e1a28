"""A council's risk assessments of children, screenings among them, mapped by the TOML beside this file."""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.graph.times import start_of_day
from missingnet.ingest.declaration import Source
from missingnet.ingest.people import COUNCIL_CHILD, council_child
from missingnet.ingest.row import Row


def read(row: Row) -> Iterator[Record]:
    """The assessment; one of sexual exploitation lies in the compartment 'cse'."""
    reference, child, kind, at = row.need("reference"), council_child(row), row.text("kind"), row.need_day("at")
    row.classed(*(("cse",) if kind and ("cse" in kind.lower() or "exploitation" in kind.lower()) else ()))
    yield row.record(
        "RiskAssessment",
        reference,
        {"kind": kind, "at": at, "level": row.text("level"), "score": row.number_in("score")}
        | {"assessor": row.text("assessor"), "next_review": row.day("next_review")}
        | {"episode_reference": row.reference("episode_ref")}
        | {"radicalisation_considered": row.yes("radicalisation_considered")}
        | {name: row.day(name) for name in ("placement_plan_updated", "early_review_considered")},
        of=child,
        authorities=(row.reference("la_code"),),
        observed=(start_of_day(at), start_of_day(at)),
    )


SOURCE = Source(
    name="risk_assessments",
    title="Risk assessments of children",
    read=read,
    labels=("RiskAssessment",),
    required=("reference", "la_code", "council_ref", "at", "level"),
    columns=(
        *(*COUNCIL_CHILD, "kind", "score", "assessor", "next_review", "episode_ref", "radicalisation_considered"),
        *("placement_plan_updated", "early_review_considered"),
    ),
    key=("reference",),
    dated_by=("at",),
    mapped=True,
)
