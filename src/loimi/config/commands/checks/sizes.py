"""Sizes: tails, not medians, separate a house one likes to live in from one that one does not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

FUNCTION_MOST = 40
FUNCTION_95 = 20
FILE_MOST = 300
TEMPLATE_MOST = 120


def faults(root: Path) -> list[str]:
    """List what is larger than the house allows."""
    found = [
        f"{path.relative_to(root)}: {count} lines, {most} at most"
        for path, count, most in _files(root)
        if count > most
    ]
    found += [
        f"{where} {name}: {length} lines, {FUNCTION_MOST} at most"
        for where, name, length in functions(root)
        if length > FUNCTION_MOST
    ]
    if (high := _high(root)) > FUNCTION_95:
        found.append(f"95 of 100 functions have up to {high:.0f} lines, {FUNCTION_95} at most")
    return found


def summary(root: Path) -> str:
    """Say how large functions and files are."""
    lengths = sorted(length for _where, _name, length in functions(root))
    counts = sorted(count for path, count, _most in _files(root) if path.suffix == ".py")
    return (
        f"{len(lengths)} functions: median {lengths[len(lengths) // 2]} lines, "
        f"95 % up to {_high(root):.0f}, longest {lengths[-1]}. "
        f"{len(counts)} Python files: median {counts[len(counts) // 2]}, longest {counts[-1]}."
    )


def functions(root: Path) -> Iterator[tuple[str, str, int]]:
    """Give place, name and length of each function outside tests and migrations."""
    for path in _python(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                where = f"{path.relative_to(root)}:{node.lineno}"
                yield where, node.name, node.end_lineno - node.lineno + 1


def _high(root: Path) -> float:
    return quantiles([length for _where, _name, length in functions(root)], n=20)[-1]


def _python(root: Path) -> Iterator[Path]:
    for path in sorted((root / "src").rglob("*.py")):
        if "migrations" not in path.parts and "tests" not in path.parts:
            yield path


def _files(root: Path) -> Iterator[tuple[Path, int, int]]:
    source = root / "src"
    for path in [*source.rglob("*.py"), *root.glob("tests/**/*.py")]:
        if "migrations" not in path.parts:
            yield path, _lines(path), FILE_MOST
    for path in [*source.glob("*/static/**/*.css"), *source.glob("*/static/**/*.js")]:
        yield path, _lines(path), FILE_MOST
    for path in source.glob("**/templates/**/*.*"):
        yield path, _lines(path), TEMPLATE_MOST


def _lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")
