"""Take in a file of addresses, keep how far the counting has come, and hand the sums on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath

from sqlalchemy import update
from sqlalchemy.orm import Session

from outreach.addresses.kept import to_json
from outreach.addresses.models import AddressCount
from outreach.addresses.queries import Counting
from outreach.addresses.rules import AT_WORK, Counted, CountState
from outreach.database import claiming
from outreach.database.audit import record
from outreach.database.claiming import Work
from outreach.exchange.commands.runs import Upload, receive
from outreach.exchange.rules import FILE_NAME_MAXIMUM
from outreach.files.faults import printable

WORK = Work(
    AddressCount.id,
    AddressCount.state,
    AddressCount.claimed_at,
    {CountState.WAITING: CountState.COUNTING},
    lost_after=timedelta(minutes=5),
)


class NotThisState(Exception):
    """The counting is not where this can be done; somebody pressed twice."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that lies in the spool, and what it is about."""

    file_name: str
    spool_name: str
    bytes_all: int
    round_id: int
    association_id: int
    locale: str


def take_in(session: Session, sent: Sent, *, user_id: int, at: datetime) -> int:
    """Have a file counted; the counting's id."""
    counting = AddressCount(
        user_id=user_id,
        round_id=sent.round_id,
        association_id=sent.association_id,
        locale=sent.locale,
        file_name=printable(sent.file_name)[-FILE_NAME_MAXIMUM:] or "?",
        spool_name=sent.spool_name,
        state=CountState.WAITING,
        bytes_all=sent.bytes_all,
        bytes_done=0,
        created_at=at,
    )
    session.add(counting)
    session.flush()
    record(
        session,
        "import_received",
        of=("address_count", counting.id),
        user_id=user_id,
        at=at,
        after={"file_name": counting.file_name, "bytes": sent.bytes_all},
    )
    return counting.id


def claim(session: Session, *, at: datetime) -> int | None:
    """Take a file that waits, or whose worker was lost; one of several takers gets it."""
    return claiming.claim(session, WORK, at=at, bytes_done=0)


def tell(session: Session, counting_id: int, *, bytes_done: int, at: datetime) -> None:
    """Say how far the counting has come."""
    session.execute(
        update(AddressCount)
        .where(AddressCount.id == counting_id, AddressCount.state == CountState.COUNTING)
        .values(bytes_done=bytes_done, claimed_at=at),
        execution_options={"synchronize_session": False},
    )


def finish(
    session: Session,
    counting_id: int,
    state: CountState,
    *,
    counted: Counted | None = None,
    message: str | None = None,
) -> None:
    """End a counting with its sums, or with why there are none."""
    session.execute(
        update(AddressCount)
        .where(AddressCount.id == counting_id, AddressCount.state.in_(AT_WORK))
        .values(
            state=state, counted=None if counted is None else to_json(counted), message=message
        ),
        execution_options={"synchronize_session": False},
    )


def hand_on(
    session: Session, counting: Counting, *, sheet: bytes, user_id: int, at: datetime
) -> int:
    """Make an import of the sheet of sums, to be looked at as any other; the import's id.

    Raises NotThisState where there are no sums, or an import was made of them.
    """
    if counting.kept is None:
        raise NotThisState(counting.id)
    upload = Upload(
        file_name=f"{PurePath(counting.file_name).stem[: FILE_NAME_MAXIMUM - 4]}.csv",
        content=sheet,
        round_id=counting.round_id,
        association_id=counting.association_id,
        locale=counting.locale,
    )
    run_id = receive(session, upload, user_id=user_id, at=at)
    moved = session.scalars(
        update(AddressCount)
        .where(AddressCount.id == counting.id, AddressCount.state == CountState.COUNTED)
        .values(state=CountState.HANDED_ON, import_run_id=run_id)
        .returning(AddressCount.id),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if moved is None:
        raise NotThisState(counting.id)
    return run_id
