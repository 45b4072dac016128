"""The embedded database's file and its folder come with the first connection."""

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
