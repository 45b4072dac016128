"""What makes the log form an app of its own: the manifest, the service worker, pages for strangers.

The pages kept on the device hold nothing of anybody: they are what someone without a sign-in
gets, and their lists are empty (docs/adr/0010-offline-queue.md).
"""

import hashlib
import json
from pathlib import Path

from flask import Response, current_app, render_template, request, url_for
from flask_babel import force_locale, get_locale, gettext
from werkzeug.exceptions import NotFound

from outreach.settings import ROOT
from outreach.training.forms.session import LogForm
from outreach.training.queries.choosing import Offered
from outreach.training.rules import SessionState
from outreach.training.views.blueprint import blueprint
from outreach.web.access import PUBLIC, SIGNED_IN, open_to
from outreach.web.i18n import LANGUAGES
from outreach.web.static_files import asset_url

WORKER = ROOT / "static" / "js" / "service-worker.js"
BUILD = ROOT / "static" / "build"
MADE_OF = (ROOT / "templates", ROOT / "outreach" / "translations", ROOT / "outreach" / "training")
"""What the kept pages are printed from: when any of it changes, devices fetch them anew."""
ASSETS = (
    "app.css",
    "app.js",
    "entry-offline.js",
    "entry-training.css",
    "favicon.svg",
    "familjen-grotesk-latin-wght-normal.woff2",
)


@blueprint.get("/manifest.webmanifest")
@open_to(PUBLIC)
def manifest() -> Response:
    """What a telephone needs to put the log form on its home screen."""
    icons = [
        {"src": asset_url("favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": asset_url("icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": asset_url("icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": asset_url("icon-maskable-512.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    content = {
        "id": "/sessions/log",
        "name": gettext("Outreach: log a session"),
        "short_name": "Outreach",
        "description": gettext("Log training sessions on the spot, also without a network."),
        "lang": str(get_locale()),
        "start_url": url_for("training.log_form"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f4ee",
        "theme_color": "#f6f4ee",
        "icons": icons,
    }
    body = json.dumps(content, ensure_ascii=False)
    return Response(body, content_type="application/manifest+json; charset=utf-8")


@blueprint.get("/service-worker.js")
@open_to(PUBLIC)
def service_worker() -> Response:
    """The worker with the list of what it keeps; a new version whenever any of that changes."""
    files = sorted(_files())
    form, waiting = url_for("training.log_form"), url_for("training.queue")
    shells = [
        _shell(rf"^{form.removesuffix('log')}(\d+/)?log$", "training.form_shell"),
        _shell(f"^{waiting}$", "training.queue_shell"),
    ]
    code = WORKER.read_text(encoding="utf-8")
    kept = {"version": _version(code), "shells": shells, "files": files}
    response = Response(
        f"const OUTREACH = {json.dumps(kept)};\n{code}", content_type="text/javascript"
    )
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@blueprint.get("/sessions/queue")
@open_to(PUBLIC)
def queue() -> str:
    """What waits on this device to be sent. The server knows nothing of it."""
    return render_template("training/offline/queue.html", is_shell=False)


@blueprint.get("/sessions/offline/<language>/queue")
@open_to(PUBLIC)
def queue_shell(language: str) -> str:
    """The page of the queue as devices keep it."""
    with force_locale(_known(language)):
        return render_template("training/offline/queue.html", is_shell=True, is_bare=True)


@blueprint.get("/sessions/offline/<language>/log")
@open_to(PUBLIC)
def form_shell(language: str) -> str:
    """The log form as devices keep it: empty, with empty lists, for nobody in particular."""
    form = LogForm(data={"state": SessionState.HELD.value})
    with force_locale(_known(language)):
        form.offer(Offered(organisations=[], programmes=[], places=[], latest=[]))
        return render_template(
            "training/log.html",
            form=form,
            row=None,
            conflict=None,
            held_version=None,
            asks_about_details=True,
            is_ahead=True,
            is_shell=True,
            is_bare=True,
        )


@blueprint.get("/sessions/signing-out")
@open_to(SIGNED_IN)
def signing_out() -> str:
    """Asked before signing out where something on the device has not been sent."""
    return render_template("training/offline/signing_out.html")


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise NotFound
    return language


def _shell(path: str, endpoint: str) -> dict[str, str | dict[str, str]]:
    """Which addresses a kept page stands in for, and where it is, in each language."""
    languages = {language: url_for(endpoint, language=language) for language in LANGUAGES}
    return {"path": path, "languages": languages}


def _files() -> set[str]:
    """Addresses of the styles and scripts of the kept pages, with what the scripts share."""
    static = f"{request.script_root}{current_app.static_url_path}"
    chunks = {f"{static}/build/{path.name}" for path in BUILD.glob("chunk-*.js")}
    return {asset_url(name) for name in ASSETS} | chunks


def _version(code: str) -> str:
    """A mark of all that is kept; read once, as files don't change under a running program."""
    known = current_app.extensions.get("outreach_device_version")
    if isinstance(known, str) and not current_app.debug:
        return known
    sign = hashlib.sha256(code.encode())
    for path in _sources():
        sign.update(path.read_bytes())
    version = sign.hexdigest()[:16]
    current_app.extensions["outreach_device_version"] = version
    return version


def _sources() -> list[Path]:
    found = [path for folder in MADE_OF for path in folder.rglob("*") if path.is_file()]
    kinds = {".html", ".mo", ".py"}
    manifest = BUILD / "manifest.json"
    return [manifest, *sorted(p for p in found if p.suffix in kinds)] if manifest.exists() else []
