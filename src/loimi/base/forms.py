"""How a form is drawn: label, help, input, error, in that order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.conf import settings
from django.forms.renderers import BaseRenderer, EngineMixin
from django.template.backends.django import DjangoTemplates
from django.utils.functional import Promise, cached_property

DJANGOS_OWN = Path(forms.__file__).parent / "templates"


@dataclass(frozen=True)
class Choice:
    """A choice that explains itself: the label of a radio or checkbox, and a line under it."""

    label: str | Promise
    explanation: str | Promise

    def __str__(self) -> str:
        return str(self.label)


class Renderer(EngineMixin, BaseRenderer):
    """Draws forms with our templates, and inputs with Django's where we have none."""

    backend = DjangoTemplates
    form_template_name = "base/forms/form.html"
    field_template_name = "base/forms/field.html"

    @cached_property
    def engine(self) -> DjangoTemplates:
        """Look for a template in the rooms first, then in Django."""
        return DjangoTemplates(
            {
                "APP_DIRS": False,
                "DIRS": [DJANGOS_OWN],
                "NAME": "forms",
                "OPTIONS": {
                    "builtins": settings.TEMPLATES[0]["OPTIONS"]["builtins"],
                    "loaders": [
                        "django.template.loaders.app_directories.Loader",
                        "django.template.loaders.filesystem.Loader",
                    ],
                },
            }
        )
