"""What a GeoPackage of the gap holds: layers of villages and municipalities, with their styles."""

import pickle
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from flask_babel import gettext
from shapely import Point
from shapely.geometry.base import BaseGeometry

from outreach.gap import qgis
from outreach.gap.files import Table
from outreach.gap.map_words import SIGNS, mark_text
from outreach.gap.marks import Mark, Sign
from outreach.gap.results import Findings
from outreach.gap.wording import MEANINGS, MEASURES, class_labels
from outreach.measures.classes import POLICY_LIMITS
from outreach.settings import ROOT

Value: TypeAlias = str | int | float | date | None
GEOPACKAGE = "outreach.gap.geopackage"
WRITER_SECONDS = 50
_NODES = (Sign.NODE, Sign.FULL_NODE)


class PackageNotWritten(RuntimeError):
    """The process that writes the file has failed; the message is what it said."""


class LayerKind(StrEnum):
    """What a layer's geometries are."""

    AREAS = "areas"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: `shapes` and `rows` go together, one of each for a place."""

    name: str
    title: str
    description: str
    kind: LayerKind
    columns: tuple[str, ...]
    shapes: Sequence[BaseGeometry]
    rows: Sequence[Sequence[Value]]
    style: str


@dataclass(frozen=True, slots=True)
class Package:
    """A file's layers, the lowest first. `passport` holds for every figure in it."""

    day: date
    layers: tuple[Layer, ...]
    passport: Mapping[str, str]


def packed(package: Package) -> bytes:
    """The file, written by a process of its own.

    GDAL and SpatiaLite each bring their own copies of the same libraries: where SpatiaLite was
    loaded first, GDAL's first file ends the process.
    """
    made = subprocess.run(  # noqa: S603  # our own module, and nothing of a reader's in the words
        [sys.executable, "-m", GEOPACKAGE],
        input=pickle.dumps(package),
        capture_output=True,
        cwd=ROOT,
        timeout=WRITER_SECONDS,
        check=False,
    )
    if made.returncode:
        raise PackageNotWritten(made.stderr.decode("utf-8", "replace")[-2000:])
    return made.stdout


def package(
    findings: Findings,
    table: Table,
    *,
    villages: Mapping[str, BaseGeometry],
    municipalities: Mapping[str, BaseGeometry],
    marks: Sequence[Mark],
    passport: Mapping[str, str],
) -> Package:
    """The findings as layers: municipalities, villages as areas or else as points, marks on top."""
    rows = {str(row[0]): row for row in table.rows}
    return Package(
        day=findings.choice.day,
        layers=(
            Layer(
                "municipalities",
                gettext("Municipalities"),
                gettext("Borders: Statistics Sweden (SCB), CC0."),
                LayerKind.AREAS,
                ("name",),
                list(municipalities.values()),
                [(name,) for name in municipalities],
                qgis.ground(),
            ),
            _layer(LayerKind.AREAS, findings, table, rows, villages),
            _layer(LayerKind.POINTS, findings, table, rows, villages),
            _marks("service_points", gettext("Service points"), (Sign.SERVICE,), marks),
            _marks("strategic_nodes", gettext("Strategic nodes"), _NODES, marks),
        ),
        passport=passport,
    )


def _marks(name: str, title: str, signs: Collection[Sign], marks: Sequence[Mark]) -> Layer:
    """Signs that no figure stands behind; a star of a full range is filled in the style as well."""
    shown = [mark for mark in marks if mark.sign in signs]
    return Layer(
        name,
        title,
        title,
        LayerKind.POINTS,
        ("name", "sign", "text"),
        [Point(mark.at) for mark in shown],
        [(mark.name, mark.sign.value, mark_text(mark)) for mark in shown],
        qgis.signs("sign", {sign: str(SIGNS[sign]) for sign in signs}),
    )


def _layer(
    kind: LayerKind,
    findings: Findings,
    table: Table,
    rows: Mapping[str, Sequence[Value]],
    villages: Mapping[str, BaseGeometry],
) -> Layer:
    is_area = kind is LayerKind.AREAS
    places = {
        code: shape
        for code, shape in villages.items()
        if code in rows and (shape.geom_type != "Point") == is_area
    }
    measure = findings.choice.shown
    unknown = gettext("Not known, or not shown")
    classes = qgis.ranges(POLICY_LIMITS, class_labels(), unknown=unknown)
    return Layer(
        name="villages" if is_area else "villages_points",
        title=gettext("Villages") if is_area else gettext("Villages, as points"),
        description=f"{MEASURES[measure]}: {MEANINGS[measure]}",
        kind=kind,
        columns=table.head,
        shapes=list(places.values()),
        rows=[rows[code] for code in places],
        style=qgis.graduated(measure.value, classes, is_area=is_area),
    )
