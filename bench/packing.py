"""The meeting pack of a county, beside WeasyPrint alone: `python -m bench.packing` in a site's
environment prints the seconds of composing and of printing, the pages and the peak memory as JSON.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from bench.figures import Figure
from bench.load import WrongAnswer


def packed(environment: dict[str, str]) -> Iterator[Figure]:
    """A pack of the county's profile and its municipalities', whole and the printing in it."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.packing"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise WrongAnswer(f"the pack failed:\n{told.stderr[-2_000:]}")
    found = json.loads(told.stdout.splitlines()[-1])
    whole = found["composing"] + found["printing"]
    peer = "WeasyPrint alone"
    yield Figure("meeting pack of a county", "s", whole, peer, found["printing"])


def main() -> int:
    """Compose and print the pack of the site that the environment names."""
    from flask_babel import force_locale  # noqa: PLC0415  # not a part of the parent

    from outreach import create_app  # noqa: PLC0415  # as above
    from outreach.database.transaction import reading as reading_only  # noqa: PLC0415  # as above
    from outreach.extensions import db  # noqa: PLC0415  # as above
    from outreach.gap.rules import AreaKind  # noqa: PLC0415  # as above
    from outreach.gap.views.reading import reading  # noqa: PLC0415  # as above
    from outreach.profiles.composing import composed  # noqa: PLC0415  # as above
    from outreach.profiles.printing import page, pdf  # noqa: PLC0415  # as above
    from outreach.profiles.rules import PaperKind  # noqa: PLC0415  # as above
    from outreach.profiles.working import areas_of  # noqa: PLC0415  # as above

    app = create_app()
    with app.app_context(), app.test_request_context(), force_locale("sv"):
        began = time.perf_counter()
        with reading() as look:
            county = next(area for area in look.options.areas if area.kind is AreaKind.COUNTY)
            areas = areas_of(look.options, county.code, kind=PaperKind.PACK)
        documents = []
        for area in areas:
            with reading() as look:
                documents.append(composed(look, area))
        composing = time.perf_counter() - began
        with reading_only(db.session):
            sheet = page(documents, locale="sv", title="Pack")
        content = pdf(sheet)
        printing = time.perf_counter() - began - composing
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        json.dumps(
            {
                "profiles": len(documents),
                "composing": composing,
                "printing": printing,
                "bytes": len(content),
                "megabytes": megabytes,
            }
        )
        + "\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
