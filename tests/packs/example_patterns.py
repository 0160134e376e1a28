"""What the rules find in the invented partnership: one small answer for each pattern and threshold."""

from __future__ import annotations

from datetime import date, datetime

from missingnet.graph.answers.cme_and_missing import CmeAndMissing, SharedWithMissing
from missingnet.graph.answers.cross_border import CrossBorder, OfCouncil
from missingnet.graph.answers.cross_lists import CrossLists, Standing
from missingnet.graph.answers.episodes_in_window import AgencyCount, EpisodesInWindow
from missingnet.graph.answers.group_missing import GroupMissing, Occasion
from missingnet.graph.answers.hotspot import Hotspot, SameWeeks
from missingnet.graph.answers.linked_locations import LinkedLocations
from missingnet.graph.answers.network import Bridge, CommunityTie, Member, Network, Part
from missingnet.graph.answers.places_to_visit import PlaceToVisit, TimesThere
from missingnet.graph.answers.shared_associate import SharedAssociate, SharedAssociateLink
from missingnet.graph.answers.unlisted_in_network import UnlistedInNetwork, UnlistedInNetworkFact
from tests.packs.example_child import CHILD


def shared() -> tuple[SharedAssociate, ...]:
    """One associate linked to two children."""
    links = tuple(
        SharedAssociateLink(
            child_id=child,
            way="same intelligence",
            roles=(),
            records=(record,),
            agencies=("99",),
            first=datetime(2026, 9, 1),
            last=datetime(2026, 10, 9),
            grade="2C",
        )
        for child, record in ((CHILD, "int-1"), ("child-b", "int-6"))
    )
    return (
        SharedAssociate(
            associate_id="adult-x",
            associate_kind="Associate",
            state="fired",
            why="linked to 2 children by 2 records; the rule fires at 2",
            child_ids=(CHILD, "child-b"),
            children=2,
            ways=("same intelligence",),
            agencies=("99",),
            records=("int-1", "int-6"),
            record_count=2,
            first=datetime(2026, 9, 1),
            last=datetime(2026, 10, 9),
            grade="2C",
            links=links,
        ),
    )


def together() -> tuple[GroupMissing, ...]:
    """One pair missing together once."""
    seen = Occasion(
        way="companion",
        shared_id="child-b",
        shared_kind="Child",
        began=datetime(2026, 9, 11, 20),
        ceased=datetime(2026, 9, 12, 15),
        records=("ep-1", "ep-9"),
    )
    return (
        GroupMissing(
            child_ids=(CHILD, "child-b"),
            state="fired",
            why="missing at the same time once in the period, where chance would have it 0.04 times",
            size=2,
            folded=0,
            times=1,
            repeated=False,
            before=2,
            ways=("companion",),
            shared_ids=("child-b",),
            only_start_home=False,
            first=seen.began,
            last=seen.began,
            agencies=("99",),
            records=seen.records,
            same_records=("ep-8",),
            occasions=(seen,),
            home_effect=1.0,
            expected=0.04,
            chance=0.0004,
            false_discovery=0.03,
        ),
    )


def mase() -> tuple[EpisodesInWindow, ...]:
    """The child at the threshold."""
    starts = (datetime(2026, 9, 11, 20), datetime(2026, 10, 3, 18, 30), datetime(2026, 10, 30, 19))
    return (
        EpisodesInWindow(
            child_id=CHILD,
            state="fired",
            why="3 missing episodes began in the window; the rule fires at 3",
            since=starts[2],
            episodes=3,
            agencies=("99",),
            records=("ep-1", "ep-2", "ep-3"),
            starts=starts,
            first=starts[0],
            last=starts[2],
            by_agency=(
                AgencyCount(agency="99", counted=3, episodes=3, records=("ep-1", "ep-2", "ep-3")),
                AgencyCount(agency="997", counted=0, episodes=1, records=("ep-8",)),
            ),
            same_records=("ep-8",),
        ),
    )


