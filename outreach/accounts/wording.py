"""Roles, message states and broken rules of accounts, in words."""

from flask_babel import lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from outreach.accounts.rules import RoleName
from outreach.mail.models import MessageState
from outreach.rules import RuleBroken

ROLES: dict[str, LazyString] = {
    RoleName.ADMINISTRATOR: lazy_gettext("Administrator"),
    RoleName.REGIONAL_STAFF: lazy_gettext("Regional staff"),
    RoleName.ASSOCIATION_REPORTER: lazy_gettext("Reports for associations"),
    RoleName.SESSION_LOGGER: lazy_gettext("Logs training sessions"),
}
MESSAGE_STATES: dict[str, LazyString] = {
    MessageState.QUEUED: lazy_pgettext("mail", "Waiting"),
    MessageState.CLAIMED: lazy_pgettext("mail", "Being sent"),
    MessageState.SENT: lazy_pgettext("mail", "Sent"),
    MessageState.FAILED: lazy_pgettext("mail", "Failed"),
}
SENTENCES: dict[str, LazyString] = {
    "choose_a_role": lazy_gettext("Choose at least one role."),
    "choose_where": lazy_gettext("Choose at least one place where the role holds."),
    "not_yours_to_give": lazy_gettext("This is not yours to give. Choose from the list."),
    "not_a_name": lazy_gettext("Write a name of at most 120 characters."),
    "not_an_email": lazy_gettext("Write an e-mail address, such as anna@example.org."),
    "has_an_account": lazy_gettext("There is an account with this e-mail address already."),
    "last_administrator": lazy_gettext("Somebody must be administrator. Give it to another first."),
    "reaches_further": lazy_gettext(
        "This person also works for another county. Ask an administrator."
    ),
    "choose": lazy_gettext("Choose one from the list."),
}


def sentence(rule: RuleBroken) -> str:
    """What a broken rule means to whoever broke it."""
    return str(SENTENCES[rule.code])
