"""Long lists a page at a time: which rows, and which page numbers to link to."""

from dataclasses import dataclass

PAGE_SIZE = 50
_BESIDE = 1
_DIGITS_MOST = 6


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a list of `total` rows; a number past the end means the last page."""

    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def here(self) -> int:
        """The page shown."""
        return min(max(self.number, 1), self.pages)

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.here - 1) * self.size

    @property
    def first(self) -> int:
        """The number of the first row shown, counted from 1; 0 in an empty list."""
        return self.offset + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.offset + self.size, self.total)

    @property
    def numbers(self) -> list[int | None]:
        """The pages to link to: the ends and those beside this one; None for those left out."""
        near = range(self.here - _BESIDE, self.here + _BESIDE + 1)
        shown = sorted({1, self.pages} | {page for page in near if 1 <= page <= self.pages})
        numbers: list[int | None] = []
        for page in shown:
            before = numbers[-1] if numbers else None
            if before is not None and page > before + 1:
                numbers.append(None)
            numbers.append(page)
        return numbers


def page_number(text: str | None) -> int:
    """The page asked for in an address; what is no number means the first."""
    if not text or not (text.isascii() and text.isdigit()) or len(text) > _DIGITS_MOST:
        return 1
    return int(text)
