"""The meeting pack of a county, beside WeasyPrint alone."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from bench.figures import Figure
from bench.load import WrongAnswer


def packed(environment: dict[str, str]) -> Iterator[Figure]:
    """A pack of the county's profile and its municipalities', whole and the printing in it."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.pack"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise WrongAnswer(f"the pack failed:\n{told.stderr[-2_000:]}")
    found = json.loads(told.stdout.splitlines()[-1])
    whole = found["composing"] + found["printing"]
    yield Figure("meeting pack of a county", "s", whole, "WeasyPrint alone", found["printing"])
