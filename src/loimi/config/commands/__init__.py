"""The commands of `./loimi`: each a module with SUMMARY, `arguments(parser)`, `run(options)`."""

from __future__ import annotations

import argparse
from importlib import import_module
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


def explain() -> str:
    """Say what each command is for."""
    lines = [f"  {name:8} {load(name).SUMMARY}" for name in COMMANDS]
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
    return int(command.run(parser.parse_args(words[1:])) or 0)
