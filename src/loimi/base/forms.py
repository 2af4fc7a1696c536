"""How a form is drawn, label, help, input, error, in that order, and what it says of faults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.forms.renderers import BaseRenderer, EngineMixin
from django.template.backends.django import DjangoTemplates
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

DJANGOS_OWN = Path(forms.__file__).parent / "templates"

# What is said after "Fix: " instead of Django's own words, by the kind of field and the fault.
WORDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("fill in this field.")},
    forms.CharField: {
        "min_length": _("write at least %(limit_value)d characters."),
        "max_length": _("shorten the text to %(limit_value)d characters."),
    },
    forms.EmailField: {"invalid": _("the address is not whole; it looks like name@place.example.")},
    forms.URLField: {
        "invalid": _("the address is not whole; it looks like https://place.example.")
    },
    forms.IntegerField: {
        "invalid": _("write a whole number, for example 3."),
        "min_value": _("the number must be at least %(limit_value)s."),
        "max_value": _("the number must be at most %(limit_value)s."),
    },
    forms.FloatField: {"invalid": _("write a number.")},
    forms.DecimalField: {"invalid": _("write a number.")},
    forms.DateField: {"invalid": _("write a day, for example 2026-05-21.")},
    forms.TimeField: {"invalid": _("write a time, for example 16:30.")},
    forms.BooleanField: {"required": _("tick this to go on.")},
    forms.ChoiceField: {
        "required": _("choose one."),
        "invalid_choice": _("choose one of those that are offered."),
    },
    forms.MultipleChoiceField: {"required": _("choose at least one.")},
    forms.FileField: {
        "required": _("choose a file."),
        "empty": _("the file is empty. Choose another."),
        "invalid_extension": _("choose a file that ends in one of these: %(allowed_extensions)s."),
    },
    forms.ImageField: {
        "invalid_image": _("this picture does not open. Choose another."),
        "invalid_extension": _("this picture does not open. Choose another."),
    },
}
DJANGOS = {
    id(words)
    for kind in vars(forms).values()
    for words in getattr(kind, "default_error_messages", {}).values()
}


@dataclass(frozen=True)
class Choice:
    """A choice that explains itself: the label of a radio or checkbox, and a line under it."""

    label: str | Promise
    explanation: str | Promise

    def __str__(self) -> str:
        return str(self.label)


class BoundField(forms.BoundField):
    """A field of any form of the house: it speaks as we do, and knows when its file is lost."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        for part in (field, *getattr(field, "fields", ())):
            _reword(part)

    @property
    def is_file_lost(self) -> bool:
        """Tell whether a good file was sent that a browser does not keep when the form returns."""
        is_file = self.field.widget.needs_multipart_form
        return bool(is_file and self.form.errors and self.data and not self.errors)

    @property
    def aria_describedby(self) -> str | None:
        """Name what describes the input; the line about the lost file too."""
        named = super().aria_describedby
        return f"{named} {self.auto_id}_again".strip() if self.is_file_lost else named


def _reword(field: forms.Field) -> None:
    """Put our words where Django's stand; what a room or a form says itself is kept."""
    ours: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        ours |= WORDS.get(kind, {})
    for fault, words in ours.items():
        said = field.error_messages.get(fault)
        if said is None or id(said) in DJANGOS:
            field.error_messages[fault] = words


class Renderer(EngineMixin, BaseRenderer):
    """Draws forms with our templates, and inputs with Django's where we have none."""

    backend = DjangoTemplates
    bound_field_class = BoundField
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
