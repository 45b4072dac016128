"""The worker's jobs, run by `huey_consumer outreach.jobs.huey`.

Mail is sent, and imports are worked on, when the web process asks for it and each minute besides;
each hour reminders are written and what has expired is removed. Each morning contacts are asked
whether they still are, and mergers take effect.
"""

from outreach import create_app
from outreach.accounts.upkeep import forget_expired
from outreach.associations.upkeep import look_after
from outreach.connections.reminding import remind_all
from outreach.database.times import utc_now
from outreach.days import swedish_day
from outreach.exchange.jobs import empty_old_files
from outreach.extensions import db
from outreach.mail.queue import queue_of
from outreach.questions.upkeep import forget_askers
from outreach.settings import settings_of

app = create_app()
settings = settings_of(app)
_queue = queue_of(app)
huey = _queue.huey


@_queue.by_the_clock(minute="*")
def send_each_minute() -> None:
    """Send what nobody woke the mailer for; an asker's last letter takes the address with it."""
    _queue.run()
    with app.app_context():
        forget_askers(db.session())


@_queue.by_the_clock(minute="*")
def work_each_minute() -> None:
    """Do the long work that nobody asked for, and that whose worker was lost."""
    _queue.do_added()


@_queue.by_the_clock(minute="23", hour="6-16")
def remind_each_hour() -> None:
    """Write the reminders of open rounds that are due; by day, as people read them by day."""
    with app.app_context():
        remind_all(db.session(), now=utc_now())


@_queue.by_the_clock(minute="17")
def tidy_each_hour() -> None:
    """Remove what is over: sessions, sign-in attempts, old imports' files."""
    with app.app_context():
        forget_expired(db.session(), now=utc_now())
    empty_old_files(app, keep_days=settings.import_days)


@_queue.by_the_clock(hour="6", minute="40")
def ask_each_day() -> None:
    """Ask contacts whom nobody confirmed for a year, and close associations that have merged."""
    with app.app_context():
        now = utc_now()
        look_after(db.session(), today=swedish_day(now), now=now)
