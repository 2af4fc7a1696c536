"""Language and theme, errors, and what a browser keeps for the time without a connection."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from django.views.decorators.http import require_POST

from loimi.base import views
from loimi.base.doors import public
from loimi.base.templatetags.look import STYLES


@public
def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


@public
def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@public
def tangles(request: HttpRequest) -> HttpResponse:
    raise BadRequest


@public
@require_POST
def only_sent(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


urlpatterns = [
    path("breaks/", breaks),
    path("only-sent/", only_sent),
    path("refuses/", refuses),
    path("tangles/", tangles),
    path("", include("loimi.config.urls")),
]
handler400, handler403 = views.bad_request, views.refused
handler404, handler500 = views.missing, views.broken

HEADINGS = {
    "/tangles/": (
        400, "Langat menivät sotkuun", "The threads got tangled", "Trådarna trasslade ihop sig",
    ),
    "/only-sent/": (
        405, "Tämä osoite ei avaudu näin", "This address is not opened this way",
        "Den här adressen öppnas inte så här",
    ),
    "/refuses/": (
        403, "Et pääse tälle sivulle", "You cannot open this page",
        "Du kan inte öppna den här sidan",
    ),
    "/nowhere/": (404, "Tätä sivua ei ole", "This page is not here", "Den här sidan finns inte"),
    "/breaks/": (500, "Meiltä katkesi lanka", "A thread broke at our end", "En tråd brast hos oss"),
    "/offline/": (200, "Yhteys on poikki", "The connection is broken", "Anslutningen är bruten"),
}  # fmt: skip
REFUSED = {
    408: (
        "Lähettäminen kesti liian kauan",
        "The sending took too long",
        "Det tog för länge att skicka",
    ),
    413: ("Tiedosto on liian suuri", "That is too large", "Filen är för stor"),
    507: ("Tila loppui kesken", "We have run out of room", "Utrymmet tog slut"),
}
LANGUAGES = ("fi", "en", "sv")


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def signed_in(db: None, visitor: Client) -> Client:
    words = {"name": "Alice Lind", "email": "alice@kaarna.example"}
    person = get_user_model().objects.create(joined_at=datetime.now(UTC), **words)
    visitor.force_login(person)
    return visitor


def heading(answer: Any) -> str:
    return answer.content.decode().split("<h1>")[1].split("</h1>")[0].strip()


@pytest.fixture
def own_routes() -> Any:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.parametrize("n", range(3), ids=LANGUAGES)
@pytest.mark.parametrize("address", HEADINGS)
def test_each_error_says_what_happened_in_each_language(
    visitor: Client, own_routes: None, address: str, n: int
) -> None:
    answer = visitor.get(address, headers={"accept-language": LANGUAGES[n]})
    status, *headings = HEADINGS[address]
    page = answer.content.decode()
    assert (answer.status_code, heading(answer)) == (status, headings[n])
    assert answer["Content-Language"] == LANGUAGES[n]
    assert f'<html lang="{LANGUAGES[n]}">' in page
    assert page.count("<li>") >= 2, "says what to do"


@pytest.mark.parametrize("n", range(3), ids=LANGUAGES)
@pytest.mark.parametrize("status", REFUSED)
def test_what_the_entrance_refused_has_a_page(visitor: Client, status: int, n: int) -> None:
    scope: Any = {"loimi.refused": status}
    asked = {"asgi.scope": scope, "HTTP_ACCEPT_LANGUAGE": LANGUAGES[n]}
    answer = visitor.post("/", **asked)
    assert (answer.status_code, heading(answer)) == (status, REFUSED[status][n])


def test_too_large_says_the_limit(visitor: Client) -> None:
    scope: Any = {"loimi.refused": 413}
    answer = visitor.post("/", **{"asgi.scope": scope, "HTTP_ACCEPT_LANGUAGE": "en"})
    assert f"at most {settings.ENVIRONMENT.upload_limit} megabytes" in answer.content.decode()


def test_a_request_that_was_taken_in_goes_on(visitor: Client) -> None:
    scope: Any = {}
    assert visitor.get("/offline/", **{"asgi.scope": scope}).status_code == 200


def test_an_expired_form_says_how_to_send_it_again() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/styleguide/", headers={"accept-language": "en"})
    assert (answer.status_code, heading(answer)) == (403, "This form has expired")
    assert answer["Loimi-Form"] == "expired"
    assert b"data-goes-back hidden>Back to the form</button>" in answer.content


def test_an_old_page_may_still_change_its_language() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/appearance/", {"language": "sv", "next": "/#language-switch"})
    assert (answer.status_code, answer["Location"]) == (302, "/#language-switch")
    assert b"csrf" not in strict.get("/offline/").content


def test_what_only_takes_forms_still_says_so_to_machines(visitor: Client, own_routes: None) -> None:
    answer = visitor.get("/only-sent/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert visitor.post("/only-sent/").content == b"taken"


def test_a_fault_is_told_though_database_and_session_are_broken(
    signed_in: Client, own_routes: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise RuntimeError("the database is gone")

    signed_in.cookies["theme"] = "dark"
    signed_in.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"
    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        broken.setattr("django.contrib.sessions.backends.base.SessionBase._get_session", refuse)
        answer = signed_in.get("/")
    assert (answer.status_code, heading(answer)) == (500, "En tråd brast hos oss")
    assert '<html lang="sv" data-theme="dark">' in answer.content.decode()


def test_a_missing_page_keeps_the_menu_of_the_signed_in(signed_in: Client) -> None:
    answer = signed_in.get("/nowhere/", headers={"accept-language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert ("Alice Lind" in page, 'aria-label="Main menu"' in page) == (True, True)


@pytest.mark.parametrize("chosen", ["fi", "en", "sv"])
def test_the_language_stays(visitor: Client, chosen: str) -> None:
    answer = visitor.post("/appearance/", {"language": chosen, "next": "/offline/?a=1"})
    cookie = answer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (answer.status_code, answer["Location"]) == (302, "/offline/?a=1")
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["secure"]) == (
        chosen,
        True,
        "Lax",
        settings.LANGUAGE_COOKIE_SECURE or "",
    )
    assert f'<html lang="{chosen}">' in visitor.get("/offline/").content.decode()


@pytest.mark.parametrize(
    ("chosen", "said"), [("light", ' data-theme="light"'), ("dark", ' data-theme="dark"'), ("", "")]
)
def test_the_theme_stays(visitor: Client, chosen: str, said: str) -> None:
    visitor.cookies["theme"] = "dark"
    answer = visitor.post("/appearance/", {"theme": chosen, "language": "en"})
    assert answer.cookies["theme"].value == chosen
    assert f'<html lang="en"{said}>' in visitor.get("/offline/").content.decode()


def test_what_nobody_offered_is_not_kept(visitor: Client) -> None:
    answer = visitor.post("/appearance/", {"theme": "pink", "language": "xx"})
    assert (answer.status_code, answer["Location"], list(answer.cookies)) == (302, "/", [])
    visitor.cookies["theme"] = '"><script>'
    assert b"<script>" not in visitor.get("/offline/").content


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", ""],
)
def test_the_way_back_leads_nowhere_else(visitor: Client, elsewhere: str) -> None:
    assert visitor.post("/appearance/", {"next": elsewhere})["Location"] == "/"


def test_a_safe_site_is_not_left_for_an_unsafe_one(visitor: Client) -> None:
    back = {"next": "http://testserver/offline/"}
    assert visitor.post("/appearance/", back, secure=True)["Location"] == "/"


def test_the_offline_page_and_its_script_hold_nothing_personal(signed_in: Client) -> None:
    for address in ("/offline/", "/service-worker.js"):
        assert b"Alice" not in signed_in.get(address).content


def test_the_service_worker_keeps_the_page_and_its_styles(visitor: Client) -> None:
    answer = visitor.get("/service-worker.js")
    script = answer.content.decode()
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in answer["Cache-Control"]
    kept = (*STYLES, "base/back.js")
    assert [name for name in kept if f"/static/{name}" not in script] == []


def version(script: bytes) -> str:
    return script.decode().split("Kept now: ")[1].split(".")[0]


def test_the_kept_page_is_renewed_with_language_and_theme(visitor: Client) -> None:
    def seen(language: str, theme: str) -> str:
        visitor.cookies["theme"] = theme
        asked = {"accept-language": language}
        return version(visitor.get("/service-worker.js", headers=asked).content)

    looks = [(language, theme) for language in LANGUAGES for theme in ("", "dark")]
    assert len({seen(*look) for look in looks}) == len(looks)
    assert seen("fi", "") == seen("fi", "")


def test_the_manifest_names_the_place(visitor: Client) -> None:
    answer = visitor.get("/site.webmanifest", headers={"accept-language": "sv"})
    words: dict[str, Any] = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (words["name"], words["lang"], words["start_url"]) == ("Loimi", "sv", "/")
