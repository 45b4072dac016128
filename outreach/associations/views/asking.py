"""The person who makes a change, as the register and the training rooms ask for it."""

from outreach.accounts.current import current_reach
from outreach.associations.commands.recording import Author
from outreach.database.times import utc_now


def author() -> Author:
    """The person who makes a change, and the instant it is made."""
    return Author(current_reach(), utc_now())
