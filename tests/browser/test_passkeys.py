"""A passkey, from saving it to signing in with nothing else."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD, Site

ONLY_READS = True  # but for its own person: whoever has a passkey is asked for it from then on
PERSON = "reporter2@demo.example"
pytestmark = pytest.mark.browser

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def home(context: BrowserContext, page: Page, site: Site) -> str:
    """The site under a name, which passkeys need, in a browser that has a screen lock."""
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return site.address.replace("127.0.0.1", "localhost")


def test_a_passkey_signs_in_by_itself(page: Page, home: str) -> None:
    page.goto(f"{home}/sign-in?next=/account")
    page.locator("#email").fill(PERSON)
    page.locator("#password").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form").first.get_by_role("button").click()
    page.goto(f"{home}/passkeys")
    page.locator("#name").fill("Min telefon")
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_text("Din passkey Min telefon är tillagd.")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{home}/sign-in?next=/account")
    page.get_by_role("button", name="Logga in med passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mitt konto")
    assert page.url == f"{home}/account"


def test_a_device_without_one_says_so_and_offers_the_password(page: Page, home: str) -> None:
    page.goto(f"{home}/sign-in")
    page.get_by_role("button", name="Logga in med passkey").click()
    expect(page.get_by_text("Det gick inte. Försök igen eller välj ett annat sätt.")).to_be_visible(
        timeout=70_000
    )
    page.get_by_role("link", name="Logga in med lösenordet i stället").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Logga in")
