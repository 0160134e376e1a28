"""Worked pairs among strangers: what is suggested and in which words, and what is held back and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from missingnet.ingest.linkage.matching import Suggestion
from missingnet.ingest.linkage.people import Described
from tests.linkage.suggesting import offered, suggest, town

A = Described("", "", "Robert", "Skelbourne", "2010-03-25", "male", "NN4 6GW", schools=("Vannet High",))

#: name: the other record, and what the sentence says of the pair.
SAME = {
    "equal": (A, "same forename, surname, sex, postcode and school; date of birth equal"),
    "short form": (replace(A, given="Bobby"), "forenames are forms of one name"),
    "letter wrong": (replace(A, given="Robrt"), "forename differs by one letter"),
    "letters crossed": (replace(A, family="Skelbuorne"), "surname differs by one letter"),
    "part of the surname": (replace(A, family="Skelbourne-Quilacre"), "one part of the surname in common"),
    "parts reordered": (replace(A, given="James Robert"), "one forename in common"),
    "exchanged names": (replace(A, given="Skelbourne", family="Robert"), "forename and surname exchanged"),
    "digit wrong": (replace(A, born="2010-03-26"), "date of birth differs by one digit"),
    "moved": (replace(A, postcode="NN8 1AA", postcodes=("NN4 6GW",)), "one earlier or later postcode in common"),
    "only an initial": (replace(A, given="R"), "initial of the forename equal"),
    "written otherwise": (replace(A, given="ROBERT", family="skelbourne", postcode="nn46gw"), "same forename, surname"),
}
HELD = {
    "twin": (replace(A, given="James"), "two different forenames"),
    "twin sister of like name": (replace(A, given="Roberta", sex="female", family="Skelbourne"), ""),
    "father of one name": (replace(A, born="1979-11-02", schools=()), "two different dates of birth"),
}


def _pair(name: str, other: Described, one: Described = A) -> list[Described]:
    return [replace(one, id=f"{name} a", thing=f"{name} a"), replace(other, id=f"{name} b", thing=f"{name} b")]


@pytest.fixture(scope="module")
def same() -> dict[tuple[str, str], Suggestion]:
    """Each pair in a family of its own, so that only the two of a pair are alike."""
    people, families = town(150), ("ald", "bram", "cren", "dorv", "esk", "farn", "gelt", "hesk", "ilm", "jarv", "keld")
    for number, (name, (other, _)) in enumerate(SAME.items()):
        family, year = f"{families[number]}owner", f"{2004 + number}"
        one, two = (
            replace(
                whom,
                family=(whom.family or "").replace("Skelbourne", family).replace("skelbourne", family),
                given=(whom.given or "").replace("Skelbourne", family),
                born=(whom.born or "").replace("2010", year),
                postcode=(whom.postcode or "").replace("6", str(number % 10)),
                postcodes=tuple(code.replace("6", str(number % 10)) for code in whom.postcodes),
            )
            for whom in (A, replace(other, family=(other.family or "").replace("Skelbuorne", "Esowkner")))
        )
        people += _pair(name, two if name != "letters crossed" else replace(two, family="ekosowner"), one)
    return {(pair.one, pair.other): pair for pair in suggest(people)}


@pytest.mark.parametrize("name", SAME)
def test_records_of_one_child_are_suggested_and_the_sentence_says_why(
    name: str, same: dict[tuple[str, str], Suggestion]
) -> None:
    pair = same[(f"{name} a", f"{name} b")]
    assert (pair.one, pair.other) in offered(same.values()), pair
    if name != "letters crossed":
        assert SAME[name][1] in pair.sentence


def test_day_and_month_exchanged_are_told_from_another_birthday() -> None:
    one = replace(A, born="2010-03-05")
    crossed, other = replace(one, born="2010-05-03"), replace(one, born="2010-08-17")
    people = town(150) + _pair("crossed", crossed, one)
    assert offered(suggest(people)) == {("crossed a", "crossed b")}
    assert "day and month of birth exchanged" in suggest(people)[0].sentence
    without = [replace(whom, postcode=None, schools=()) for whom in _pair("other", other, one)]
    assert offered(suggest(town(150) + without)) == set()


def test_the_steps_of_the_waterfall_add_up_to_the_weight_and_the_weight_to_the_probability(
    same: dict[tuple[str, str], Suggestion],
) -> None:
    for pair in same.values():
        assert sum(step.weight for step in pair.steps) == pytest.approx(pair.weight, abs=0.02)
        assert 1 / (1 + 2**-pair.weight) == pytest.approx(pair.probability, abs=0.001)


@pytest.mark.parametrize("name", HELD)
def test_twins_and_a_father_of_one_name_are_never_suggested(name: str) -> None:
    found = suggest(town(150) + _pair(name, HELD[name][0]))
    assert (f"{name} a", f"{name} b") not in offered(found)
    for pair in found:
        if pair.one == f"{name} a" and pair.probability > 0.5:
            assert pair.held
            assert HELD[name][1] in pair.held.lower()


def test_brothers_whom_a_record_names_as_brothers_are_held_back_though_their_names_are_alike() -> None:
    one = replace(A, id="k a", thing="k a", given="Zayaan", kin=("k b",))
    other = replace(A, id="k b", thing="k b", given="Zayyan", kin=("k a",))
    (pair,) = (pair for pair in suggest([*town(150), one, other]) if pair.one == "k a")
    assert pair.held == "A record says that they are brother or sister."


def test_one_name_with_two_dates_of_birth_in_two_places_is_no_suggestion() -> None:
    other = replace(A, born="2007-11-12", postcode="NN8 1AA", schools=("Another",))
    assert offered(suggest(town(150) + _pair("namesakes", other))) == set()


def test_an_address_that_many_share_is_no_evidence() -> None:
    """Twelve strangers found at one hospital: to live there says nothing, to live with one other says something."""
    weights = {}
    for name, crowd in (("home", 0), ("hospital", 12)):
        base = replace(A, premises=("uprn:1",), schools=(), postcode=None)
        others = [replace(whom, premises=("uprn:1",)) for whom in town(crowd, seed=9)]
        others = [replace(whom, id=f"x{whom.id}", thing=f"x{whom.id}") for whom in others]
        found = suggest(town(150) + others + _pair(name, replace(base, given="Robrt"), base))
        (pair,) = (pair for pair in found if pair.one == f"{name} a" and pair.other == f"{name} b")
        weights[name] = {step.about: step.weight for step in pair.steps}.get("address", 0.0)
    assert weights["home"] > 5
    assert weights["hospital"] == 0


def test_rows_of_one_person_are_never_paired_and_speak_for_the_person_by_the_best() -> None:
    rows = [
        replace(A, id="p/0", thing="p"),
        replace(A, id="p/1", thing="p", given="Bertie", family="Other"),
        replace(A, id="q/0", thing="q"),
    ]
    found = [pair for pair in suggest(town(150) + rows) if pair.one.startswith("p")]
    assert [(pair.one, pair.other, pair.things) for pair in found] == [("p/0", "q/0", ("p", "q"))]
