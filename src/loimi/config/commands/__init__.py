"""The commands of `./loimi`: each a module with SUMMARY, `arguments(parser)`, `run(options)`."""

from __future__ import annotations

import argparse
import ast
from importlib import import_module
from pathlib import Path
from types import ModuleType

# The order in which `./loimi` explains them.
COMMANDS = (
    "demo", "serve", "worker", "doctor",
    "test", "check", "bench", "prove", "shots", "texts", "docs", "manage",
)  # fmt: skip

INTRODUCTION = """Loimi: digital mentoring on your own server.

  ./loimi demo     try it with invented people, at http://localhost:8000
  ./loimi serve    run it for real
"""


def load(name: str) -> ModuleType:
    """Import one command; nothing else is imported for it."""
    return import_module(f"loimi.config.commands.{name}")


def summary(name: str) -> str:
    """Read what a command is for, without importing it: nothing may be installed yet."""
    folder = Path(__file__).parent
    path = folder / name / "__init__.py" if (folder / name).is_dir() else folder / f"{name}.py"
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SUMMARY":
            return str(ast.literal_eval(node.value))
    raise LookupError(f"{path} says no SUMMARY.")


def explain() -> str:
    """Say what each command is for."""
    lines = [f"  {name:8} {summary(name)}" for name in COMMANDS]
    return "\n".join([INTRODUCTION, "Commands (./loimi COMMAND --help tells more):", *lines])


def main(words: list[str]) -> int:
    """Run the command that `words` name; return its exit status."""
    if not words or words[0] in {"help", "-h", "--help"}:
        print(explain())
        return 0
    if words[0] not in COMMANDS:
        print(f"There is no command {words[0]!r}.\n\n{explain()}")
        return 2
    command = load(words[0])
    parser = argparse.ArgumentParser(prog=f"./loimi {words[0]}", description=command.SUMMARY)
    command.arguments(parser)
    if getattr(command, "HANDS_ON", False) and words[1:] not in (["-h"], ["--help"]):
        # What is meant for another program is not read here: options may stand first.
        options = argparse.Namespace(words=words[1:])
    else:
        options = parser.parse_args(words[1:])
    return int(command.run(options) or 0)
