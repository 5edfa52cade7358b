"""What a page asks for, and of what the browser complains meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from audit.finding import Finding
from audit.plan import Visit


class Watch:
    """Listens to a page from its first request on.

    Attributes:
        requested: the addresses asked for over the network, in order.
    """

    def __init__(self, page: Page, base: str) -> None:
        self.requested: list[str] = []
        self._host = urlsplit(base).netloc
        self._hits: list[tuple[str, str, str]] = []
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("requestfailed", self._failed)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._hits.append(("console error", str(error), "")))

    def findings(self, visit: Visit) -> Iterator[Finding]:
        """What was noted."""
        for rule, message, place in self._hits:
            yield Finding(rule, message, place, visit.page, visit.mode.name)

    def _leaves(self, address: str) -> bool:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self._host

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).scheme in {"http", "https", "ws", "wss"}:
            self.requested.append(request.url)
        if self._leaves(request.url):
            self._hits.append(("leaves the host", "Something is fetched from another host.", request.url))

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._fail(response.url, f"answered with {response.status}")

    def _failed(self, request: Request) -> None:
        if not self._leaves(request.url):
            self._fail(request.url, str(request.failure))

    def _fail(self, address: str, why: str) -> None:
        self._hits.append(("failed request", f"A request failed: {why}.", urlsplit(address).path))

    def _console(self, said: ConsoleMessage) -> None:
        # That something could not be fetched is noted above, once.
        if said.type == "error" and not said.text.startswith("Failed to load resource"):
            self._hits.append(("console error", said.text, ""))
