"""How a form is drawn: label, help, input, error, in that order."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws fields with our own templates."""
