"""Asks a server for exactly what is said, as no browser would."""

from __future__ import annotations

import http.client
from dataclasses import dataclass

from audit.nginx import Served


@dataclass(frozen=True)
class Answer:
    """What came back. Names of headers are in small letters; a header that came twice is joined by ``||``."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(server: Served, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """One request. Underscores in the names of headers stand for hyphens."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {"Accept-Encoding": "identity", **sent})
        answer = connection.getresponse()
        found: dict[str, str] = {}
        for name, value in answer.getheaders():
            known = found.get(name.lower())
            found[name.lower()] = value if known is None else f"{known}||{value}"
        return Answer(answer.status, found, answer.read())
    finally:
        connection.close()
