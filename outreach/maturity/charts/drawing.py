"""The one door to the pictures: whoever imports this imports Matplotlib."""

from outreach.maturity.charts import bars
from outreach.maturity.charts.specs import BarSpec
from outreach.web.charts.widths import Width


def drawn(spec: BarSpec, width: Width) -> bytes:
    """The picture as SVG."""
    return bars.draw(spec, width).svg(spec.label)
