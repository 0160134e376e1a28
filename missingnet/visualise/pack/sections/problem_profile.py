"""The problem profile: who went missing, by age and gender, and the themes of their interviews; locations and
associates have sections of their own."""

from __future__ import annotations

from missingnet.graph.answers.table_of_interviews import InterviewFact
from missingnet.graph.answers.table_of_triage import TriagedEpisode
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import INTERVIEW_THEMES, TRIAGED
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import NOT_RECORDED


def _victims(pack: Gathered) -> list[Block]:
    """Different children with an episode in the month; a child who had a birthday in it stands under both ages."""
    rows = pack.rows(TRIAGED, TriagedEpisode)
    genders: list[str | None] = [*sorted({row.gender for row in rows if row.gender})]
    ages: list[int | None] = [*sorted({row.age for row in rows if row.age is not None})]
    genders += [None] if any(row.gender is None for row in rows) else []
    ages += [None] if any(row.age is None for row in rows) else []
    lines = []
    for age in ages:
        of_age = [row for row in rows if row.age == age]
        counts = [len({row.child_id for row in of_age if row.gender == gender}) for gender in genders]
        said = f"{age} years" if age is not None else f"Age {NOT_RECORDED}"
        everybody = str(len({row.child_id for row in of_age}))
        lines.append(Line((said, *map(str, counts), everybody), tuple(sorted({row.record for row in of_age}))))
    columns = (("Age", 5), *((gender or f"Gender {NOT_RECORDED}", 3) for gender in genders), ("All", 3))
    return table("Different children with an episode in the month", columns, lines)


def _themes(pack: Gathered) -> list[Block]:
    """Every theme of the interviews held, most often told first; an interview may have several."""
    rows = [row for row in pack.rows(INTERVIEW_THEMES, InterviewFact) if row.themes]
    lines = []
    for theme in {theme for row in rows for theme in row.themes}:
        told = [row for row in rows if theme in row.themes]
        children = len({row.child_id for row in told})
        lines.append(Line((theme, str(len(told)), str(children)), tuple(row.record for row in told)))
    lines.sort(key=lambda line: (-int(line.cells[1]), line.cells[0]))
    columns = (("Theme, as interviewers recorded it", 9), ("Interviews", 3), ("Children", 3))
    return table("Interviews after the returns of three months", columns, lines)


def _elsewhere(pack: Gathered) -> list[Block]:
    return [
        Words(
            "Locations: see 'Locations, taxis and licensing'. Offenders: this version asks no question about who was "
            "investigated or convicted; associates of concern and networks have their own sections, and nobody there "
            "is assessed."
        )
    ]


SECTION = Section(
    name="problem_profile",
    title="Problem profile",
    source="Operational group agenda (Framework, CMOG): problem profile (victims, offenders, locations, themes)",
    parts=(
        Part("Victims", (TRIAGED,), _victims, empty="No episode is recorded in the month."),
        Part("Themes", (INTERVIEW_THEMES,), _themes, empty="No theme is recorded."),
        Part("Offenders and locations", (), _elsewhere),
    ),
)
