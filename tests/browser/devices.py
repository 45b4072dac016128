"""Telephones whose profile survives closing, and what the server has stored of them."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect
from sqlalchemy import create_engine, text

from tests.browser.conftest import FLAGS, LOGGER, PASSWORD, Site

Open: TypeAlias = Callable[[], BrowserContext]


def telephone(chromium: Browser, address: str, profile: Path) -> BrowserContext:
    """A browser on a profile that stays when it is closed."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return chromium.browser_type.launch_persistent_context(
        profile,
        executable_path=found,
        args=list(FLAGS),
        base_url=address,
        viewport={"width": 360, "height": 740},
        locale="sv-SE",
        reduced_motion="reduce",
    )


def readied(context: BrowserContext) -> Page:
    """A page on which the logger is signed in to stay, and the form works without a network."""
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("input[name=remember], input[name=stay]").check()
    page.locator("input[name=email]").fill(LOGGER)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    open_form(page)
    page.evaluate(
        """new Promise((done) => {
          const ask = () => (navigator.serviceWorker.controller ? done() : setTimeout(ask, 50));
          ask();
        })"""
    )
    return page


def open_form(page: Page, address: str = "/sessions/log") -> None:
    """The log form, with its script at work."""
    page.goto(address)
    expect(page.locator("[data-offline-ready]")).to_be_attached()


def open_queue(page: Page) -> None:
    """The queue, with its script at work."""
    page.goto("/sessions/queue")
    expect(page.locator("[data-offline-queue][data-ready]")).to_be_attached()


def fill_in(page: Page, *, head_count: int, place: int = 2) -> None:
    """The place and the head count; the rest is there."""
    page.select_option("select[name=place]", index=place)
    page.fill("input[name=head_count]", str(head_count))


def save(page: Page) -> None:
    """Press the first button that saves."""
    page.get_by_role("button", name="Spara", exact=True).first.click()


def log_without_network(page: Page, *, head_count: int) -> None:
    """One more session for the queue."""
    open_form(page)
    fill_in(page, head_count=head_count)
    save(page)
    expect(page.get_by_role("heading", name="Sparat på den här enheten")).to_be_visible()


def summary(page: Page) -> str:
    """What the queue says of itself."""
    return page.locator("[data-part=summary]").inner_text()


def of_file(records: list[dict[str, object]]) -> FilePayload:
    """A file of sessions as the queue saves it."""
    content = json.dumps({"format": "outreach-sessions-1", "records": records})
    return {"name": "sessions.json", "mimeType": "application/json", "buffer": content.encode()}


def record_like(page: Page, *, head_count: int, key: str | None = None) -> dict[str, object]:
    """A record as the open form would make it."""
    fields = page.evaluate(
        """() => {
          const found = {};
          for (const [name, value] of new FormData(document.querySelector("[data-offline-form]")))
            if (!["csrf_token", "key", "version"].includes(name)) (found[name] ??= []).push(value);
          return found;
        }"""
    )
    filled = {name: values for name, values in fields.items() if values != [""]}
    return {"key": key or str(uuid4()), "fields": filled | {"head_count": [str(head_count)]}}


def stored_heads(site: Site) -> list[int]:
    """The head counts of all sessions that the server has, in the order they came."""
    engine = create_engine(site.environment["DATABASE_URL"])
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT head_count FROM training_session ORDER BY id"))
        found = [row.head_count for row in rows]
    engine.dispose()
    return found
