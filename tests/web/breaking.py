"""An application with one table, which breaks off while it is sent."""

from collections.abc import Iterator

from flask import Flask, Response
from flask_babel import Babel

from outreach.web.table_files import init_app, table_response

ROWS_SENT = 20_000


def create_app() -> Flask:
    """Answers /table.csv and its other formats, and / when it is up."""
    app = Flask(__name__)
    Babel(app)

    @app.get("/")
    def up() -> str:
        return "up"

    @app.get("/table.csv")
    def table() -> Response:
        return table_response("table.csv", ["Ort"], _rows())

    init_app(app)
    return app


def _rows() -> Iterator[tuple[str]]:
    for number in range(ROWS_SENT):
        yield (f"ort {number}",)
    raise RuntimeError("the database is gone")
