"""Styles that QGIS draws a layer with, in its own language (QML): the colours of our map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from outreach.gap.marks import Sign
from outreach.web.palette import CLASSES, INK, LINE_STRONG, NO_CLASS, PAPER

NOT_KNOWN = -1
"""Stands for a share that is not known or not shown, so that such places are drawn as well."""
LAND = "#f3f0e8"
SIZES = {"circle": "2.4", "square": "2.2", "star": "4"}
"""Millimetres."""


@dataclass(frozen=True, slots=True)
class Range:
    """One class: from a share up to another, how it is drawn and what the legend says."""

    lower: float
    upper: float
    colour: str
    label: str


def ranges(limits: Sequence[float], labels: Sequence[str], *, unknown: str) -> list[Range]:
    """The classes, the highest first.

    QGIS takes the first that fits and counts both ends as inside. From the top down a share that
    equals a limit is therefore in the class above it, as it is in ours.
    """
    ends = [0.0, *limits, 1.0]
    classes = [
        Range(low, high, colour, label)
        for (low, high), colour, label in zip(pairwise(ends), CLASSES, labels, strict=True)
    ]
    return [*reversed(classes), Range(NOT_KNOWN, NOT_KNOWN, NO_CLASS, unknown)]


def graduated(column: str, classes: Sequence[Range], *, is_area: bool) -> str:
    """Places coloured by a share, in classes with fixed limits."""
    attribute = escape(f'coalesce("{column}", {NOT_KNOWN})')
    listed = "".join(
        f'<range symbol="{index}" lower="{one.lower}" upper="{one.upper}" render="true"'
        f' label="{escape(one.label)}"/>'
        for index, one in enumerate(classes)
    )
    symbols = "".join(
        _symbol(str(index), one.colour, is_area=is_area) for index, one in enumerate(classes)
    )
    return _document(
        f'<renderer-v2 type="graduatedSymbol" attr="{attribute}" symbollevels="0"'
        f' graduatedMethod="GraduatedColor" forceraster="0" enableorderby="0">'
        f"<ranges>{listed}</ranges><symbols>{symbols}</symbols></renderer-v2>"
    )


def ground() -> str:
    """Land under the places."""
    symbol = _symbol("0", LAND, is_area=True, edge=LINE_STRONG)
    return _document(
        '<renderer-v2 type="singleSymbol" symbollevels="0" forceraster="0" enableorderby="0">'
        f"<symbols>{symbol}</symbols></renderer-v2>"
    )


def signs(column: str, labels: Mapping[Sign, str]) -> str:
    """Service points and nodes by their shapes; a star that is empty lacks the full range."""
    listed = "".join(
        f'<category symbol="{index}" value="{sign}" render="true" label="{escape(label)}"/>'
        for index, (sign, label) in enumerate(labels.items())
    )
    symbols = "".join(
        _symbol(
            str(index),
            PAPER if sign is Sign.NODE else INK,
            is_area=False,
            shape="square" if sign is Sign.SERVICE else "star",
        )
        for index, sign in enumerate(labels)
    )
    return _document(
        f'<renderer-v2 type="categorizedSymbol" attr="{column}" symbollevels="0" forceraster="0"'
        f' enableorderby="0"><categories>{listed}</categories><symbols>{symbols}</symbols>'
        "</renderer-v2>"
    )


def _document(renderer: str) -> str:
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        f'<qgis version="3.22" styleCategories="Symbology">{renderer}</qgis>'
    )


def _symbol(
    name: str, colour: str, *, is_area: bool, edge: str = INK, shape: str = "circle"
) -> str:
    kind, layer = ("fill", "SimpleFill") if is_area else ("marker", "SimpleMarker")
    options = {
        "color": _rgb(colour),
        "outline_color": _rgb(edge),
        "outline_style": "solid",
        "outline_width": "0.2",
        "outline_width_unit": "MM",
    }
    options |= {"style": "solid"} if is_area else {"name": shape, "size": SIZES[shape]}
    listed = "".join(
        f'<Option type="QString" name="{key}" value="{value}"/>' for key, value in options.items()
    )
    return (
        f'<symbol type="{kind}" name="{name}" alpha="1" clip_to_extent="1">'
        f'<layer class="{layer}" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{listed}</Option></layer></symbol>'
    )


def _rgb(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"{red},{green},{blue},255"
