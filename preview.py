"""Makes handouts and the files for other programs when the preview is asked for one: a hook of MkDocs.

A build makes them all. A preview that did would make every edit slow, so here each is made of the page as it stands
now, at the moment when somebody follows a link to it.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from knowledge_base import catalogue

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# Python's own list lacks it on some machines.
mimetypes.add_type("application/epub+zip", ".epub")


def on_serve(server: Any, *, config: Any, **_: Any) -> Any:
    """Puts our answers before the server's; MkDocs calls it once, when the preview starts."""
    root = Path(config.config_file_path).parent
    server.set_app(answering(server.get_app(), root, Path(config.site_dir), server.mount_path))
    return server


def answering(app: App, root: Path, site: Path, mount: str) -> App:
    """A web application that makes what is asked for if it is a file that a build would make, and else asks another.

    Args:
        app: the other.
        root: the project's folder.
        site: the folder of the site as it was built last.
        mount: the path below which the site is served, with its closing slash.
    """
    # Imported here: every build runs this file, and only a preview needs what makes handouts.
    from knowledge_base.publish import handouts

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        # So the standard of web servers in Python (PEP 3333) hands an address over.
        asked = str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8", "replace")
        path = asked.removeprefix(mount) if asked.startswith(mount) else ""
        if path.endswith((".html", "/", ".css", ".js")) or path.startswith("livereload/") or not path:
            return app(environ, start)
        whole = catalogue.load(root)
        make = _maker(whole, root, site, path)
        if make is None:
            return app(environ, start)
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        try:
            made, status = make(), "200 OK"
        except handouts.HandoutError as error:
            made, status, kind = f"{error}\n".encode(), "500 Internal Server Error", "text/plain; charset=utf-8"
        headers = [("Content-Type", kind), ("Content-Length", str(len(made))), ("Cache-Control", "no-store")]
        start(status, headers)
        return [made]

    return answer


def _maker(whole: catalogue.Catalogue, root: Path, site: Path, path: str) -> Callable[[], bytes] | None:
    from knowledge_base.publish import exports, handouts
    from knowledge_base.publish.build import site_url

    if path in handouts.paths(whole):
        return lambda: handouts.make(whole, site, path, site_url(), root / ".cache" / "handouts")
    return exports.files(whole, site_url()).get(path)
