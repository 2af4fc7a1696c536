from django.apps import AppConfig


class Base(AppConfig):
    name = "loimi.base"
