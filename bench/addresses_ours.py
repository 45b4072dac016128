"""Address points counted into villages as the worker does it."""

from pathlib import Path

import shapely

from outreach.addresses.counting import count
from outreach.addresses.points import open_addresses
from outreach.addresses.rules import Village
from outreach.addresses.zones import Zone, Zones


def dwellings_in_villages(file: Path, codes: list[str], outlines: list[shapely.Polygon]) -> int:
    """The dwellings of all addresses that lie in a village."""
    zones = [
        Zone(Village(code, code, ""), outline)
        for code, outline in zip(codes, outlines, strict=True)
    ]
    found = count(open_addresses(file), Zones(zones))
    return sum(each.sums.dwellings for each in found.villages)
