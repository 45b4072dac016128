"""In which order tests run, and which of them one process must run: what takes long comes first.

`make test` hands tests out one by one to two processes. Without more ado both would set up what
the tests of a module share, and one might begin with the longest as the other ends. So tests that
share a fixture of their module stay together; each database's tests follow each other, as going
to and fro would set all up again; and the quick ones are last, which fill the gaps.

Whoever first needs a database's demonstration region loads it, and everybody else who needs it
waits. So one such test begins, and what needs none of it comes next: the tests of servers.
"""

from collections.abc import Sequence

import pytest

from tests.databases import BACKENDS

CRAWL = "test_every_page"
"""Reads every page: the longest of all, one test for each kind of reader."""
SERVED_ONCE = {"demo_app", "links"}
"""Fixtures of a module that take seconds to set up."""
DEMONSTRATION = "demonstration_url"
"""The fixture that loads a region, once for each database."""


def arrange(items: list[pytest.Item]) -> None:
    """Put the tests into order, and mark those that stay together."""
    for item in items:
        if _stays_with_its_module(item):
            item.add_marker(pytest.mark.xdist_group(f"{item.path.stem}-{_backend(item)}"))
    items.sort(key=_place)
    loading = {_backend(item): item for item in reversed(items) if DEMONSTRATION in _names(item)}
    items.sort(key=lambda item: (_turn(item), item is not loading.get(_backend(item))))


def _stays_with_its_module(item: pytest.Item) -> bool:
    names = _names(item)
    if not SERVED_ONCE.isdisjoint(names):
        return True
    module = getattr(item, "module", None)
    return "site" in names and not getattr(module, "ONLY_READS", False)


def _place(item: pytest.Item) -> tuple[int, int]:
    """The database's turn, then how much the test takes: server, crawl, browser, the rest."""
    return _turn(item), _weight(item)


def _turn(item: pytest.Item) -> int:
    backend = _backend(item)
    return BACKENDS.index(backend) if backend in BACKENDS else len(BACKENDS)


def _weight(item: pytest.Item) -> int:
    if item.path.stem == CRAWL:
        return 1
    if "browser" in item.path.parts:
        return 2
    return 0 if item.get_closest_marker("server") else 3


def _names(item: pytest.Item) -> Sequence[str]:
    """The fixtures it uses."""
    return getattr(item, "fixturenames", ())


def _backend(item: pytest.Item) -> str:
    called = getattr(item, "callspec", None)
    return str(called.params.get("backend", "")) if called else ""
