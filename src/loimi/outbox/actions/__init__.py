"""Writes of promises: making them, keeping them, tending the outbox."""

from loimi.outbox.actions.keeping import SHORTEST_PAUSE, Claim, claim, pause_after, perform
from loimi.outbox.actions.making import CHANNEL, SOON, NoTransaction, promise
from loimi.outbox.actions.tending import begin, promise_night, revive

__all__ = [
    "CHANNEL",
    "SHORTEST_PAUSE",
    "SOON",
    "Claim",
    "NoTransaction",
    "begin",
    "claim",
    "pause_after",
    "perform",
    "promise",
    "promise_night",
    "revive",
]
