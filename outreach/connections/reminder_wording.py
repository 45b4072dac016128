"""How it went with a reminder, and why it did not go out, in words."""

from flask_babel import lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from outreach.connections.reminder_rules import Delivery, NotOwed

NOT_OWED: dict[NotOwed, LazyString] = {
    NotOwed.REPORTED: lazy_gettext("The association had answered meanwhile."),
    NotOwed.DECLINED: lazy_gettext("The association had said that it will not answer."),
    NotOwed.NOT_EXPECTED: lazy_gettext("The association was no longer expected to report."),
    NotOwed.PAUSED: lazy_gettext("Reminders were paused."),
    NotOwed.ROUND_OVER: lazy_gettext("The round was no longer open."),
    NotOwed.CONTACT_CHANGED: lazy_gettext("The address was no longer that of a contact."),
    NotOwed.OUT_OF_DATE: lazy_gettext("Its words no longer fitted the last day to report."),
}

DELIVERIES: dict[Delivery, LazyString] = {
    Delivery.CAME_BACK: lazy_gettext("Came back"),
    Delivery.NOT_DELIVERED: lazy_gettext("Not delivered"),
    Delivery.TRIED_AGAIN: lazy_gettext("Put off by the server, will be tried again"),
    Delivery.WAITING: lazy_gettext("Waiting to be sent"),
    Delivery.SENT: lazy_pgettext("mail", "Sent"),
    Delivery.WITHDRAWN: lazy_pgettext("mail", "Withdrawn"),
}
