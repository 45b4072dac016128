"""Edits that were begun on an older version of a row: noticed, never written over the newer one."""

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError


class StaleEdit(Exception):
    """Somebody saved the row after this edit was begun; nothing has been stored."""


def check_version(begun_on: int | None, *, stored: int) -> None:
    """Refuse an edit that was begun on another version, or that names none."""
    if begun_on != stored:
        raise StaleEdit


def flush_versioned(session: Session) -> None:
    """Send the changes; a row that another transaction changed meanwhile makes the edit stale.

    The mapped class needs `version_id_col`. Roll back after the error.
    """
    try:
        session.flush()
    except StaleDataError as error:
        raise StaleEdit from error
