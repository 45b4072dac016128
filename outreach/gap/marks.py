"""What lies on the map besides villages: the layers, and the signs of those that are places."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from outreach.places.service_rules import ServiceKind


class Overlay(StrEnum):
    """What lies over or under the villages."""

    MUNICIPALITIES = "municipalities"
    ASSOCIATIONS = "associations"
    SERVICES = "services"
    NODES = "nodes"


class Sign(StrEnum):
    """The shapes, each unlike the circles of villages: a square, a star, a filled star, a line."""

    SERVICE = "service"
    NODE = "node"
    FULL_NODE = "full_node"
    SERVED = "served"


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign where it lies, in metres east and north; a shop's kinds together, none of a node."""

    sign: Sign
    name: str
    kinds: Sequence[ServiceKind]
    at: tuple[float, float]
