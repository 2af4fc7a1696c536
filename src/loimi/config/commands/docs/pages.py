"""The pages of docs/reference, each made from what the code declares."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from loimi.config.commands.docs import house

MADE = "<!-- Written by ./loimi docs. Change the code, not this page. -->\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += [
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows
    ]
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Explain each command with its options."""
    from loimi.config.commands import COMMANDS, load

    parts = [MADE, "# Commands\n"]
    for name in COMMANDS:
        command = load(name)
        parser = argparse.ArgumentParser(prog=f"./loimi {name}", formatter_class=_narrow)
        command.arguments(parser)
        vars(parser)["color"] = False  # Python 3.14 would colour it on a terminal
        parts += [f"## {name}\n", f"{command.SUMMARY}\n", f"```\n{parser.format_help()}```\n"]
    return "\n".join(parts)


def _narrow(prog: str) -> argparse.HelpFormatter:
    # A fixed width, so that the page does not depend on whose terminal made it.
    return argparse.HelpFormatter(prog, width=96)


def settings() -> str:
    """List what an installation can set."""
    from loimi.config import environment

    rows = [
        (f"`{field.metadata['name']}`", f"`{_shown(field.default)}`", field.metadata["sentence"])
        for field in environment.declared()
    ]
    words = "Everything has a default; `./loimi serve` runs with none of them set.\n"
    return "\n".join(
        [MADE, "# Settings\n", words, _table(("variable", "default", "what it is"), rows)]
    )


def _shown(default: Any) -> str:
    return ",".join(default) if isinstance(default, tuple) else str(default)


def doors_and_keys() -> str:
    """List every address with its key, and every key with its sentence."""
    from loimi.base import keys

    doors = [
        (f"`{where}`", f"`{door.key}`" if door.key else "everyone") for where, door in house.doors()
    ]
    held = [(f"`{key.name}`", key.sentence) for key in keys.all_keys().values()]
    return "\n".join(
        [
            MADE,
            "# Doors and keys\n",
            "Login is the default. What a person may not see is missing (404);\n"
            "what they may not do is refused (403).\n",
            "## Doors\n",
            _table(("address", "who may come in"), doors),
            "## Keys\n",
            _table(("key", "who holds it"), held),
        ]
    )


def promises() -> str:
    """List the kinds of promises that the worker keeps."""
    rows = [(f"`{kind}`", key, sentence) for kind, key, sentence in house.tasks()]
    return "\n".join([MADE, "# Promises\n", _table(("kind", "for whom", "what is done"), rows)])


def signals_and_ports() -> str:
    """List what rooms announce and what they ask of those above."""
    signals = [(f"`{room}.{name}`", text) for room, name, text in house.signals()]
    ports = [(f"`{room}.{name}`", text) for room, name, text in house.ports()]
    return "\n".join(
        [
            MADE,
            "# Signals and ports\n",
            "Calls go down, signals go up. A port is filled by the room above in its `apps.py`.\n",
            "## Signals\n",
            _table(("signal", "sent when"), signals) if signals else "None yet.\n",
            "## Ports\n",
            _table(("port", "what it is for"), ports),
        ]
    )


def personal_data() -> str:
    """List what is kept about people: whose, why, how long."""
    from loimi.base.personal import Personal

    declared = list(house.declarations())
    rows = [
        (
            f"`{label}`",
            ", ".join(it.fields),
            it.why,
            it.keep,
            ", ".join(it.exported),
            it.erasure.value,
        )
        for label, it in declared
        if isinstance(it, Personal)
    ]
    others = [(f"`{label}`", it.why) for label, it in declared if not isinstance(it, Personal)]
    head = ("model", "fields", "why", "how long", "given to the person", "at erasure")
    return "\n".join(
        [
            MADE,
            "# Personal data\n",
            _table(head, rows),
            "## Tells nothing of anyone\n",
            _table(("model", "why"), others),
        ]
    )


def unexplained() -> list[str]:
    """List keys, signals, ports and promises that say no sentence about themselves."""
    from loimi.base import keys

    found = [f"key {key.name}" for key in keys.all_keys().values() if not key.sentence.strip()]
    found += [f"signal {room}.{name}" for room, name, text in house.signals() if not text]
    found += [f"port {room}.{name}" for room, name, text in house.ports() if not text]
    found += [f"promise {kind}" for kind, _key, sentence in house.tasks() if not sentence]
    return [f"{what} says no sentence about itself" for what in found]
