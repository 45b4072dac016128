"""The embedded database: its file and its folder, and the libraries that it comes with."""

import subprocess
import sys
from pathlib import Path

from outreach import create_app
from outreach.extensions import db
from tests.settings import settings_for


def test_the_folder_of_the_embedded_database_is_made(tmp_path: Path) -> None:
    file = tmp_path / "new" / "instance" / "outreach.db"
    app = create_app(settings_for(f"sqlite:///{file}", folder=tmp_path))
    assert not file.parent.exists()
    with app.app_context():
        db.engine.connect().close()
        db.engine.dispose()
    assert file.exists()


def test_a_process_that_places_points_beside_the_embedded_database_ends_well() -> None:
    program = """
from sqlalchemy import create_engine, text
from outreach.database.engine import engine_options, normalised_url
from outreach.files.crs import from_code
url = normalised_url("sqlite://")
engine = create_engine(url, **engine_options(url, statement_timeout_ms=5000))
with engine.connect() as connection:
    assert connection.scalar(text("SELECT spatialite_version()"))
assert from_code(3021)
"""
    subprocess.run([sys.executable, "-c", program], check=True)
