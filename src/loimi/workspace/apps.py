from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Workspace(AppConfig):
    name = "loimi.workspace"

    def ready(self) -> None:
        """Put the home page and what mentoring is into the menu."""
        from loimi.base import ports

        ports.register(ports.NavItem(_("Today"), "workspace:front", order=0))
        ports.register(ports.NavItem(_("About mentoring"), "workspace:about", order=900))
