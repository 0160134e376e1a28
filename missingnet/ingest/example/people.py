"""Invented people: each is a pure function of the seed and a number.

Forenames are ordinary; surnames are made of syllables that no register of ours holds, so that nobody can be taken for
a real person. Identifiers are affine permutations of the number, hence unique without a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import mul
from random import Random

from missingnet.ingest.example.place import AUTHORITIES, Postcode, street, uprn, zone

GIRLS = (
    "Aaliyah", "Abbie", "Amelia", "Amira", "Bethany", "Chloe", "Daisy", "Ellie", "Emilia", "Fatima", "Freya", "Grace",
    "Hannah", "Imani", "Isla", "Jade", "Jasmine", "Keira", "Layla", "Libby", "Maisie", "Megan", "Mia", "Niamh",
    "Olivia", "Paige", "Poppy", "Rosie", "Ruby", "Shannon", "Sienna", "Skye", "Tia", "Wiktoria", "Yasmin", "Zara",
)  # fmt: skip
BOYS = (
    "Aaron", "Adam", "Alfie", "Ayaan", "Ben", "Callum", "Connor", "Daniel", "Dylan", "Ethan", "Finley", "George",
    "Harvey", "Ibrahim", "Jack", "Jakub", "Jayden", "Joshua", "Kai", "Kian", "Leo", "Liam", "Logan", "Mason",
    "Mohammed", "Nathan", "Noah", "Oliver", "Owen", "Rhys", "Riley", "Ryan", "Samuel", "Theo", "Tyler", "Zak",
)  # fmt: skip
MEN = (
    "Barry",
    "Craig",
    "Darren",
    "Dean",
    "Gareth",
    "Imran",
    "Jason",
    "Karl",
    "Lee",
    "Marek",
    "Neil",
    "Stefan",
    "Wayne",
)
WOMEN = ("Carla", "Donna", "Elena", "Kerry", "Lorna", "Mandy", "Nadia", "Sharon", "Tracey")
_FIRST = (
    "Ald", "Bram", "Cren", "Dorv", "Esk", "Farn", "Gelt", "Hesk", "Ilm", "Jarv", "Keld", "Lorn", "Marv", "Nesk", "Orl",
    "Pend", "Quil", "Rask", "Selv", "Tarn", "Ulv", "Venn", "Wend", "Yarl", "Zell", "Brisk", "Clar", "Drun", "Frith",
    "Glen", "Harb", "Kest", "Lind", "Morv", "Norl", "Pask", "Rend", "Skel", "Thrup", "Wald",
)  # fmt: skip
_LAST = (
    "ablow", "acre", "adine", "ambury", "anger", "arby", "athwick", "edge", "ellow", "emby", "endike", "erling",
    "ethorne", "ible", "ickley", "idow", "ingate", "irrell", "isham", "obourne", "ockley", "ollan", "omere", "onwick",
    "oppard", "orrick", "ossett", "otherby", "owden", "umley",
)  # fmt: skip
ETHNIC = ("WBRI",) * 14 + ("WOTH", "MWBC", "MWAS", "APKN", "ABAN", "AOTH", "BCRB", "BAFR", "WROM", "OOTH")
ETHNIC_WORDS = {
    "WBRI": "White British", "WOTH": "White other", "MWBC": "White and Black Caribbean", "MWAS": "White and Asian",
    "APKN": "Pakistani", "ABAN": "Bangladeshi", "AOTH": "Asian other", "BCRB": "Black Caribbean",
    "BAFR": "Black African", "WROM": "Gypsy/Roma", "OOTH": "Other",
}  # fmt: skip
_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_WEIGHTS = tuple(range(2, 14))
_WEIGHTS_OF_ZEROS = ord("0") * sum(_WEIGHTS)
ASSOCIATES_FROM = 5_000_000
"""Police nominals of associates stand from this number on; a child's number is always below it."""


@dataclass(frozen=True, slots=True)
class Child:
    """An invented child as the agencies that spell the name right would record them; 'born' is a day number."""

    number: int
    authority: str
    council: str
    nominal: str
    upn: str
    forename: str
    surname: str
    alias: str
    born: int
    sex: str
    ethnic: str
    home: Postcode
    door: int
    household: int

    @property
    def home_uprn(self) -> str:
        """The UPRN of the family home."""
        return uprn(1, self.household)

    @property
    def address(self) -> str:
        """The family home's address."""
        return street(self.home, self.door)


