from django.apps import AppConfig


class Outbox(AppConfig):
    name = "loimi.outbox"
