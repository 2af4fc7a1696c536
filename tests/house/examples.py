"""An example of each address that needs a number or a name, so that its page can be weighed.

`EXAMPLES["meetings:detail"] = example` where `example()` makes what the page shows (as much as
it may ever show) and returns who looks and the address's arguments. Rooms bring their factories.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from loimi.people.models import Person

Example = Callable[[], tuple[Person, dict[str, Any]]]

EXAMPLES: dict[str, Example] = {}
