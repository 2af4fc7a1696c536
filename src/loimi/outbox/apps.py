from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Outbox(AppConfig):
    name = "loimi.outbox"

    def ready(self) -> None:
        # Tasks register themselves where they are written, which is in the rooms' actions.
        autodiscover_modules("actions")
