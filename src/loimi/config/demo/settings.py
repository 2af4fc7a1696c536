"""The settings of a demo: those of a server, on a folder marked as a demo's."""

from django.core.exceptions import ImproperlyConfigured

from loimi.config.settings import *  # noqa: F403
from loimi.config.settings import DATA, IS_SQLITE, SOURCE, TEMPLATES

IS_DEMO = True
ROOT_URLCONF = "loimi.config.demo.urls"
TEMPLATES[0]["DIRS"] = [SOURCE / "config" / "demo" / "templates"]
TEMPLATES[0]["OPTIONS"]["context_processors"].append("loimi.config.demo.context.people")
LOCALE_PATHS = [SOURCE / "config" / "locale"]

# Entering as somebody must be impossible where real people are.
if not ((DATA / "demo").exists() and IS_SQLITE):
    raise ImproperlyConfigured("These settings are only for `./loimi demo`.")
