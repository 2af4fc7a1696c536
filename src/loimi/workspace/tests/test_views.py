"""The front page, today and the style guide, for a visitor and for one who has signed in."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

GOOD = {
    "sample-subject": "How I found my way to work",
    "sample-email": "aino@kaarna.example",
    "sample-places": "1",
    "sample-way": "online",
    "sample-languages": ["fi"],
    "sample-consent": "on",
}
LANGUAGES = ("fi", "en", "sv")
MODULES = ("toasts", "appearance", "tabs", "dialogs", "sending", "requests")


@pytest.fixture
def alice(db: None, client: Client) -> Client:
    words = {"name": "Alice Lind", "email": "alice@kaarna.example"}
    client.force_login(get_user_model().objects.create(joined_at=datetime.now(UTC), **words))
    return client


def heading(page: str) -> str:
    return page.partition("<h1>")[2].partition("</h1>")[0].strip()


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("fi", "Joku on jo kulkenut sen matkan, jota suunnittelet"),
        ("en", "Someone has already walked the path you are planning"),
        ("sv", "Någon har redan gått den väg som du planerar"),
    ],
)
def test_a_visitor_sees_what_this_place_is(client: Client, language: str, first: str) -> None:
    answer = client.get("/", headers={"accept-language": language})
    assert (answer.status_code, heading(answer.content.decode())) == (200, first)
    assert b"<nav" not in answer.content, "a visitor has no menu yet"


def test_the_front_page_leads_only_where_something_is(client: Client) -> None:
    page = client.get("/").content.decode()
    anchors = [link[1:] for link in re.findall(r'href="(#[^"]+)"', page)]
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []
    links = re.findall(r'<a[^>]* href="([^"#]+)"', page)
    assert [link for link in links if client.get(link).status_code != 200] == []


@pytest.mark.parametrize(
    ("language", "greeting"), [("fi", "Hei, Alice"), ("en", "Hello, Alice"), ("sv", "Hej, Alice")]
)
def test_whoever_is_in_sees_today(alice: Client, language: str, greeting: str) -> None:
    page = alice.get("/", headers={"accept-language": language}).content.decode()
    assert heading(page) == greeting
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', page) == ["/"]


@pytest.mark.parametrize("name", ["  ", "Karl-Johan von Kuusisaari"])
def test_any_name_is_greeted(alice: Client, name: str) -> None:
    get_user_model().objects.update(name=name)
    page = alice.get("/", headers={"accept-language": "en"}).content.decode()
    assert heading(page) == f"Hello, {(name.split() or [''])[0]}".strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_style_guide_is_whole_in_each_language(client: Client, language: str) -> None:
    answer = client.get("/styleguide/", headers={"accept-language": language})
    page = answer.content.decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert answer.status_code == 200
    assert len(ids) == len(set(ids))


def test_a_bad_form_comes_back_with_all_that_was_typed(client: Client) -> None:
    said = GOOD | {"sample-email": "aino@kaarna", "sample-subject": "Hm <b>&", "sample-places": "2"}
    answer = client.post("/styleguide/", said, headers={"accept-language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 things to fix" in page
    assert "<title>Fix: Style guide" in page
    assert ">\nHm &lt;b&gt;&amp;</textarea>" in page
    assert 'value="aino@kaarna"' in page
    assert '<option value="2" selected>' in page
    assert re.findall(r'value="(\w+)"[^>]*checked', page.split("</form>")[2]) != []


def test_a_good_form_is_thanked_for_and_emptied(client: Client) -> None:
    answer = client.post("/styleguide/", GOOD, headers={"accept-language": "en"})
    page = answer.content.decode()
    assert (answer.status_code, "All is well." in page) == (200, True)
    assert "aino@kaarna.example" not in page


@pytest.mark.parametrize(("said", "status"), [(GOOD, 200), ({}, 422)])
def test_the_same_view_gives_the_fragment(
    client: Client, said: dict[str, str], status: int
) -> None:
    asked = {"hx-request": "true", "accept-language": "en"}
    answer = client.post("/styleguide/", said, headers=asked)
    fragment = answer.content.decode()
    assert answer.status_code == status
    assert fragment.strip().startswith('<form class="stack loose" id="sample-form"')
    assert ("<hx-partial" in fragment) == (status == 200)
    assert len(gzip.compress(answer.content)) <= 10_000


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Fix: the file is 2.1 megabytes; choose one of 2 at most."),
        ("fi", "Korjaa: tiedosto on 2,1 megatavua. Valitse enintään 2 megatavun tiedosto."),
    ],
)
def test_a_file_too_large_is_refused_at_its_field(
    client: Client, language: str, words: str
) -> None:
    large = SimpleUploadedFile("large.txt", b"a" * (2 * 1024 * 1024 + 1))
    said = GOOD | {"sample-attachment": large}
    page = client.post("/styleguide/", said, headers={"accept-language": language})
    assert words in page.content.decode()
    small = GOOD | {"sample-attachment": SimpleUploadedFile("small.txt", b"a")}
    assert client.post("/styleguide/", small).status_code == 200


def test_a_file_of_another_kind_is_refused_at_its_field(client: Client) -> None:
    said = GOOD | {"sample-attachment": SimpleUploadedFile("setup.exe", b"a")}
    page = client.post("/styleguide/", said, headers={"accept-language": "en"}).content.decode()
    assert "Fix: choose a file that ends in one of these: jpg, jpeg, png, txt." in page
    assert 'accept=".jpg,.jpeg,.png,.txt"' in page


@pytest.mark.parametrize(
    ("language", "first"),
    [("fi", "Mentoroinnista"), ("en", "About mentoring"), ("sv", "Om mentorskap")],
)
def test_anybody_may_read_how_mentoring_goes(client: Client, language: str, first: str) -> None:
    page = client.get("/about/", headers={"accept-language": language}).content.decode()
    assert (heading(page), page.count("<details")) == (first, 3)


def test_today_leads_on_to_how_mentoring_goes(alice: Client) -> None:
    page = alice.get("/").content.decode()
    assert re.findall(r'<a class="button" href="([^"]+)"', page) == ["/about/"]
    assert '<a href="/about/" aria-current="page">' in alice.get("/about/").content.decode()


@pytest.mark.parametrize("address", ["/", "/about/", "/styleguide/"])
def test_the_first_page_is_light(client: Client, address: str) -> None:
    page = client.get(address).content
    names = set(re.findall(r'"/static/([^"]+\.(?:css|js|svg))"', page.decode()))
    modules = {f"base/{name}.js" for name in MODULES}
    files = [Path(str(finders.find(name))).read_bytes() for name in names | modules]
    assert sum(len(gzip.compress(part)) for part in [page, *files]) <= 60_000
