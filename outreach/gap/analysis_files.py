"""Tables of the analysis as files, each row with its passport."""

from outreach.gap.files import DECIMALS, with_passport

__all__ = ["rounded", "with_passport"]


def rounded(number: float | None) -> float | None:
    """A share or points with as many decimals as files have."""
    return None if number is None else round(number, DECIMALS)
