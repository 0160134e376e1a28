"""`missingnet match evaluate` as a person types it, on a public table with its truth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from missingnet.api.cli import app, exit_code, in_words

SAMPLE = Path(__file__).parents[1] / "samples" / "linkage" / "fake_1000.csv"
COLUMNS = {
    "--id": "unique_id",
    "--given": "first_name",
    "--family": "surname",
    "--dob": "dob",
    "--postcode": "city",
    "--truth": "cluster",
}


def _run(file: Path, *more: str, **instead: str) -> tuple[int, str]:
    columns = COLUMNS | {f"--{name}": column for name, column in instead.items()}
    done = CliRunner().invoke(
        app, ["match", "evaluate", str(file), *(w for pair in columns.items() for w in pair), *more]
    )
    if done.exception and not isinstance(done.exception, SystemExit):
        assert isinstance(done.exception, Exception)
        return exit_code(done.exception), in_words(done.exception)
    return done.exit_code, done.output


def test_the_public_sample_gives_its_figures_as_json() -> None:
    """Half the surnames and most towns are missing or garbled, and dates are a year, month or day off."""
    code, said = _run(SAMPLE, "--json")
    found = json.loads(said)
    assert code == 0
    assert set(found) == {"precision", "recall", "pairs", "seconds"}
    assert found["precision"] >= 0.99
    assert found["recall"] >= 0.35


def test_in_words_it_shows_what_is_lost_at_each_probability(tmp_path: Path) -> None:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()[:150]
    (tmp_path / "people.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, said = _run(tmp_path / "people.csv")
    assert code == 0
    assert "149 records" in said
    curve = [line.split() for line in said.splitlines()[4:]]
    assert [float(line[0]) for line in curve] == sorted(float(line[0]) for line in curve)
    recalls = [float(line[5]) for line in curve]
    assert recalls == sorted(recalls, reverse=True)


@pytest.mark.parametrize(
    ("text", "instead", "says"),
    [
        (None, {"dob": "born"}, "no column 'born'. Its columns are: 'unique_id', 'first_name'"),
        ("a,b\n1,2\n", {}, "no column 'unique_id' and no column 'first_name'"),
        ("unique_id,first_name,surname,dob,city,cluster\n", {}, "The file has no rows."),
        (
            "unique_id,first_name,surname,dob,city,cluster\n1,Jo,X,,,\n1,Jo,X,,,\n",
            {},
            "Some ids stand on several rows.",
        ),
        ("unique_id,first_name,surname,dob,city,cluster\n,Jo,X,,,\n", {}, "Some rows have no id."),
    ],
)
def test_what_is_wrong_with_the_file_is_said_with_what_to_give(
    text: str | None, instead: dict[str, str], says: str, tmp_path: Path
) -> None:
    file = SAMPLE
    if text is not None:
        file = tmp_path / "people.csv"
        file.write_text(text, encoding="utf-8")
    code, said = _run(file, **instead)
    assert code == 2
    assert says in said


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    code, said = _run(tmp_path / "nobody.csv")
    assert (code, "There is no file" in said) == (2, True)


def test_a_table_where_nobody_agrees_with_anybody_suggests_nobody(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(
        "unique_id,first_name,surname,dob,city,cluster\n1,Jo,,,,a\n2,,Hart,,,a\n", encoding="utf-8"
    )
    code, said = _run(tmp_path / "people.csv", "--json")
    assert (code, json.loads(said)["pairs"], json.loads(said)["recall"]) == (0, 0, 0.0)
