"""The worker's jobs, run by `huey_consumer outreach.jobs.huey`.

Mail is sent when the web process asks for it and each minute besides; what has expired is removed
each hour.
"""

from huey import crontab

from outreach import create_app
from outreach.accounts.upkeep import forget_expired
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.mail.queue import queue_of
from outreach.questions.upkeep import forget_askers

app = create_app()
_queue = queue_of(app)
huey = _queue.huey


@huey.periodic_task(crontab(minute="*"), name="send_each_minute")  # type: ignore[untyped-decorator]  # huey has no types
def send_each_minute() -> None:
    """Send what nobody woke the mailer for."""
    _queue.run()


@huey.periodic_task(crontab(minute="17"), name="tidy_each_hour")  # type: ignore[untyped-decorator]  # huey has no types
def tidy_each_hour() -> None:
    """Remove sessions that are over, sign-in attempts that no longer count, addresses of askers."""
    with app.app_context():
        forget_expired(db.session(), now=utc_now())
        forget_askers(db.session())
