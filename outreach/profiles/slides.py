"""A profile's pictures as slides, to be shown at a meeting without the page around them."""

from flask_babel import gettext

from outreach.gap.charts.specs import SlideSpec
from outreach.gap.wording import area_name
from outreach.profiles import wording
from outreach.profiles.composing import passport, pictures
from outreach.profiles.material import Drawn, Material
from outreach.profiles.rules import Part


def slides(material: Material) -> dict[Part, SlideSpec]:
    """The slide of each part that has a picture."""
    area = area_name(material.findings.choice.area)
    return {
        part: SlideSpec(
            picture=one.spec,
            title=f"{area}: {str(wording.HEADINGS[part]).lower()}",
            finding=one.sentence or one.finding,
            passport=_passport(one, passport(material)),
        )
        for part, one in pictures(material)
    }


def _passport(one: Drawn, usual: str) -> str:
    told = one.passport or usual
    return f"{gettext('Compare with care.')} {one.warning} {told}" if one.warning else told
