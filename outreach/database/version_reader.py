"""The data version asked for as cheaply as can be: once a request, before kept bytes are sent."""

import psycopg
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import PoolProxiedConnection

from outreach.database.engine import engine_options

_QUESTION = "SELECT number FROM data_version WHERE id = 1"
_PREPARED = b"data_version"


class VersionReader:
    """Asks through connections of its own: one round trip, no transaction, no ping beforehand.

    The sessions' pool pings a connection before each use, which would double the cost of a
    question this small. Here a connection that has died meanwhile is noticed by the question
    itself, which is then asked again on a fresh one.
    """

    def __init__(self, url: URL, *, statement_timeout_ms: int) -> None:
        options = engine_options(url, statement_timeout_ms=statement_timeout_ms)
        # No geometry is read here, so no spatial extension has to be loaded.
        options.pop("plugins", None)
        options |= {"pool_pre_ping": False, "pool_reset_on_return": None}
        self._engine: Engine = create_engine(
            url.difference_update_query(["geoalchemy2_connect_sqlite_transaction"]),
            isolation_level="AUTOCOMMIT",
            **options,
        )
        event.listen(self._engine, "connect", _prepare)
        self._driver_error = self._engine.dialect.loaded_dbapi.Error

    def current(self) -> int:
        """The number of the version that a reader who asks now must see."""
        try:
            return self._ask_quickly()
        except self._driver_error:
            # The other idle connections may be as dead as this one.
            self._engine.dispose()
        return self._ask()

    def close(self) -> None:
        """Give the connections back; the next question opens new ones."""
        self._engine.dispose()

    def _ask_quickly(self) -> int:
        """Ask through the driver itself, at a third of what SQLAlchemy's statement costs."""
        connection = self._engine.raw_connection()
        try:
            number = self._number(connection)
        except self._driver_error:
            connection.invalidate()
            raise
        connection.close()
        return number

    def _number(self, connection: PoolProxiedConnection) -> int:
        driver = connection.driver_connection
        if isinstance(driver, psycopg.Connection):
            return self._number_by_libpq(driver.pgconn)
        cursor = connection.cursor()
        cursor.execute(_QUESTION)
        ((number,),) = cursor.fetchall()
        return int(number)

    def _number_by_libpq(self, connection: PGconn) -> int:
        """The same by the library under the driver, without a cursor: a third again.

        Prepared beforehand, which halves the server's work. The connection's limits hold here
        too: they are the kernel's and the server's.
        """
        result = connection.exec_prepared(_PREPARED, None)
        if result.status != ExecStatus.TUPLES_OK:
            raise psycopg.OperationalError(result.error_message.decode("utf-8", "replace"))
        return int(result.get_value(0, 0) or b"")

    def _ask(self) -> int:
        """Ask in the way whose errors the pages know."""
        with self._engine.connect() as connection:
            return int(connection.exec_driver_sql(_QUESTION).scalar_one())


def _prepare(connection: object, _record: object) -> None:
    """Should the server refuse, the question will be refused too, and then be asked otherwise."""
    if isinstance(connection, psycopg.Connection):
        connection.pgconn.prepare(_PREPARED, _QUESTION.encode())
