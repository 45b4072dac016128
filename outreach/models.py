"""Every mapped class, imported once so that relationships and migrations see them all."""

from outreach.accounts import models as accounts
from outreach.addresses import models as addresses
from outreach.associations import models as associations
from outreach.connections import flag_models as flags
from outreach.connections import link_models as links
from outreach.connections import models as connections
from outreach.connections import past_models as past_figures
from outreach.connections import record_models as round_records
from outreach.connections import reminder_models as reminders
from outreach.connections import sum_models as sums
from outreach.database import audit, data_version
from outreach.exchange import models as exchange
from outreach.mail import models as mail
from outreach.maturity import models as maturity
from outreach.official import models as official
from outreach.places import models as places
from outreach.places import service_models as services
from outreach.profiles import models as profiles
from outreach.questions import models as questions
from outreach.training import models as training
from outreach.training import past_models as training_past
from outreach.training import sent_models as training_changes
from outreach.training import session_models as training_sessions

__all__ = [
    "accounts",
    "addresses",
    "associations",
    "audit",
    "connections",
    "data_version",
    "exchange",
    "flags",
    "links",
    "mail",
    "maturity",
    "official",
    "past_figures",
    "places",
    "profiles",
    "questions",
    "reminders",
    "round_records",
    "services",
    "sums",
    "training",
    "training_changes",
    "training_past",
    "training_sessions",
]
