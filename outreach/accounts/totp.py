"""One-time codes that are good for one time only."""

from flask_security import Totp, UserMixin
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch
from sqlalchemy import or_, update

from outreach.accounts.models import User
from outreach.extensions import db


class SingleUseTotp(Totp):
    """Refuses a code that was used before, also when it is sent twice at the same moment."""

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Note the code's half minute; the same one or an earlier one is not taken again."""
        first_use = db.session.execute(
            update(User)
            .where(
                User.id == user.id,
                or_(User.totp_last_counter.is_(None), User.totp_last_counter < tmatch.counter),
            )
            .values(totp_last_counter=tmatch.counter)
            .returning(User.id)
        ).first()
        if first_use is None:
            raise UsedTokenError(expire_time=tmatch.expire_time)
