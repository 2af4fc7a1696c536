"""Keys: what a person may do, each a predicate with a name and a plain sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Predicate = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Key:
    """One ability: `opens(person, subject)` tells whether this person has it here."""

    name: str
    sentence: str
    opens: Predicate


_keys: dict[str, Key] = {}


def key(name: str, sentence: str) -> Callable[[Predicate], Predicate]:
    """Register a predicate `(person, subject)` as a key; the name is `room.verb`."""

    def register(predicate: Predicate) -> Predicate:
        if name in _keys:
            raise ValueError(f"Two keys are called {name}.")
        _keys[name] = Key(name, sentence, predicate)
        return predicate

    return register


def all_keys() -> dict[str, Key]:
    """Return every key by its name."""
    return dict(sorted(_keys.items()))


def opens(name: str, person: Any, subject: Any = None) -> bool:
    """Tell whether a person holds a key for this subject."""
    return _keys[name].opens(person, subject)
