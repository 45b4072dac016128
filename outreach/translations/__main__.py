"""`python -m outreach.translations`: merge the parts and compile them, skipping when up to date."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent
PARTS = FOLDER / "parts"
LANGUAGE = "sv"
SEPARATE_DOMAINS = ("flask_security",)


class ContradictoryTranslation(ValueError):
    """Two parts translate the same message differently."""


def merged(paths: list[Path]) -> Catalog:
    """One Swedish catalogue of all messages in the parts."""
    catalogue = Catalog(locale=LANGUAGE, charset="utf-8")
    for path in paths:
        with path.open("rb") as file:
            part = read_po(file, locale=LANGUAGE, abort_invalid=True)
        for message in part:
            if not message.id:
                continue
            known = catalogue.get(message.id, context=message.context)
            if known is not None and known.string != message.string:
                raise ContradictoryTranslation(f"{path.name}: {message.id!r}")
            catalogue.add(message.id, message.string, context=message.context)
    return catalogue


def compile_all() -> list[Path]:
    """Write the .mo files that are older than their parts; the ones written."""
    target = FOLDER / LANGUAGE / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    domains = {name: [PARTS / f"{name}.po"] for name in SEPARATE_DOMAINS}
    domains["messages"] = sorted(
        path for path in PARTS.glob("*.po") if path.stem not in SEPARATE_DOMAINS
    )
    written = []
    for domain, parts in domains.items():
        compiled = target / f"{domain}.mo"
        present = [part for part in parts if part.exists()]
        if not present or _is_fresh(compiled, present):
            continue
        catalogue = merged(present)
        half_written = compiled.with_suffix(".new")
        with half_written.open("wb") as file:
            write_mo(file, catalogue)
        half_written.replace(compiled)
        written.append(compiled)
    return written


def _is_fresh(compiled: Path, parts: list[Path]) -> bool:
    newest = max(path.stat().st_mtime for path in [*parts, PARTS])
    return compiled.exists() and compiled.stat().st_mtime >= newest


if __name__ == "__main__":
    for path in compile_all():
        sys.stdout.write(f"compiled {path.name}\n")