def unlisted() -> tuple[UnlistedInNetwork, ...]:
    """Another child on no list, tied through the same associate."""
    through = UnlistedInNetworkFact(
        through_id="adult-x",
        through_kind="Associate",
        listed_ids=(CHILD, "child-b"),
        ways=("told of in interview",),
        records=("rhi-7",),
        listed_records=("int-1", "int-6"),
        agencies=("997", "99"),
        first=datetime(2026, 9, 20),
        last=datetime(2026, 9, 20),
        grade=None,
    )
    return (
        UnlistedInNetwork(
            child_id="child-d",
            state="fired",
            why="tied to 2 listed children; the rule fires at 2",
            listed_ids=(CHILD, "child-b"),
            listed=2,
            through=(through,),
            through_count=1,
            ways=("told of in interview",),
            records=("rhi-7", "int-1", "int-6"),
            agencies=("99", "997"),
            first=through.first,
            last=through.last,
            grade=None,
            hub_ids=(),
            named_only=False,
            strength="Through 1 thing, 3 records of 2 agencies; not graded.",
        ),
    )


def cme() -> tuple[CmeAndMissing, ...]:
    """The child out of school and missing."""
    return (
        CmeAndMissing(
            child_id=CHILD,
            state="fired",
            why="missing from education; 3 missing episodes in the window, 1 person or thing shared with children who "
            "go missing",
            education="missing from education",
            since=date(2026, 10, 5),
            reasons=("Not attending",),
            sessions=None,
            education_records=("cme-1",),
            episodes=3,
            episode_records=("ep-1", "ep-2", "ep-3"),
            last_missing=datetime(2026, 10, 30, 19),
            during_absence=(),
            shares=(
                SharedWithMissing(
                    shared_id="adult-x",
                    shared_kind="Associate",
                    other_child_ids=("child-b",),
                    records=("int-1", "int-6"),
                ),
            ),
            hub_ids=(),
            agencies=("99", "997"),
        ),
    )


def hotspot(level: str, thing: str, role: str | None, now: int, before: int, *records: str) -> Hotspot:
    """One place with its role, or one area: episodes now and before, and in one earlier year."""
    area = role is None
    return Hotspot(
        level=level,
        thing_id=None if area else thing,
        area=thing if area else None,
        role=role,
        found=now,
        started=0,
        seen=0,
        episodes=now,
        children=min(now, 2),
        before_found=before,
        before_started=0,
        before_seen=0,
        before_episodes=before,
        before_children=min(before, 2),
        change=now - before,
        season_episodes=1.0,
        season_change=now - 1.0,
        why=f"{now} episodes, {before} in the period before, 1 in the same weeks of earlier years",
        season=(SameWeeks(years=1, began=datetime(2025, 10, 2), episodes=1, children=1, records=("ep-0",)),),
        counted_by=("99",),
        records=records,
        same_records=(),
    )


def hotspots() -> tuple[Hotspot, ...]:
    """A place of concern, a service, a home, a district, a policing unit and a hexagon."""
    return (
        hotspot("place", "place-p", "place of concern", 3, 1, "ep-1", "ep-9"),
        hotspot("place", "place-q", "service", 1, 0, "ep-2"),
        hotspot("home", "home-h", "children's home", 2, 2, "ep-1", "ep-2"),
        hotspot("postcode district", "ZZ1", None, 3, 1, "ep-1", "ep-9"),
        hotspot("local policing unit", "North", None, 3, 4, "ep-1", "ep-9"),
        hotspot("hexagon", "SP 0650 8665", None, 3, 1, "ep-1", "ep-9"),
    )


def to_visit() -> tuple[PlaceToVisit, ...]:
    """One place where a child has been who is missing now, and one of which little is known."""
    park = PlaceToVisit(
        place_id="place-p",
        why="1 child who is missing now has been here; 2 children, 3 times; 1 time in the period before; last on 9 "
        "October 2026",
        missing_now_ids=("child-b",),
        child_ids=(CHILD, "child-b"),
        children=2,
        times=3,
        before_times=1,
        agencies=("99",),
        last=datetime(2026, 10, 9, 8),
        when=(TimesThere(part="weekday evening", times=2), TimesThere(part="weekend night", times=1)),
        miles=2.08,
        minutes=8,
        from_known=2,
        records=("ep-1", "ep-9"),
    )
    street = park.model_copy(
        update={
            "place_id": "place-q",
            "why": "1 child, 1 time; 0 times in the period before; last on 1 October 2026",
            "missing_now_ids": (),
            "when": (),
            "miles": None,
            "minutes": None,
            "records": ("int-1",),
        }
    )
    return park, street


