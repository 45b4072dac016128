"""An organisation that holds training sessions, as it is entered."""

from dataclasses import dataclass
from enum import StrEnum

from outreach.rules import RuleBroken

NAME_MAXIMUM = 160


class OrganisationKind(StrEnum):
    """What sort of organisation holds sessions."""

    STUDY_ASSOCIATION = "study_association"
    PENSIONERS_ASSOCIATION = "pensioners_association"
    LIBRARY = "library"
    VILLAGE_ASSOCIATION = "village_association"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """A new organisation: its name, its kind and the county it works in."""

    name: str
    kind: OrganisationKind
    county_code: str

    def __post_init__(self) -> None:
        if not self.name or not self.name.isprintable() or len(self.name) > NAME_MAXIMUM:
            raise RuleBroken("name", "not_a_name")
