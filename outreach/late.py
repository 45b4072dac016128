"""Modules that are imported when something of them is asked for, and no sooner.

A web process rarely writes a workbook or draws a code, but would hold what that takes for as long
as it runs. Write the import under `TYPE_CHECKING`, so that types and layers are checked as always,
and give the name a `Late` module otherwise.
"""

from importlib import import_module


class Late:
    """Stands for a module, and imports it for the first look at what is in it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> object:
        return getattr(import_module(self._name), attribute)
