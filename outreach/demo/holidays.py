"""Holiday homes of the demonstration: invented beside the permanent dwellings, in some villages."""

import math
from dataclasses import replace

from outreach.connections.rules import DwellingsSource
from outreach.demo.entries import CountEntry

EVERY = 3
"""One village of so many has holiday homes that its association counts."""

SHARES = (0.15, 0.25, 0.4)
"""How many there are, as a part of the permanent dwellings."""

PASSED, CONNECTED = 0.9, 0.6
"""Networks pass nearly as many of them, but fewer sign up."""

FEWEST = 15


def holiday_homes(count: CountEntry) -> CountEntry | None:
    """The village's holiday homes as the association that gave the count would report them."""
    mark = sum(count.village.encode())
    homes = math.floor(count.dwellings * SHARES[mark // EVERY % len(SHARES)])
    if mark % EVERY or homes < FEWEST:
        return None
    passed = math.floor(homes * PASSED * count.homes_passed / count.dwellings)
    share = count.connected / count.homes_passed if count.homes_passed else 0
    return replace(
        count,
        dwellings=homes,
        dwellings_source=DwellingsSource.REPORTER,
        homes_passed=passed,
        connected=math.floor(passed * CONNECTED * share),
        active=None,
        reason=None,
    )
