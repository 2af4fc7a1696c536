from django.apps import AppConfig


class Workspace(AppConfig):
    name = "loimi.workspace"
