"""Precision and recall of suggestions: on the invented partnership (`MISSINGNET_BENCH_CHILDREN` says how large), and on
a table of people of any size (`MISSINGNET_BENCH_RECORDS`), with time and memory."""

from __future__ import annotations

import csv
import os
import resource
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from missingnet.ingest.example.people import BOYS, GIRLS, MEN, WOMEN, misspell, surname
from missingnet.ingest.linkage.evaluation import evaluate
from missingnet.ingest.linkage.model import model
from tests.linkage.partnership import partnership

CHILDREN = int(os.environ.get("MISSINGNET_BENCH_CHILDREN", "2000"))
RECORDS = int(os.environ.get("MISSINGNET_BENCH_RECORDS", "50000"))
COLUMNS = ("id", "given", "family", "born", "postcode", "sex", "truth")


def _write_people(path: Path, records: int) -> None:
    """People of whom 18 in 100 stand there twice: misspelt, exchanged, with another birthday, moved."""
    random, number = Random(7), 0
    letters = "ABDEFGHJLNPQRSTUWXYZ"

    def code() -> str:
        area = random.choice(("NN", "OS", "QH", "KE", "LO"))
        ends = random.choice(letters) + random.choice(letters)
        return f"{area}{random.randrange(1, 30)} {random.randrange(1, 9)}{ends}"

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        while number < records:
            whose, girl = number, random.random() < 0.5
            given, family = random.choice(GIRLS + WOMEN if girl else BOYS + MEN), surname(random.random())
            born, home = date(1995, 1, 1) + timedelta(days=random.randrange(8400)), code()
            day, sex = born.isoformat(), "F" if girl else "M"
            writer.writerow((number, given, family, day, home, sex, whose))
            number += 1
            if random.random() < 0.18 and number < records:
                fault = random.random()
                if fault < 0.15:
                    given = misspell(given, random.random())
                elif fault < 0.35:
                    family = misspell(family, random.random())
                elif fault < 0.4 and born.day < 13:
                    day = f"{born.year}-{born.day:02d}-{born.month:02d}"
                elif fault < 0.44:
                    day = day[:-1] + str(random.randrange(10))
                elif fault < 0.47:
                    given, family = family, given
                where = code() if random.random() < 0.4 else home if random.random() < 0.9 else ""
                writer.writerow((number, given, family, day, where, sex if random.random() < 0.8 else "", whose))
                number += 1


@pytest.mark.bench
def test_a_table_of_many_people_is_matched_in_one_run(tmp_path: Path) -> None:
    _write_people(tmp_path / "people.csv", RECORDS)
    found = evaluate(tmp_path / "people.csv", dict(zip(COLUMNS, COLUMNS, strict=True)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000
    print(f"\n{found.records:,} records, {found.truths:,} pairs: {found.seconds:.0f} s, {memory:.1f} GB at most")
    for at in found.curve:
        print(f"{at.probability:>6} {at.pairs:>9,} {found.precision(at):>8.4f} {found.recall(at):>8.4f}")
    assert found.records == RECORDS
    assert found.recall(found.suggested) >= 0.9


@pytest.mark.bench
def test_suggestions_on_the_invented_partnership(tmp_path: Path) -> None:
    found = partnership(tmp_path, CHILDREN, years=3)
    print(f"\n{CHILDREN:,} children: {found.joined:,} joined by identifiers, {found.wrong_joins} wrongly;")
    print(f"{len(found.true):,} pairs to suggest, {found.bare:,} more that only references name; {found.seconds:.1f} s")
    print("probability    pairs  precision  recall")
    for least in (0.05, 0.2, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999):
        offered = found.offered(least)
        right = len(offered & found.true)
        print(f"{least:>11} {len(offered):>8,} {right / max(1, len(offered)):>10.4f} {right / len(found.true):>7.4f}")
    offered = found.offered(model("people").suggest_at)
    assert found.wrong_joins / found.joined <= 0.001
    assert len(offered & found.true) / len(found.true) >= 0.95
    assert len(offered & found.true) / len(offered) >= 0.8
