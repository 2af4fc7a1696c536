"""Tags of the look: woven pictures in templates."""

from django import template

register = template.Library()
