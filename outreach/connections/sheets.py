"""What is printed for an association that reports on paper: its villages, and a code."""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.connections.queries.grid import GridRow
from outreach.connections.queries.report_head import ReportHead
from outreach.web.qr import Code


@dataclass(frozen=True, slots=True)
class Sheet:
    """One association's paper form; without a contact it carries no link."""

    head: ReportHead
    rows: Sequence[GridRow]
    contact_name: str | None = None
    address: str | None = None
    code: Code | None = None
