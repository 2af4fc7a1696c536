"""A person: who they are to others and which language and time they live in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from loimi.base.personal import Personal


class People(models.Manager["Person"]):
    """The name Django's own sign-in looks up by."""

    def get_by_natural_key(self, email: str) -> Person:
        return self.get(email=email)


class Person(AbstractBaseUser):
    """Someone with an account. Roles come from participations, never from here."""

    name = models.CharField(max_length=150)
    email = models.EmailField(unique=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="fi")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    objects = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    personal = Personal(
        whose="",
        why="To let the person sign in and be known by name to those they work with.",
        keep="As long as the account.",
        fields=("name", "email", "language", "password", "last_login", "joined_at"),
        exported=("name", "email", "language", "last_login", "joined_at"),
        other=("is_active",),
    )

    def __str__(self) -> str:
        return self.name
