"""Other people's doors and models, each with what it would have declared as ours."""

from __future__ import annotations

from loimi.base.doors import Door
from loimi.base.personal import INSIDE, Impersonal, Personal

EVERYONE = Door(key=None)

# Addresses that Starlette answers before Django is asked.
ENTRANCE = {
    "/healthz": EVERYONE,
    "/readyz": EVERYONE,
    # Refused until conversations fill it; then each topic declares its own key.
    "/live": EVERYONE,
    "/static": EVERYONE,
}

# Views of installed packages, by their address name.
DOORS: dict[str, Door] = {}

# Models of installed packages.
MODELS = {
    "contenttypes.ContentType": Impersonal("Names of our own tables."),
    "auth.Permission": Impersonal("Comes with Django's sign-in; Loimi decides by keys."),
    "auth.Group": Impersonal("Comes with Django's sign-in; Loimi decides by keys."),
    "sessions.Session": Personal(
        whose=INSIDE,
        why="To keep a person signed in. Only an installation on PostgreSQL has rows here.",
        keep="Thirty days after the last visit.",
        fields=("session_key", "session_data"),
        exported=(),
        other=("expire_date",),
    ),
}
