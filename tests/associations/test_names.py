"""Which association names are asked about before a second one is registered."""

import pytest

from outreach.associations.names import likely_same


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Älmhult-Liatorp Fiber ek. för.", "Älmhult-Liatorp Fiber 2 ek. för."),
        ("Torhamns fiber", "Thorhamns Fiber ekonomisk förening"),
        ("RAMDALA BYANÄT", "Ramdala fiberförening"),
        ("Fiber ek. för.", "fiber  EK. FÖR."),
    ],
)
def test_names_that_are_easily_confused_are_asked_about(name: str, other: str) -> None:
    assert likely_same(name, other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Norra Bräkne-Hoby fiber", "Södra Bräkne-Hoby fiber"),
        ("Åryds Fiber ek. för.", "Öryds Fiber ek. för."),
        ("Hasslö fiber", "Sturkö fiber"),
        ("Fiber ek. för.", "Hasslö fiber"),
    ],
)
def test_names_of_different_places_are_not(name: str, other: str) -> None:
    assert not likely_same(name, other)
