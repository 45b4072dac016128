"""The facts and one generated region, shared by the tests that only read them."""

from datetime import date

import pytest

from outreach.demo.entries import DemoRegion
from outreach.demo.facts import Facts
from outreach.demo.generator import generate
from outreach.demo.reading import read_facts

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def facts() -> Facts:
    return read_facts()


@pytest.fixture(scope="session")
def region(facts: Facts) -> DemoRegion:
    return generate(facts, today=TODAY)
