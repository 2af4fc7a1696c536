"""The form of the style guide: every kind of field, really validated, never kept."""

from __future__ import annotations

from math import ceil
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from loimi.base.forms import Choice

WAYS = [
    (
        "online",
        Choice(_("Online"), _("The video room opens in the browser; nothing is installed.")),
    ),
    ("face", Choice(_("Face to face"), _("You agree on the place between you."))),
    ("either", Choice(_("Either way"), _("You decide each time."))),
]
TONGUES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
PLACES = [("", _("Choose")), ("1", _("One")), ("2", _("Two")), ("0", _("No room just now"))]
MEGABYTE = 1024 * 1024
LARGEST = 2 * MEGABYTE
KINDS = ("jpg", "jpeg", "png", "txt")


class SampleForm(forms.Form):
    """What a person might tell when joining as a mentor."""

    prefix = "sample"

    subject = forms.CharField(
        label=_("What would you like to talk about?"),
        help_text=_("Two lines are enough, 600 characters at most."),
        min_length=10,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("write a line or two, so that the other one can prepare.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("without an address we cannot answer you.")},
    )
    places = forms.ChoiceField(
        label=_("Free places"),
        choices=PLACES,
        error_messages={"required": _("choose how many actors you have room for.")},
    )
    way = forms.ChoiceField(
        label=_("How would you like to meet?"),
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": _("choose one; you can change it later.")},
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=TONGUES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("choose at least one language.")},
    )
    attachment = forms.FileField(
        label=_("A picture or a short text about you"),
        help_text=_("A jpg, png or txt file of 2 megabytes at most. Here it is not kept."),
        required=False,
        validators=[FileExtensionValidator(KINDS)],
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)}),
    )
    number = forms.CharField(
        label=_("Student number"),
        help_text=_("Comes from signing in, so it cannot be changed here."),
        initial="2200123",
        disabled=True,
    )
    consent = forms.BooleanField(
        label=_("My name may be shown to the others in the programme"),
        help_text=_("You can take this back at any time."),
        error_messages={
            "required": _("if your name does not show, nobody can wish for you as a mentor.")
        },
    )

    def clean_attachment(self) -> Any:
        """Refuse a file that is too large, and say how large it was."""
        found = self.cleaned_data["attachment"]
        if found and found.size > LARGEST:
            megabytes = number_format(ceil(found.size * 10 / MEGABYTE) / 10, 1)
            raise ValidationError(
                _("the file is %(size)s megabytes; choose one of 2 at most."),
                params={"size": megabytes},
            )
        return found
