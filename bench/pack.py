"""Compose and print a county's meeting pack in a site's environment, as the worker does.

A process of its own, so that its memory is the pack's: `python -m bench.pack` prints the number of
profiles, the seconds of composing and of printing, the bytes and the peak megabytes as JSON.
"""

import json
import resource
import sys
import time

from flask_babel import force_locale

from outreach import create_app
from outreach.database.transaction import reading as reading_only
from outreach.extensions import db
from outreach.gap.rules import AreaKind
from outreach.gap.views.reading import reading
from outreach.profiles.composing import composed
from outreach.profiles.printing import page, pdf
from outreach.profiles.rules import PaperKind
from outreach.profiles.working import areas_of


def main() -> int:
    """Make the pack of the first county that the environment's database holds."""
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
    told = {
        "profiles": len(documents),
        "composing": composing,
        "printing": printing,
        "bytes": len(content),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
