"""The committed facts are well-formed, small, and clearly a demonstration."""

import re
from collections import Counter

import pytest
import shapely
from stdnum.se import orgnr

from outreach.demo.facts import Facts
from outreach.demo.reading import FOLDER

FARTHEST_OFF_SHORE_METRES = 9_000
"""The outlines are generalised and hold land only; Utlängan lies 8 km outside them."""


def test_the_region_has_five_municipalities_and_52_localities(facts: Facts) -> None:
    localities = [place for place in facts.places if place.area_hectares is not None]
    codes = [municipality.code for municipality in facts.municipalities]
    assert codes == ["1060", "1080", "1081", "1082", "1083"]
    assert len(localities) == 52
    assert sum(place.inhabitants_2020 for place in localities) == 132_691


def test_villages_outside_localities_lie_in_every_municipality(facts: Facts) -> None:
    villages = Counter(p.municipality for p in facts.places if p.area_hectares is None)
    assert sum(villages.values()) == 93
    assert min(villages.values()) >= 12


def test_codes_are_unique_ascii_text_that_begins_with_the_municipality(facts: Facts) -> None:
    codes = [place.code for place in facts.places]
    assert len(set(codes)) == len(codes)
    for place in facts.places:
        assert place.code.startswith(place.municipality)
        assert re.fullmatch(r"\d{4}(T[BC]\d{3}|-[a-z0-9-]+)", place.code)


def test_outlines_are_short_closed_and_share_their_borders(facts: Facts) -> None:
    for municipality in facts.municipalities:
        assert sum(len(ring) for ring in municipality.outline) <= 200
        assert all(ring[0] == ring[-1] for ring in municipality.outline)
    shapes = [shapely.Polygon(m.outline[0]) for m in facts.municipalities]
    assert all(shape.is_valid for shape in shapes)
    assert shapely.coverage_is_valid(shapes)


def test_places_lie_in_or_off_the_coast_of_their_municipality(facts: Facts) -> None:
    shapes = {m.code: shapely.Polygon(m.outline[0]) for m in facts.municipalities}
    county = shapely.union_all(list(shapes.values()))
    for place in facts.places:
        point = shapely.Point(place.east, place.north)
        assert 400_000 < place.east < 600_000
        assert 6_200_000 < place.north < 6_400_000
        distance = shapes[place.municipality].distance(point)
        is_trusted_over_the_outline = place.area_hectares is not None
        assert distance < FARTHEST_OFF_SHORE_METRES, place.name
        assert distance == 0 or is_trusted_over_the_outline or not county.contains(point), (
            place.name
        )


def test_positions_of_villages_are_rough_and_those_of_localities_exact(facts: Facts) -> None:
    for place in facts.places:
        if place.area_hectares is None:
            assert place.east % 500 == 0
            assert place.north % 500 == 0


def test_every_association_shows_that_it_is_invented(facts: Facts) -> None:
    assert len(facts.associations) == 20
    for association in facts.associations:
        assert association.name.endswith("(demo)")
        assert orgnr.is_valid(association.organisation_number)
        assert association.organisation_number.startswith("9999")
        assert len(association.contacts) == 2
        assert all(contact.email.endswith("@example.org") for contact in association.contacts)
        assert all(contact.phone.startswith("070-174 06 ") for contact in association.contacts)


def test_organisation_numbers_differ(facts: Facts) -> None:
    assert len({a.organisation_number for a in facts.associations}) == 20


def test_two_villages_have_two_networks_and_five_have_none(facts: Facts) -> None:
    networks = Counter(code for a in facts.associations for code in a.villages)
    assert sorted(code for code, count in networks.items() if count == 2) == [
        "1080-oljersjo",
        "1082-guovik",
    ]
    assert sorted({place.code for place in facts.places} - set(networks)) == [
        "1060-ljuseryd",
        "1080-utlangan",
        "1081-yxnarum",
        "1082-halahult",
        "1083-vesan",
    ]


def test_every_code_that_a_fact_names_is_a_place(facts: Facts) -> None:
    places = {place.code for place in facts.places}
    named = {code for a in facts.associations for code in a.villages}
    named |= {code for a in facts.associations for c in a.commitments for code in c.villages}
    named |= {event.village for event in facts.events}
    named |= {correction.village for correction in facts.corrections}
    named |= {change.village for change in facts.class_changes}
    assert named <= places


def test_commitments_concern_villages_that_the_association_serves(facts: Facts) -> None:
    for association in facts.associations:
        assert len(association.commitments) == 2
        for commitment in association.commitments:
            assert set(commitment.villages) <= set(association.villages)


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_a_file_of_facts_is_small(path: object) -> None:
    assert FOLDER.joinpath(str(path)).stat().st_size < 60_000
