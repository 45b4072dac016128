"""People of a test who each have a browser of their own."""

from playwright.sync_api import Browser

from tests.browser.conftest import Site, Watched


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, chromium: Browser, site: Site, *, width: int = 1440) -> None:
        self.context = chromium.new_context(
            base_url=site.address, locale="sv-SE", viewport={"width": width, "height": 900}
        )
        self.watched = Watched(self.context)
        self.page = self.context.new_page()

    def leave(self) -> None:
        """Close the browser, which must not have complained."""
        self.context.close()
        assert self.watched.complaints == []
