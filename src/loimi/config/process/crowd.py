"""How many connections may be open at a time, and which gives way when one more comes."""

from __future__ import annotations

import asyncio
import logging
import resource
import time

from uvicorn.server import ServerState

logger = logging.getLogger(__name__)

# Each one costs memory, whatever the system allows.
MOST = 5000
# Open files that are no visitor's: databases, logs, the loop; and room for those just closing.
OWN = 128
# A connection is one, and what it sends or uploads another.
EACH = 2
PAUSE_BETWEEN_LINES = 60.0


def allow_many() -> int:
    """Raise the limit of open files as far as helps; return how many connections it bears."""
    enough = OWN + EACH * MOST
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = enough if hard == resource.RLIM_INFINITY else min(hard, enough)
    if soft == resource.RLIM_INFINITY or soft > wanted:
        wanted = enough
    else:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return min(MOST, max(EACH, (wanted - OWN) // EACH))


class Crowd(ServerState):
    """What uvicorn knows of its connections, and in which order those without a request rest."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self.most = most
        self.resting: dict[asyncio.Transport, None] = {}
        self.said_at = -PAUSE_BETWEEN_LINES

    def rests(self, transport: asyncio.Transport) -> None:
        """Note that a connection has no request in progress from now on."""
        self.resting.pop(transport, None)
        if not transport.is_closing():
            self.resting[transport] = None

    def works(self, transport: asyncio.Transport) -> None:
        """Note that a connection has a request in progress, or is gone."""
        self.resting.pop(transport, None)

    def make_room(self, newcomer: asyncio.Transport) -> None:
        """Close the connection that rests longest when there are too many; else the newcomer."""
        if len(self.connections) <= self.most:
            return
        longest = next(iter(self.resting), newcomer)
        self.works(longest)
        longest.close()
        if time.monotonic() - self.said_at >= PAUSE_BETWEEN_LINES:
            self.said_at = time.monotonic()
            logger.warning("All %d connections are taken: those that rest give way", self.most)
