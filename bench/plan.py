"""What one benchmark run is asked to do."""

from dataclasses import dataclass

from bench.seed import Size


@dataclass(frozen=True, slots=True)
class Plan:
    """A size, the seconds of each load, and how many measurements a median is of."""

    size: Size
    seconds: int
    runs: int
