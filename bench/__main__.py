"""Our benchmarks: `python -m tests.postgres python -m bench [--size region] [--seconds 4]`."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine

from bench.computing import computed
from bench.explaining import explained
from bench.figures import Sized, table, write
from bench.load import WrongAnswer
from bench.packing import packed
from bench.picturing import pictured
from bench.plan import Plan
from bench.publishing import published
from bench.reaching import reached
from bench.seed import COUNTRY, REGION, SIZES, seed
from bench.serving import served
from outreach.database.engine import engine_options, normalised_url
from tests import databases

LATEST = Path(__file__).parent / "results" / "latest.json"
PATIENCE_MS = 600_000


def main(words: Sequence[str]) -> int:
    """Measure the sizes asked for, print one table, and keep it as JSON."""
    asked = _parser().parse_args(words)
    sizes = [SIZES[name] for name in asked.size or (REGION.name, COUNTRY.name)]
    try:
        with tempfile.TemporaryDirectory() as folder:
            template = databases.template("postgis", Path(folder))
            plans = [Plan(size, asked.seconds, asked.runs) for size in sizes]
            runs = [_measured(plan, template, Path(folder)) for plan in plans]
    except WrongAnswer as wrong:
        print(f"bench: {wrong}", file=sys.stderr)
        return 1
    write(runs, asked.output)
    print(table(runs))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", choices=SIZES, action="append", help="default: both large ones")
    parser.add_argument("--seconds", type=int, default=4, help="of each load")
    parser.add_argument("--runs", type=int, default=3, help="that a median is taken of")
    parser.add_argument("--output", type=Path, default=LATEST)
    return parser


def _measured(plan: Plan, template: str, folder: Path) -> Sized:
    load_before = os.getloadavg()[0]
    with _database(template, folder) as (engine, environment):
        print(f"bench: filling {plan.size.name}", file=sys.stderr)
        seed(engine, plan.size)
        print(f"bench: computing {plan.size.name}", file=sys.stderr)
        figures = [*computed(engine, plan), *explained(engine, plan), *published(engine, plan)]
        figures += [*reached(engine, plan), *pictured(plan)]
        print(f"bench: printing {plan.size.name}", file=sys.stderr)
        figures += packed(environment)
        print(f"bench: serving {plan.size.name}", file=sys.stderr)
        figures = [*served(engine, plan, environment), *figures]
    return Sized(
        size=plan.size.name,
        villages=plan.size.villages,
        quarters=plan.size.quarters,
        load_before=load_before,
        load_after=os.getloadavg()[0],
        figures=tuple(figures),
    )


@contextmanager
def _database(template: str, folder: Path) -> Iterator[tuple[Engine, dict[str, str]]]:
    """An empty migrated database, and the environment of a program that serves it."""
    address = databases.copy_of(template, folder)
    url = normalised_url(address)
    engine = create_engine(url, **engine_options(url, statement_timeout_ms=PATIENCE_MS))
    try:
        yield (
            engine,
            {
                "DATABASE_URL": address,
                "OUTREACH_INSTANCE": str(folder),
                "OUTREACH_SECRET_KEY": "bench-only-secret-key-of-enough-length-0000",
                "OUTREACH_PASSWORD_SALT": "bench-only-password-salt-of-enough-length-0",
            },
        )
    finally:
        engine.dispose()
        databases.drop(address)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