@dataclass(frozen=True, slots=True)
class Associate:
    """An adult, or older young person, whom the police know by a nominal reference."""

    nominal: str
    forename: str
    surname: str
    alias: str
    born: int
    sex: str

    @property
    def name(self) -> str:
        """Forename and surname."""
        return f"{self.forename} {self.surname}"


def nominal_ref(seed: int, number: int) -> str:
    """The police nominal reference of a person's number: N and seven digits, unique below ten million."""
    return f"N{(number * 7_368_787 + 1_234_567 + seed * 7_919) % 10_000_000:07d}"


def council_ref(seed: int, number: int, children: int) -> str:
    """The council's child id: six digits, seven above 900,000 children."""
    width = 900_000 if children <= 900_000 else 9_000_000
    return str(width // 9 + (number * 611_957 + 271_828 + seed * 3_571) % width)


def upn(seed: int, authority: str, number: int) -> str:
    """A unique pupil number with its true check letter, of an authority that does not exist."""
    digits = f"{authority}{(number * 387_420_489 + 104_729 + seed * 1_009) % 1_000_000_000:09d}"
    total = sum(map(mul, _WEIGHTS, digits.encode())) - _WEIGHTS_OF_ZEROS
    return _CHECK_LETTERS[total % 23] + digits


def surname(draw: float) -> str:
    """One of 1,200 invented surnames."""
    index = int(draw * len(_FIRST) * len(_LAST))
    return _FIRST[index % len(_FIRST)] + _LAST[index // len(_FIRST)]


def child_stream(seed: int, number: int) -> Random:
    """The child's own random stream, from nothing but the seed and the child's number."""
    return Random(seed * 1_000_003_000_007 + number * 7 + 1)  # noqa: S311 (invented data, not a secret)


def child(random: Random, seed: int, number: int, children: int, until: int, authority: str = "") -> Child:
    """The child of that number: the first draws of the child's own stream; most are between 10 and 17."""
    draw = random.random
    authority = authority or AUTHORITIES[draw() < 0.4]
    home_zone = zone("A" if authority == "997" else "B")
    girl = draw() < 0.52
    years = 11 + 6.8 * draw() ** 0.55
    names = GIRLS if girl else BOYS
    forename = names[int(draw() * len(names))]
    return Child(
        number=number,
        authority=authority,
        council=council_ref(seed, number, children),
        nominal=nominal_ref(seed, number),
        upn=upn(seed, authority, number),
        forename=forename,
        surname=surname(draw()),
        alias=forename[:2] + "z" if draw() < 0.08 else "",
        born=until - int(years * 365.25),
        sex="F" if girl else "M",
        ethnic=ETHNIC[int(draw() * len(ETHNIC))],
        home=home_zone[int(draw() * len(home_zone))],
        door=1 + int(draw() * 120),
        household=number,
    )


def associate(random: Random, seed: int, number: int, until: int) -> Associate:
    """The associate of that number, aged 17 to 49; the nominal is the number's, the rest is drawn."""
    draw = random.random
    man = draw() < 0.85
    names = MEN if man else WOMEN
    forename = names[int(draw() * len(names))]
    return Associate(
        nominal=nominal_ref(seed, ASSOCIATES_FROM + number),
        forename=forename,
        surname=surname(draw()),
        alias=forename[0] + forename[-1].upper() if draw() < 0.3 else "",
        born=until - int((17 + 32 * draw()) * 365.25),
        sex="M" if man else "F",
    )


def misspell(name: str, draw: float) -> str:
    """The name as another agency heard it: a letter doubled, swapped or dropped (never the first)."""
    middle = max(1, len(name) // 2)
    if draw < 0.34:
        return name[:middle] + name[middle] + name[middle:]
    if draw < 0.67 and middle + 1 < len(name) and name[middle] != name[middle + 1]:
        return name[:middle] + name[middle + 1] + name[middle] + name[middle + 2 :]
    return name[:middle] + name[middle + 1 :]
