"""Who writes a report, and where the form of it sends to."""

from dataclasses import dataclass

from flask import url_for
from werkzeug.exceptions import NotFound

from outreach.accounts.current import current_reach, user_id
from outreach.accounts.rules import Reach
from outreach.connections.queries.report_head import ReportHead, report_head
from outreach.database.times import utc_now
from outreach.extensions import db


@dataclass(frozen=True, slots=True)
class Desk:
    """A signed-in person's place to write one report, or that of whoever came by a link.

    Everything the form does is addressed from here, so that a link leads to its own report and
    to nothing else. `receipts` stands before a receipt's number; a link has one receipt only.
    """

    reach: Reach
    form: str
    draft: str
    discard: str
    link_id: int | None = None
    receipts: str | None = None
    one_receipt: str = ""

    @property
    def user_id(self) -> int | None:
        """The user, if it is one."""
        return self.reach.user_id

    @property
    def is_link(self) -> bool:
        """Whether a contact without a sign-in writes."""
        return self.link_id is not None

    def receipt(self, number: str) -> str:
        """Where the receipt is shown."""
        return self.one_receipt if self.receipts is None else f"{self.receipts}{number}"

    def read_again(self, head: ReportHead) -> ReportHead:
        """The report as it stands now."""
        now = report_head(
            db.session(),
            head.association_id,
            reference_date=head.reference_date,
            reach=self.reach,
            at=utc_now(),
        )
        if now is None:
            raise NotFound
        return now


def own_desk(head: ReportHead) -> Desk:
    """The desk of the person signed in."""
    user_id()
    association_id, day = head.association_id, head.reference_date
    return Desk(
        reach=current_reach(),
        form=url_for("connections.report", association_id=association_id, day=day),
        draft=url_for("connections.sending.keep_draft", association_id=association_id, day=day),
        discard=url_for("connections.sending.discard", association_id=association_id, day=day),
        receipts=url_for("connections.receipt", number=""),
    )
