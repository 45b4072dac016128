"""Finds, in the program's own text, every action and kind of object that the record gets."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECORD = ("outreach.database.audit", "record")
Function = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Module:
    """A module with the names that it imports functions under."""

    name: str
    tree: ast.Module
    imported: dict[str, Function]
    functions: tuple[tuple[ast.FunctionDef, tuple[ast.Call, ...]], ...]

    def called(self, call: ast.Call) -> Function | None:
        """The function of ours that a call is of, as far as its name tells."""
        if isinstance(call.func, ast.Name):
            return self.imported.get(call.func.id, (self.name, call.func.id))
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            owner = self.imported.get(call.func.value.id)
            return None if owner is None else (".".join(owner), call.func.attr)
        return None


def modules() -> list[Module]:
    """Every module of the program."""
    return [_module(path) for path in sorted((ROOT / "outreach").rglob("*.py"))]


def actions(program: list[Module]) -> Iterator[ast.expr]:
    """The expressions given as action, other than those that a helper only passes on."""
    recorders: dict[Function, int] = {RECORD: 1}
    while helpers := _helpers(program, recorders):
        recorders |= helpers
    return (given for _, _, given, place in _all_given(program, recorders) if place is None)


def _helpers(program: list[Module], recorders: dict[Function, int]) -> dict[Function, int]:
    """Functions, not known yet, that pass one of their parameters on as the action."""
    found = {
        (module.name, function.name): place
        for module, function, _, place in _all_given(program, recorders)
        if place is not None
    }
    return {name: place for name, place in found.items() if name not in recorders}


def _all_given(
    program: list[Module], recorders: dict[Function, int]
) -> Iterator[tuple[Module, ast.FunctionDef, ast.expr, int | None]]:
    for module in program:
        for function, calls in module.functions:
            for given in _given(module, calls, recorders):
                yield module, function, given, _parameter(function, given)


def kinds(program: list[Module]) -> Iterator[ast.expr]:
    """The expressions given as kind of object."""
    for module in program:
        for call in _calls(module.tree):
            if module.called(call) == RECORD:
                yield from (_kind(word.value) for word in call.keywords if word.arg == "of")
            elif isinstance(call.func, ast.Name) and call.func.id == "Subject" and call.args:
                yield call.args[0]


def texts(found: ast.expr) -> list[str] | None:
    """The texts that an expression stands for, or None where that can't be read from it."""
    if isinstance(found, ast.Constant) and isinstance(found.value, str):
        return [found.value]
    if isinstance(found, ast.IfExp):
        sides = [texts(found.body), texts(found.orelse)]
        return None if None in sides else [text for side in sides for text in side or []]
    return None


def _kind(of: ast.expr) -> ast.expr:
    return of.elts[0] if isinstance(of, ast.Tuple) else of


def _given(
    module: Module, calls: tuple[ast.Call, ...], recorders: dict[Function, int]
) -> Iterator[ast.expr]:
    for call in calls:
        called = module.called(call)
        place = None if called is None else recorders.get(called)
        if place is not None and len(call.args) > place:
            yield call.args[place]


def _parameter(function: ast.FunctionDef, given: ast.expr) -> int | None:
    names = [argument.arg for argument in function.args.args]
    if isinstance(given, ast.Name) and given.id in names:
        return names.index(given.id)
    return None


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _module(path: Path) -> Module:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    functions = tuple(
        (node, tuple(_calls(node))) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    )
    return Module(name, tree, imported, functions)
