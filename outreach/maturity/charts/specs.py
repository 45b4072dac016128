"""What a picture shows: shares from 0 to 1 and finished texts; drawing knows no language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its share with its interval, the share to compare with, and the share in words."""

    name: str
    share: float | None
    low: float | None
    high: float | None
    reference: float | None
    text: str


@dataclass(frozen=True, slots=True)
class BarSpec:
    """Rows under each other. `label` is read out, `own` and `other` name the two signs."""

    label: str
    own: str
    other: str
    levels: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]
