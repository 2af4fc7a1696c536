"""Django's settings, made from the environment. What an installation sets: docs/reference."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from loimi.config import databases, environment

ENVIRONMENT = environment.read()
DATA = ENVIRONMENT.data.resolve()
SOURCE = Path(__file__).resolve().parents[1]
IS_DEMO = False  # only config/demo/settings.py says otherwise; no variable can

# Made by `config.folder.prepare`, which each command calls before Django starts.
SECRET_KEY = ENVIRONMENT.secret or (
    (DATA / "secret").read_text() if (DATA / "secret").exists() else ""
)
DEBUG = False
ALLOWED_HOSTS = ENVIRONMENT.hosts
PUBLIC_URL = ENVIRONMENT.public_url

INSTALLED_APPS = [
    # Rooms, from the entrance down.
    "loimi.workspace",
    "loimi.people",
    "loimi.outbox",
    "loimi.base",
    # Other people's.
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
]
MIDDLEWARE = [
    "loimi.base.middleware.kept_by_nobody_else",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "loimi.base.middleware.refused_requests",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "loimi.config.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "loimi.base.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "loimi.base.templatetags.look",
            ],
        },
    }
]
FORM_RENDERER = "loimi.base.forms.Renderer"

DATABASES = {"default": databases.connection(ENVIRONMENT.database_url, DATA)}
IS_SQLITE = not ENVIRONMENT.database_url
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sessions stay out of the durable database where that is one file with one writer.
SESSION_ENGINE = f"django.contrib.sessions.backends.{'file' if IS_SQLITE else 'db'}"
SESSION_FILE_PATH = str(DATA / "sessions")
SESSION_COOKIE_AGE = 30 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "workspace:front"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.is_secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "loimi.base.views.form_expired"
SECURE_PROXY_SSL_HEADER = None  # uvicorn reads it, and only from LOIMI_PROXIES

LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("fi", "suomi"), ("en", "English"), ("sv", "svenska")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_I18N = USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone.key

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
FILE_UPLOAD_TEMP_DIR = str(DATA / "spool")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {"BACKEND": "loimi.config.static.NamedByContent"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        "loimi": {"level": "INFO"},
        "django": {"handlers": [], "propagate": True},
        # A missing page or a mistyped host name is the visitor's, not the server's.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
