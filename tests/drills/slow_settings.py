"""The settings of the slow drill: ours, with a few views that no installation has."""

from loimi.config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.drills.slow_urls"
