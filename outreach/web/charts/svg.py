"""Matplotlib's SVG made fit for a page: no style, no identifiers, and a label to read out.

Our content security policy forbids style attributes: with them, all is drawn black. As attributes
of their own the same values work, and a style sheet can replace a colour by its name.
"""

import re
from html import escape

FAMILY = "system-ui, sans-serif"
_HEAD = re.compile(r"\A.*?<svg [^>]*>", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_DEFAULTS = re.compile(r"\s*<defs>\s*<style[^>]*>.*?</style>\s*</defs>", re.DOTALL)
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_ID = re.compile(r' id="[^"]*"')
_STYLE = re.compile(r' style="([^"]*)"')
_STILL = re.compile(r' transform="rotate\(-?0(?:\.0*)? [^"]*\)"')
_GROUP = re.compile(r"\s*</?g>")
_VIEW = re.compile(r'viewBox="([^"]+)"')
_NUMBER = re.compile(r"\d+\.\d{3,}")
_BLANKS = re.compile(r"\s*\n\s*")
_PATH = re.compile(r' d="[^"]*"')
_LEFT_OUT = {"stroke-miterlimit", "stroke-dashoffset", "font-family"}


def tidy(text: str, *, label: str) -> str:
    """The drawing as one element that scales to the width it is given."""
    head = _HEAD.match(text)
    view = _VIEW.search(text)
    if head is None or view is None:
        raise ValueError("this is no drawing of Matplotlib's")
    _, _, width, height = view.group(1).split()
    body = text[head.end() :]
    for unwanted in (_METADATA, _DEFAULTS, _COMMENT, _ID, _STILL):
        body = unwanted.sub("", body)
    body = _STYLE.sub(_attributes, body)
    body = _BLANKS.sub("\n", _without_bare_groups(body))
    body = _PATH.sub(_short_path, body)
    body = _NUMBER.sub(lambda found: f"{float(found.group(0)):.2f}".rstrip("0").rstrip("."), body)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view.group(1)}"'
        f' width="{width}" height="{height}"'
        f' font-family="{FAMILY}" role="img" aria-label="{escape(label)}">{body}'
    )


def _short_path(found: re.Match[str]) -> str:
    return re.sub(r"\s*([MLCZz])\s*", r"\1", found.group(0)).replace("\n", " ")


def _attributes(found: re.Match[str]) -> str:
    pairs = (part.partition(":")[::2] for part in found.group(1).split(";") if ":" in part)
    return "".join(_attribute(name.strip(), value.strip()) for name, value in pairs)


def _attribute(name: str, value: str) -> str:
    if name in _LEFT_OUT:
        return ""
    return f' {name}="{escape(value)}"'


def _without_bare_groups(body: str) -> str:
    """Groups that say nothing are left out; they hold nothing together once names are gone."""
    if re.search(r"<g [^>]", body):
        return body
    return _GROUP.sub("", body)
