"""Two million address points into 8 000 villages, end to end, beside geopandas.sjoin.

`python -m bench.addresses [--points N] [--decimals N]`: each way in a process of its own, in turn;
wall seconds from the file to the sums, peak memory of each, and the ratio. Both read the same CSV
and must give the same sums.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import numpy as np
import shapely

VILLAGES, CORNERS = 8_000, 48
WEST, SOUTH, EAST, NORTH = 300_000, 6_200_000, 900_000, 7_600_000
SPREAD_METRES = 700
ROUNDS = 3
WAYS = {"ours": "bench.addresses_ours", "geopandas": "bench.addresses_geopandas"}


class _Counting(Protocol):
    """What each way offers."""

    def dwellings_in_villages(
        self, file: Path, codes: list[str], outlines: list[shapely.Polygon]
    ) -> int: ...


def main(words: list[str]) -> int:
    """Write the file, run both ways in turn, print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.addresses", description=__doc__)
    parser.add_argument("--points", type=int, default=2_000_000)
    parser.add_argument("--decimals", type=int, default=0, help="of the coordinates")
    parser.add_argument("--only", choices=WAYS)
    parser.add_argument("--file", type=Path)
    asked = parser.parse_args(words)
    if asked.only:
        sys.stdout.write(json.dumps(_measured(asked.only, asked.file)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "addresses.csv"
        write(file, asked.points, decimals=asked.decimals)
        runs = [(_run("ours", file), _run("geopandas", file)) for _ in range(ROUNDS)]
    if any(ours["sum"] != peer["sum"] for ours, peer in runs):
        raise SystemExit("the two ways disagree")
    for name, at in (("ours", 0), ("geopandas.sjoin", 1)):
        seconds = float(np.median([run[at]["seconds"] for run in runs]))
        megabytes = max(run[at]["megabytes"] for run in runs)
        sys.stdout.write(f"{name:16} {seconds:6.2f} s  peak {megabytes:5.0f} MB\n")
    ratio = np.median([peer["seconds"] / ours["seconds"] for ours, peer in runs])
    sys.stdout.write(f"geopandas.sjoin takes {ratio:.1f} times as long\n")
    return 0


def villages() -> tuple[list[str], list[shapely.Polygon], np.ndarray]:
    """Codes, outlines and middles of invented villages over the country."""
    chance = np.random.default_rng(1)
    middles = np.column_stack(
        [chance.uniform(WEST, EAST, VILLAGES), chance.uniform(SOUTH, NORTH, VILLAGES)]
    )
    turns = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    around = np.column_stack([np.cos(turns), np.sin(turns)])
    outlines = [
        shapely.Polygon(middle + around * chance.uniform(500, 1200, (CORNERS, 1)))
        for middle in middles
    ]
    return [f"{at:05d}" for at in range(VILLAGES)], outlines, middles


def write(file: Path, points: int, *, decimals: int) -> None:
    """Address points near the villages' middles, in metres."""
    _, _, middles = villages()
    chance = np.random.default_rng(2)
    near = middles[chance.integers(0, VILLAGES, points)]
    places = np.round(near + chance.normal(0, SPREAD_METRES, (points, 2)), decimals)
    dwellings = chance.integers(1, 4, points)
    connected = np.minimum(dwellings, chance.integers(0, 4, points))
    columns = np.column_stack([np.arange(points), places, dwellings, connected])
    np.savetxt(
        file,
        columns,
        fmt=["%d", *[f"%.{decimals}f"] * 2, "%d", "%d"],
        delimiter=",",
        comments="",
        header="id,e,n,dwellings,connected",
    )


def _run(way: str, file: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.addresses", "--only", way, "--file", str(file)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def _measured(way: str, file: Path) -> dict[str, float]:
    # By name, as only this way's libraries may be in the memory that is measured.
    counting = cast("_Counting", import_module(WAYS[way]))
    codes, outlines, _ = villages()
    begin = time.perf_counter()
    total = counting.dwellings_in_villages(file, codes, outlines)
    seconds = time.perf_counter() - begin
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "megabytes": kilobytes / 1024, "sum": total}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
