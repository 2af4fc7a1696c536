"""What the code declares: doors, tasks, signals, ports, personal data."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loimi.base.doors import Door, door_of
from loimi.base.personal import declared_by
from loimi.config import others, texts


def routes(patterns: Any = None, before: str = "/") -> Iterator[tuple[str, str, Any]]:
    """Give address, name and view of each Django route."""
    from django.urls import URLResolver, get_resolver

    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        where = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            for address, name, view in routes(pattern.url_patterns, where):
                full = f"{pattern.namespace}:{name}" if pattern.namespace else name
                yield address, full, view
        else:
            yield where, pattern.name or "", pattern.callback


def doors() -> Iterator[tuple[str, Door]]:
    """Give each address with its door, other people's and Starlette's too."""
    yield from others.ENTRANCE.items()
    for where, name, view in routes():
        door = door_of(view) or others.DOORS.get(name)
        if door is not None:
            yield where, door


def declarations() -> Iterator[tuple[str, Any]]:
    """Give each model's label with its declaration of personal data."""
    from django.apps import apps

    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        label = model._meta.label
        yield label, others.MODELS.get(label) or declared_by(model)


def tasks() -> Iterator[tuple[str, str, str]]:
    """Give each kind of promise with its key and its sentence."""
    from loimi.outbox import ports

    for kind, task in ports.all_tasks().items():
        key = f"`{task.key}`" if task.key else "the house itself"
        yield kind, key, (task.function.__doc__ or "").strip().split("\n")[0]


def signals() -> Iterator[tuple[str, str, str]]:
    """Give room, name and sentence of each signal; the sentence stands under it."""
    for path in sorted(texts.SOURCE.glob("*/signals.py")):
        for name, text in _assigned(path):
            yield path.parent.name, name, text


def ports() -> Iterator[tuple[str, str, str]]:
    """Give room, name and sentence of each public class and function in a room's ports."""
    kinds = (ast.ClassDef, ast.FunctionDef)
    for path in sorted(texts.SOURCE.glob("*/ports.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, kinds) and not node.name.startswith("_"):
                text = (ast.get_docstring(node) or "").split("\n")[0]
                yield path.parent.name, node.name, text


def _assigned(path: Path) -> Iterator[tuple[str, str]]:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    for node, following in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            text = ""
            if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
                text = str(following.value.value).split("\n")[0]
            yield node.targets[0].id, text
