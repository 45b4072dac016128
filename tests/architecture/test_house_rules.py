"""Rules of the house that no linter knows."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "outreach").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _lines_with(pattern: str, *, allowed: set[str]) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{_named(path)}:{number}"
        for path in SOURCES
        if _named(path) not in allowed
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if found.search(line)
    ]


def test_the_commit_is_in_one_place() -> None:
    assert _lines_with(r"\.commit\(", allowed={"outreach/database/transaction.py"}) == []


def test_only_settings_and_the_starter_read_the_environment() -> None:
    allowed = {
        "outreach/settings.py",
        "outreach/run.py",
        "outreach/database/engine.py",
        "outreach/assets.py",
    }
    assert _lines_with(r"os\.environ|os\.getenv", allowed=allowed) == []


def test_only_charts_import_matplotlib() -> None:
    found = _lines_with(r"^\s*(from|import) matplotlib", allowed=set())
    assert [place for place in found if not re.search(r"charts?[\w/]*\.py", place)] == []


def test_views_forms_and_command_lines_hold_no_sql() -> None:
    found = _lines_with(r"^from sqlalchemy import|^import sqlalchemy", allowed=set())
    rooms = r"/(views|forms|cli)(/|\.py)"
    assert [place for place in found if re.search(rooms, place)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_no_template_has_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    inline_script = [
        tag
        for tag in re.findall(r"<script\b[^>]*>", text)
        if "src=" not in tag and 'type="application/' not in tag and "nonce=" not in tag
    ]
    assert inline_script + re.findall(r"\sstyle=|<style\b|\son\w+=\"", text) == []


def test_nothing_in_the_tree_names_a_registry() -> None:
    hosts = ["py" + "pi.org", "python" + "hosted", "npm" + "js.org", "deb." + "debian.org"]
    tracked = subprocess.run(
        ["git", "grep", "-nIE", "|".join(re.escape(host) for host in hosts), "--", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert tracked.stdout == ""


def test_only_the_database_room_knows_a_dialect() -> None:
    found = _lines_with(r"sqlalchemy\.dialects", allowed=set())
    assert [place for place in found if not place.startswith("outreach/database/")] == []


@pytest.mark.parametrize(
    ("folder", "ending", "most"),
    [("outreach", "py", 300), ("templates", "html", 120), ("tests", "py", 400)],
)
def test_no_file_is_too_long_to_be_read_at_once(folder: str, ending: str, most: int) -> None:
    lengths = {
        _named(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / folder).rglob(f"*.{ending}")
    }
    assert {name: length for name, length in lengths.items() if length > most} == {}