def linked_places() -> tuple[LinkedLocations, ...]:
    """Two places that share a child and an associate."""
    return (
        LinkedLocations(
            place_id="place-p",
            place_kind="Place",
            other_id="place-q",
            other_kind="Place",
            state="fired",
            why="share 1 child, 1 associate, 1 vehicle; the rule fires at 2",
            child_ids=(CHILD,),
            associate_ids=("adult-x",),
            vehicle_ids=("car-v",),
            shared=3,
            ways=("found at", "seen at"),
            records=("ep-1", "int-1"),
            agencies=("99",),
            first=datetime(2026, 9, 1),
            last=datetime(2026, 10, 9),
        ),
    )


def communities() -> tuple[Network, ...]:
    """Three children around one adult, one of them new; and two who are a community no longer."""
    ties = tuple(
        CommunityTie(
            child_id=child,
            with_id="adult-x",
            with_kind="Associate",
            ways=("same intelligence",),
            records=(record,),
            agencies=("99",),
            first=datetime(2026, 9, 1),
            last=datetime(2026, 10, 9),
        )
        for child, record in ((CHILD, "int-1"), ("child-b", "int-6"), ("child-d", "rhi-7"))
    )
    whole = Network(
        state="growing",
        why="3 children, each tied to another of them by at least 2 separate pieces of evidence (a place counts 0.25); "
        "the rule fires at 3. Growing: 2 children on 1 October 2026.",
        child_ids=(CHILD, "child-b", "child-d"),
        size=3,
        before_child_ids=(CHILD, "child-b"),
        joined_child_ids=("child-d",),
        left_child_ids=(),
        associate_ids=("adult-x",),
        place_ids=("place-p",),
        thing_ids=("car-v",),
        child_bridges=(),
        associate_bridges=(
            Bridge(
                bridge_id="adult-x",
                bridge_kind="Associate",
                parts=(Part(child_ids=(CHILD, "child-b")), Part(child_ids=("child-d", "child-c"))),
                records=("int-1", "int-6", "rhi-7"),
            ),
        ),
        other_bridges=(),
        held=17,
        draws=20,
        shared=9,
        expected=1.25,
        members=tuple(
            Member(child_id=child, tied=2, record_count=3, held=18) for child in (CHILD, "child-b", "child-d")
        ),
        ties=ties,
        records=("int-1", "int-6", "rhi-7"),
        agencies=("99",),
        first=datetime(2026, 9, 1),
        last=datetime(2026, 10, 9),
    )
    gone = whole.model_copy(
        update={
            "state": "gone",
            "why": "On 1 October 2026 it was a community; no community of now has half of these children.",
            "child_ids": ("child-b", "child-c"),
            "size": 2,
            "joined_child_ids": (),
            "associate_bridges": (),
            "held": 0,
            "draws": 0,
            "members": (),
            "ties": (),
            "records": ("int-6",),
        }
    )
    return whole, gone


def cross_lists() -> tuple[CrossLists, ...]:
    """The child on two lists at once."""
    return (
        CrossLists(
            child_id=CHILD,
            state="fired",
            why="On 2 lists; the rule fires at 2",
            lists=("cse", "missing"),
            same_combination=1,
            more_lists=0,
            entries=(
                Standing(list="cse", since=date(2026, 9, 1), records=("list-1",), agencies=("997",)),
                Standing(list="missing", since=date(2026, 9, 11), records=("ep-1",), agencies=("99",)),
            ),
            agencies=("99", "997"),
            records=("ep-1", "list-1"),
        ),
    )


def cross_border() -> tuple[CrossBorder, ...]:
    """A network of children of two councils, the adult and the place that they share, and a child without a council."""
    both = (OfCouncil(council="997", child_ids=(CHILD,)), OfCouncil(council="998", child_ids=("child-b",)))
    network = CrossBorder(
        level="network",
        thing_id=None,
        thing_kind=None,
        state="fired",
        why="spans 2 authorities; the rule fires at 2",
        spans=("997", "998"),
        by_council=both,
        no_council_ids=("child-c",),
        authorities=(),
        lpus=(),
        child_ids=(CHILD, "child-b", "child-c"),
        children=3,
        ways=(),
        records=("ep-1", "int-1"),
        agencies=("99",),
        first=datetime(2026, 9, 1),
        last=datetime(2026, 10, 9),
    )
    adult = {"level": "associate", "thing_id": "adult-x", "thing_kind": "Associate", "ways": ("named",)}
    place = {"level": "place", "thing_id": "place-p", "thing_kind": "Place", "ways": ("found at",)}
    return network, network.model_copy(update=adult), network.model_copy(update=place)
