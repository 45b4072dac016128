"""Where the built styles, scripts and pictures are, for templates and for browsers' caches."""

import json
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, current_app, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

SOURCE_FOLDERS = {".css": "css", ".js": "js"}
YEAR_SECONDS = 31_536_000


class Assets:
    """Addresses of built files by source name, read again whenever the manifest changes."""

    def __init__(self, build: Path, static_url: str) -> None:
        self._manifest = build / "manifest.json"
        self._static_url = static_url
        self._read_at: int | None = None
        self._built: dict[str, str] = {}

    def url(self, name: str) -> str:
        """Give the address of a source such as "app.css"; unbuilt, that of the source itself."""
        built = self._names().get(name)
        if built is not None:
            return f"{self._static_url}/build/{built}"
        folder = SOURCE_FOLDERS.get(Path(name).suffix, "img")
        return f"{self._static_url}/{folder}/{name}"

    def has(self, name: str) -> bool:
        """Say whether the build made this file."""
        return name in self._names()

    def _names(self) -> dict[str, str]:
        try:
            changed_at = self._manifest.stat().st_mtime_ns
            if changed_at != self._read_at:
                self._built = json.loads(self._manifest.read_text(encoding="utf-8"))
                self._read_at = changed_at
        except FileNotFoundError:
            self._built, self._read_at = {}, None
        return self._built


def init_app(app: Flask) -> None:
    """Give templates `asset_url(name)` and `has_asset(name)`; serve built files small, for long."""
    folder = Path(app.static_folder or "static")
    assets = Assets(folder / "build", app.static_url_path or "/static")
    app.extensions["outreach_assets"] = assets
    app.add_template_global(assets.url, "asset_url")
    app.add_template_global(assets.has, "has_asset")
    if not assets.has("app.css"):
        app.logger.warning("Styles and scripts are not built: run python -m outreach.assets")

    def serve(filename: str) -> Response:
        return _built_file(folder, filename) or app.send_static_file(filename)

    app.view_functions["static"] = serve


def asset_url(name: str) -> str:
    """The address of a source such as "app.css", for what is no template."""
    assets: Assets = current_app.extensions["outreach_assets"]
    return assets.url(name)


def _built_file(folder: Path, filename: str) -> Response | None:
    """A file of the build, compressed where the reader takes that; its name never means another."""
    if not filename.startswith("build/") or filename.endswith(".gz"):
        return None
    name, encoding = filename, None
    compressed = safe_join(str(folder), f"{filename}.gz")
    if compressed is None:
        raise NotFound
    if request.accept_encodings.quality("gzip") and Path(compressed).is_file():
        name, encoding = f"{filename}.gz", "gzip"
    response = send_from_directory(
        folder, name, mimetype=guess_type(filename)[0], max_age=YEAR_SECONDS
    )
    if encoding:
        response.content_encoding = encoding
    response.vary.add("Accept-Encoding")
    response.cache_control.immutable = True
    return response
