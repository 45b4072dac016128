"""Reads the demonstration's organisations, venues, programmes and courses from their file."""

import json
from typing import NotRequired, TypedDict

from outreach.demo.reading import FOLDER


class OrganisationText(TypedDict):
    """An organisation; its contact as name, duty and e-mail address."""

    key: str
    name: str
    kind: str
    municipalities: list[str]
    contact: list[str]


class VenueText(TypedDict):
    """A venue; null is "not known"."""

    key: str
    village: str
    name: str
    address: str | None
    is_accessible: bool | None
    has_network: bool | None
    loan_computers: int | None


class ProgrammeText(TypedDict):
    """A programme, its days as months before the demonstration's."""

    key: str
    name: str
    kind: str
    organisation: str
    starts_months_ago: int
    ends_months_ago: int | None
    aim: str
    partners: str | None
    target_groups: str
    areas: list[str]
    question: NotRequired[str]
    plan: NotRequired[str]
    planned_sessions: NotRequired[int]
    result_before: NotRequired[str]
    result_after: NotRequired[str]
    measured_before: NotRequired[str]
    measured_after: NotRequired[str]
    outcome: NotRequired[str]
    reasons: NotRequired[str]
    decided_months_ago: NotRequired[int]


CourseText = TypedDict(
    "CourseText",
    {
        "organisation": str,
        "programme": str | None,
        "venue": str,
        "form": str,
        "title": str,
        "weekday": int,
        "every": int,
        "from": str,
        "to": str,
        "topics": list[str],
        "learners": int,
        "leaders": int,
        "volunteers": int,
        "helpers": NotRequired[int],
        "checks": NotRequired[bool],
    },
)
"""What is held again and again: on a weekday, every so many weeks, by how many people."""


class TrainingFacts(TypedDict):
    """Everything that the demonstration knows of training."""

    organisations: list[OrganisationText]
    venues: list[VenueText]
    programmes: list[ProgrammeText]
    courses: list[CourseText]


def read_training() -> TrainingFacts:
    """The facts in the order of their file."""
    facts: TrainingFacts = json.loads((FOLDER / "training.json").read_text("utf-8"))
    return facts
