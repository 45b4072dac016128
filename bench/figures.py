"""What was measured: each figure beside its peer, the growth from region to country, the table."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit for the ratio to the peer or, where `of_value` is set, for the figure itself."""

    limit: float
    is_floor: bool = False
    of_value: bool = False

    def __str__(self) -> str:
        sign = "≥" if self.is_floor else "≤"
        return f"{sign} {self.limit:g}" + ("" if self.of_value else " ×")

    def is_met(self, figure: "Figure") -> bool:
        """Whether the figure keeps to it."""
        value = figure.ours if self.of_value else figure.ratio
        return value >= self.limit if self.is_floor else value <= self.limit


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured at one size, and its named peer from the same run in the same unit."""

    what: str
    unit: str
    ours: float
    peer: str
    theirs: float
    goal: Goal | None = None

    @property
    def ratio(self) -> float:
        """Ours by the peer's."""
        return self.ours / self.theirs

    @property
    def verdict(self) -> str:
        """Whether the goal is met, where there is one."""
        if self.goal is None:
            return ""
        return "met" if self.goal.is_met(self) else "missed"


@dataclass(frozen=True, slots=True)
class Sized:
    """All figures of one size, with what the machine was doing before and after."""

    size: str
    villages: int
    quarters: int
    load_before: float
    load_after: float
    figures: tuple[Figure, ...]


HEAD = ("measured", "peer", "goal")


def table(runs: Sequence[Sized]) -> str:
    """Every figure in one line: ours and the ratio at each size, and how ours grew."""
    head = [*HEAD]
    for run in runs:
        head += [f"{run.size} {run.villages} × {run.quarters}", "ratio", ""]
    if len(runs) > 1:
        head.append(f"growth × {runs[-1].villages / runs[0].villages:g}")
    lines = [head, *(_line(figures) for figures in _side_by_side(runs))]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    text = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    ]
    text.insert(1, "-" * (sum(widths) + 2 * (len(widths) - 1)))
    loads = ", ".join(f"{run.size} {run.load_before:.1f}–{run.load_after:.1f}" for run in runs)
    return "\n".join([*(line.rstrip() for line in text), f"load average: {loads}"])


def write(runs: Sequence[Sized], path: Path) -> None:
    """The same as JSON, for comparing one day's run with another's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps([_plain(run) for run in runs], indent=1, ensure_ascii=False) + "\n",
        encoding="utf-8",
    )


def _side_by_side(runs: Sequence[Sized]) -> list[list[Figure]]:
    by_name = [{figure.what: figure for figure in run.figures} for run in runs]
    return [[named[figure.what] for named in by_name] for figure in runs[0].figures]


def _line(figures: Sequence[Figure]) -> list[str]:
    first, last = figures[0], figures[-1]
    cells = [first.what, first.peer, str(first.goal or "")]
    for figure in figures:
        cells += [f"{_short(figure.ours)} {figure.unit}", f"{figure.ratio:.2f}", figure.verdict]
    if len(figures) > 1:
        cells.append(f"× {last.ours / first.ours:.2f}")
    return cells


def _short(value: float) -> str:
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3f}"


def _plain(run: Sized) -> dict[str, object]:
    return {
        "size": run.size,
        "villages": run.villages,
        "quarters": run.quarters,
        "load_average": [run.load_before, run.load_after],
        "figures": [
            {
                "what": figure.what,
                "unit": figure.unit,
                "ours": round(figure.ours, 5),
                "peer": figure.peer,
                "theirs": round(figure.theirs, 5),
                "ratio": round(figure.ratio, 4),
                "goal": str(figure.goal) if figure.goal else None,
                "verdict": figure.verdict or None,
            }
            for figure in run.figures
        ],
    }
