"""How unequal an area is, and whether the unequal lie together, as an audience may know it.

Only villages whose figures the audience sees take part, so nothing follows that isn't shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from outreach.gap.disclosed import VillageFigures
from outreach.gap.results import Findings
from outreach.measures.classes import SettlementClass
from outreach.measures.inequality import Decomposition, Lorenz, decomposed, lorenz
from outreach.measures.rates import Share, total
from outreach.measures.spatial import LEAST, Cluster, Global, Local, local, moran, nearest

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ClusteredVillage:
    """A village with its place and what it is among its neighbours."""

    village: VillageFigures
    point: Point
    local: Local


@dataclass(frozen=True, slots=True)
class Spread:
    """Everything about how the chosen measure is spread over an area's villages."""

    findings: Findings
    whole: Share
    counted: int
    curve: Lorenz | None
    by_municipality: Decomposition[str] | None
    by_class: Decomposition[SettlementClass | None] | None
    together: Global | None
    clusters: tuple[ClusteredVillage, ...]

    @property
    def named(self) -> list[ClusteredVillage]:
        """The villages in clusters, the kinds in order, then by p."""
        kinds = list(Cluster)
        found = [one for one in self.clusters if one.local.cluster is not Cluster.none]
        return sorted(
            found,
            key=lambda one: (
                kinds.index(one.local.cluster),
                one.local.adjusted_p,
                one.village.name,
            ),
        )


def spread(findings: Findings, points: Mapping[str, Point]) -> Spread:
    """Everything on the page, from what was found about the area."""
    usable = [one for one in findings.villages if one.share.exact is not None]
    placed = [one for one in usable if one.code in points]
    together, clusters = _clusters(placed, points)
    return Spread(
        findings=findings,
        whole=total(one.share for one in usable),
        counted=len(usable),
        curve=lorenz(one.share for one in usable),
        by_municipality=decomposed((one.municipality_name, one.share) for one in usable),
        by_class=decomposed((one.settlement_class, one.share) for one in usable),
        together=together,
        clusters=clusters,
    )


def _clusters(
    villages: list[VillageFigures], points: Mapping[str, Point]
) -> tuple[Global | None, tuple[ClusteredVillage, ...]]:
    """Nothing is said of fewer villages than chance can show itself in."""
    if len(villages) < LEAST:
        return None, ()
    values = [one.share.value or 0.0 for one in villages]
    neighbours = nearest([points[one.code] for one in villages])
    whole, parts = moran(values, neighbours), local(values, neighbours)
    if whole is None or parts is None:
        return None, ()
    return whole, tuple(
        ClusteredVillage(one, points[one.code], part)
        for one, part in zip(villages, parts, strict=True)
    )
