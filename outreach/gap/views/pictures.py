"""The gap's pictures: inline for the page, and as files."""

from flask import Response
from flask_babel import get_locale, gettext
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from outreach.gap import alike_words
from outreach.gap.blank_words import blank_dates
from outreach.gap.charts.specs import Format, NotedSpec, Spec
from outreach.gap.disclosed import Audience
from outreach.gap.drawing import draw
from outreach.gap.forms import Asked
from outreach.gap.passports import ranking_together, series_together
from outreach.gap.picturing import rank_spec, series_spec
from outreach.gap.results import Findings
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.data import Later, answer
from outreach.gap.views.reading import Reading, map_of
from outreach.web import kept
from outreach.web.access import PUBLIC, open_to
from outreach.web.charts.inline import as_markup, for_both_widths
from outreach.web.charts.widths import Width
from outreach.web.kept_store import Built

CONTENT_TYPES = {
    Format.SVG: "image/svg+xml; charset=utf-8",
    Format.PNG: "image/png",
    Format.PDF: "application/pdf",
}
NAMES = ("series", "rank", "map")


@blueprint.get("/gap/chart/<name>.<kind>")
@open_to(PUBLIC)
def chart(name: str, kind: str) -> Response:
    """A picture as SVG, PNG or PDF, in the reader's language."""
    if name not in NAMES or kind not in set(Format):
        raise NotFound

    def build(look: Reading, wanted: Asked, audience: Audience) -> Later:
        findings = look.findings(wanted.choice, audience)
        spec = noted(_spec(name, look, findings), _warning(name, findings), _blanks(name, findings))
        file_name = _file_name(name, kind, findings)
        # Drawn once the look is over, as that takes long.
        return lambda: Built(draw(spec, kind=Format(kind)), CONTENT_TYPES[Format(kind)], file_name)

    return answer(build, name=f"{name}.{kind} {get_locale()}")


def inline(spec: Spec) -> Markup:
    """A picture for a page, once for wide screens and once for narrow ones."""
    return for_both_widths(lambda width: drawn(spec, width))


def drawn(spec: Spec, width: Width = Width.WIDE) -> Markup:
    """A picture as markup, kept by what it shows: pages in another order share it."""
    picture = kept.part((spec, width), lambda: Built(draw(spec, width), CONTENT_TYPES[Format.SVG]))
    return as_markup(picture)


def noted(spec: Spec, warning: str, blanks: str = "") -> Spec:
    """The picture with what is to be known of it in it, as it stands alone where it is saved."""
    care = f"{gettext('Compare with care.')} {warning}" if warning else ""
    note = " ".join(filter(None, (care, blanks)))
    return NotedSpec(spec, note) if note else spec


def _blanks(name: str, findings: Findings) -> str:
    return blank_dates(findings) if name == "series" else ""


def _warning(name: str, findings: Findings) -> str:
    together = {"series": series_together, "rank": ranking_together}.get(name)
    return alike_words.warning(together(findings)) if together else ""


def _spec(name: str, look: Reading, findings: Findings) -> Spec:
    if name == "series":
        return series_spec(findings)
    if name == "rank":
        return rank_spec(findings)
    return map_of(look, findings)


def _file_name(name: str, kind: str, findings: Findings) -> str:
    """What the file is called when it is saved; an image on a page is shown all the same."""
    choice = findings.choice
    known = "" if choice.known_on is None else f"-known-{choice.known_on}"
    return f"outreach-{name}-{choice.shown}-{choice.area.code}-{choice.day}{known}.{kind}"
