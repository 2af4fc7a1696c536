"""What a visitor does: choose a language and a theme, walk by keyboard, lose the connection."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support import browser

pytestmark = pytest.mark.browser

STOPS = """() => {
  const it = document.activeElement;
  const ring = getComputedStyle(it);
  const choice = it.closest(".choice");
  const around = choice ? getComputedStyle(choice) : ring;
  const has = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
  const seen = has(ring) || has(around);
  return it === document.body ? null : [it.outerHTML.slice(0, 120), seen];
}"""


def language_of(page: Page) -> str | None:
    return page.locator("html").get_attribute("lang")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_language_stays(chromium: Browser, address: str, scripts: bool) -> None:
    with browser.page(chromium, address, scripts=scripts) as page:
        page.goto(f"{address}/styleguide/?one=1")
        assert language_of(page) == "fi"
        page.get_by_role("button", name="svenska").click()
        page.wait_for_load_state()
        # Without scripts the address leads back to the switch; with them the focus does.
        place = "" if scripts else "#language-switch"
        assert (page.url, language_of(page)) == (f"{address}/styleguide/?one=1{place}", "sv")
        if scripts:
            expect(page.get_by_role("button", name="svenska")).to_be_focused()
        page.goto(address + "/")
        assert language_of(page) == "sv"
        page.goto(address + "/no-such-page/")
        assert language_of(page) == "sv"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_theme_stays(chromium: Browser, address: str, scripts: bool) -> None:
    with browser.page(chromium, address, scripts=scripts) as page:
        page.goto(address + "/styleguide/")
        assert page.locator("html").get_attribute("data-theme") is None
        page.get_by_label("Sähköposti").first.fill("aino@")
        with page.expect_response("**/appearance/"):
            page.get_by_role("button", name="Tumma").click()
        expect(page.get_by_role("button", name="Tumma")).to_have_attribute("aria-pressed", "true")
        assert page.get_by_label("Sähköposti").first.input_value() == ("aino@" if scripts else "")
        page.goto(address + "/styleguide/")
        assert page.locator("html").get_attribute("data-theme") == "dark"
        with page.expect_response("**/appearance/"):
            page.get_by_role("button", name="Laitteen mukaan").click()
        page.goto(address + "/")
        assert page.locator("html").get_attribute("data-theme") is None


def test_a_language_is_not_changed_over_what_was_typed(chromium: Browser, address: str) -> None:
    with browser.page(chromium, address) as page:
        page.goto(address + "/styleguide/")
        subject = page.get_by_label("Mistä haluat puhua?")
        subject.fill("Kesätyöstä")
        page.get_by_role("button", name="svenska").click()
        page.get_by_role("dialog").get_by_role("button", name="Jatka kirjoittamista").click()
        expect(page.get_by_role("button", name="svenska")).to_be_focused()
        expect(subject).to_have_value("Kesätyöstä")
        page.get_by_role("button", name="svenska").click()
        page.get_by_role("dialog").get_by_role("button", name="Vaihda kieli").click()
        page.wait_for_url("**/styleguide/")
        expect(page.locator("html")).to_have_attribute("lang", "sv")
        # Nothing typed: nothing to ask.
        page.get_by_role("button", name="suomi").click()
        expect(page.locator("html")).to_have_attribute("lang", "fi")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_dialog_that_an_address_opens_can_be_closed(
    chromium: Browser, address: str, scripts: bool
) -> None:
    with browser.page(chromium, address, scripts=scripts) as page:
        page.goto(address + "/styleguide/#end")
        dialog = page.locator("#end")
        expect(dialog).to_be_visible()
        dialog.locator("a").click()
        expect(dialog).to_be_hidden()
        page.locator("[data-opens=end]").click()
        expect(dialog).to_be_visible()


def test_what_is_pasted_is_whole_and_the_server_says_the_limit(
    chromium: Browser, address: str
) -> None:
    with browser.page(chromium, address) as page:
        page.goto(address + "/styleguide/")
        subject = page.get_by_label("Mistä haluat puhua?")
        subject.focus()
        page.keyboard.insert_text("x" * 700)
        page.get_by_role("button", name="Tarkista").click()
        expect(page.locator("#sample-form")).to_contain_text("lyhennä teksti 600 merkkiin.")
        assert len(subject.input_value()) == 700


@pytest.mark.parametrize("path", ["/", "/styleguide/"])
def test_every_stop_of_the_keyboard_shows_where_it_is(
    chromium: Browser, address: str, path: str
) -> None:
    with browser.page(chromium, address) as page:
        page.goto(address + path)
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        stops = []
        while (stop := page.evaluate(STOPS)) is not None and len(stops) < 150:
            stops.append(stop)
            page.keyboard.press("Tab")
        assert len(stops) > 5
        assert [markup for markup, is_seen in stops if not is_seen] == []


def test_the_skip_link_leads_to_the_content(chromium: Browser, address: str) -> None:
    with browser.page(chromium, address) as page:
        page.goto(address + "/styleguide/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


def test_without_a_connection_a_page_says_so_and_it_comes_back(
    chromium: Browser, address: str
) -> None:
    with browser.page(chromium, address, language="sv") as page:
        page.goto(address + "/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.reload()
        page.context.set_offline(True)
        page.goto(address + "/styleguide/")
        assert language_of(page) == "sv"
        offline = page.locator("h1").inner_text()
        styled = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
        assert "Palatino" in styled
        page.go_back()
        page.get_by_role("button", name="suomi").click()
        expect(page.locator("h1")).to_have_text(offline)
        page.get_by_role("button", name="Gå tillbaka").click()
        expect(page.locator("h1")).not_to_have_text(offline)
        page.context.set_offline(False)
        page.goto(address + "/styleguide/")
        assert page.locator("h1").inner_text() != offline


def test_a_person_enters_the_demo_and_leaves(chromium: Browser, address: str) -> None:
    with browser.page(chromium, address) as page:
        browser.enter(page, address, "Aino Ketola")
        expect(page.locator("h1")).to_contain_text("Aino")
        expect(page.locator(".masthead")).to_contain_text("Aino Ketola")
        page.get_by_role("button", name="Poistu").click()
        page.wait_for_load_state()
        expect(page.get_by_role("button", name="Aino Ketola")).to_be_visible()


def test_a_hurried_visitor_with_two_tabs_is_told_and_gets_on(
    chromium: Browser, address: str
) -> None:
    with browser.page(chromium, address) as page:
        page.goto(address + "/")
        second = page.context.new_page()
        browser.enter(second, address, "Aino Ketola")
        # Signing in has made the first tab's form old.
        page.get_by_role("button", name="Eero Salmi").click()
        expect(page.locator("h1")).to_have_text("Lomake ehti vanhentua")
        page.get_by_role("button", name="Palaa lomakkeeseen").click()
        expect(page.locator("h1")).to_contain_text("Aino")


def test_a_chosen_language_stays_when_one_enters(chromium: Browser, address: str) -> None:
    with browser.page(chromium, address) as page:
        browser.enter(page, address, "Noora Lindqvist")
        assert language_of(page) == "fi"


def test_a_slow_answer_keeps_the_button_and_a_lost_one_says_so(
    chromium: Browser, address: str
) -> None:
    with browser.page(chromium, address) as page:
        page.goto(address + "/styleguide/")
        waiting: list[Route] = []

        def hold(route: Route) -> None:
            waiting.append(route)

        page.route("**/styleguide/", hold)
        button = page.get_by_role("button", name="Tarkista")
        button.focus()
        button.press("Enter")
        expect(button).to_have_attribute("aria-busy", "true")
        expect(page.locator("#sending")).to_have_text("Lähetetään")
        button.press("Enter")
        page.wait_for_timeout(200)
        assert len(waiting) == 1
        waiting[0].fulfill(status=500)
        expect(page.get_by_role("alert")).to_contain_text("Meiltä katkesi lanka.")
        expect(page.locator("#sending")).to_have_text("")
        expect(button).not_to_have_attribute("aria-busy", "true")
        page.get_by_role("alert").get_by_role("button", name="Sulje").click()
        expect(button).to_be_focused()


def test_a_sample_form_sent_twice_in_a_hurry_is_sent_once(chromium: Browser, address: str) -> None:
    with browser.page(chromium, address) as page:
        page.goto(address + "/styleguide/")
        sent: list[str] = []
        page.on("request", lambda it: sent.append(it.url) if it.method == "POST" else None)
        form = page.locator("form:has(input[type=email])").first
        form.locator("button[type=submit], button:not([type])").first.dblclick()
        page.wait_for_load_state("networkidle")
        assert len(sent) == 1
