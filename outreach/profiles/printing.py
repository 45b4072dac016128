"""Profiles as a tagged PDF (PDF/UA-1). WeasyPrint is large: only the worker imports this module.

Nothing is fetched: the style is given, and drawings stand in the page itself.
"""

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from flask import render_template
from flask_babel import format_date
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from outreach.database.times import utc_now
from outreach.profiles.rules import Document
from outreach.settings import ROOT

STYLE = ROOT / "static" / "css" / "paper.css"
VARIANT = "pdf/ua-1"
NOTHING_ELSE = ("data",)


def page(documents: Sequence[Document], *, locale: str, title: str) -> str:
    """Profiles as one page to be printed, with a cover and contents where there are several.

    Templates may ask the database: this is for a transaction that ends before `pdf` begins.
    """
    return render_template(
        "profiles/paper.html",
        documents=documents,
        locale=locale,
        title=title,
        as_address=as_address,
        made_on=format_date(utc_now(), format="long"),
    )


def pdf(page: str, *, style: Path = STYLE) -> bytes:
    """The page as one PDF. For a county it takes long enough for a database to hang up."""
    fetcher = URLFetcher(allowed_protocols=NOTHING_ELSE, allow_redirects=False)
    made = HTML(string=page, base_url="data:", url_fetcher=fetcher).write_pdf(
        stylesheets=[CSS(string=style.read_text(encoding="utf-8"))],
        pdf_variant=VARIANT,
        finisher=_with_scopes,
    )
    if made is None:
        raise RuntimeError("WeasyPrint wrote no PDF")
    return bytes(made)


class _Made(Protocol):
    """What is about to be written: objects, of which dictionaries are `dict`s."""

    objects: Sequence[object]


def _with_scopes(_document: object, made: _Made) -> None:
    """Say of each header cell whether it heads a column or a row.

    WeasyPrint tells each cell its headers, but a header of headers has no cell that names it. Its
    own names of them are table, row and column.
    """
    for one in made.objects:
        if isinstance(one, dict) and one.get("S") == "/TH":
            _, row, _ = one["ID"].string.split("-")
            one["A"]["Scope"] = "/Column" if row == "0" else "/Row"


def as_address(svg: str) -> str:
    """A drawing as an address that holds all of it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
