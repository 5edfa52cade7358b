"""nginx with the shipped configuration, driven: what a browser, a proxy and somebody who means harm get from it."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from audit import nginx
from audit.nginx import Served
from tests.deploy.asking import Answer, ask
from tests.deploy.conftest import FILES, Serve, write

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "strict-transport-security": "max-age=63072000",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "x-robots-tag": "noindex, nofollow",
}
HASHED = "/assets/apir.0123abcd.css"
# What nginx has looked up holds for a second of its clock, which counts whole ones.
HELD = 2.2
BROWSER = "gzip, deflate, br, zstd"


def judged(answer: Answer) -> Answer:
    """The same answer, if it carries every header of the policy, each once, and tells nothing of the server."""
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "screen-wake-lock=(self)" in answer.headers["permissions-policy"]
    assert answer.headers["server"] == "nginx"
    return answer


# --- what there is -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/sessions/als-3/", "text/html; charset=utf-8"),
        (HASHED, "text/css; charset=utf-8"),
        ("/assets/dates.js", "text/javascript; charset=utf-8"),
        ("/assets/favicon.svg", "image/svg+xml"),
        ("/assets/mark.png", "image/png"),
        ("/site.webmanifest", "application/manifest+json"),
        ("/calendar.ics", "text/calendar; charset=utf-8"),
        ("/feed_rss_created.xml", "application/xml; charset=utf-8"),
        ("/search/search_index.json", "application/json"),
        ("/downloads/references.bib", "application/x-bibtex; charset=utf-8"),
        ("/downloads/references.ris", "application/x-research-info-systems; charset=utf-8"),
        ("/downloads/references.csv", "text/csv; charset=utf-8"),
        ("/downloads/notes.md", "text/markdown; charset=utf-8"),
        ("/downloads/words.txt", "text/plain; charset=utf-8"),
        ("/downloads/programme.pdf", "application/pdf"),
        ("/downloads/programme.epub", "application/epub+zip"),
        ("/downloads/programme.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("/sitemap.xml.gz", "application/gzip"),
    ],
)
def test_each_kind_of_file_is_named_whether_packed_or_not(server: Served, path: str, kind: str) -> None:
    name = f"{path}index.html" if path.endswith("/") else path
    for accepted in ("identity", BROWSER):
        answer = judged(ask(server, path, Accept_Encoding=accepted))
        assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert ask(server, path).body.decode() == FILES[name.removeprefix("/")]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        (BROWSER, "br"),
        ("br", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("identity", None),
        ("", None),
        ("gzip;q=0", None),
    ],
)
def test_a_text_comes_as_it_was_packed(server: Served, accepted: str, encoding: str | None) -> None:
    answer = judged(ask(server, "/sessions/als-3/", Accept_Encoding=accepted))
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert int(answer.headers["content-length"]) == len(answer.body)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpack(answer.body).decode() == FILES["sessions/als-3/index.html"]


def test_one_tag_for_each_way_of_packing(server: Served) -> None:
    tags = {ask(server, "/", Accept_Encoding=accepted).headers["etag"] for accepted in ("br", "gzip", "identity")}
    assert len(tags) == 3


# --- how long it is kept ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        HASHED,
        "/assets/javascripts/search.0123abcd.min.js",
        "/search/fragment/en_0123abc.pf_fragment",
        "/search/index/en_0123abc.pf_index",
        "/search/1/index/en_0123abc.pf_index",
    ],
)
def test_a_file_named_by_its_content_is_kept_for_a_year(server: Served, path: str) -> None:
    for accepted in ("identity", BROWSER):
        answer = judged(ask(server, path, Accept_Encoding=accepted))
        assert answer.headers["cache-control"] == "max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path", ["/", "/sessions/als-3/", "/assets/dates.js", "/downloads/programme.pdf", "/search/pagefind-entry.json"]
)
@pytest.mark.parametrize("accepted", ["identity", "gzip", "br"])
def test_all_else_is_asked_for_again_and_not_sent_again(server: Served, path: str, accepted: str) -> None:
    first = judged(ask(server, path, Accept_Encoding=accepted))
    assert first.headers["cache-control"] == "no-cache"
    again = judged(ask(server, path, Accept_Encoding=accepted, If_None_Match=first.headers["etag"]))
    assert (again.status, again.body, again.headers["cache-control"]) == (304, b"", "no-cache")
    assert judged(ask(server, path, Accept_Encoding=accepted, If_None_Match='"other"')).status == 200
    since = judged(ask(server, path, Accept_Encoding=accepted, If_Modified_Since=first.headers["last-modified"]))
    assert since.status == 304


def test_a_wrong_address_is_never_kept(server: Served) -> None:
    answer = judged(ask(server, "/assets/apir.0123abce.css"))
    assert (answer.status, answer.headers["cache-control"]) == (404, "no-cache")


def test_a_part_of_a_file_can_be_had(server: Served) -> None:
    answer = judged(ask(server, "/downloads/programme.pdf", Range="bytes=0-1"))
    assert (answer.status, answer.body) == (206, b"%P")


def test_a_new_build_is_served_without_a_word_to_nginx(serve: Serve, tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    link = tmp_path / "site"
    link.symlink_to(tmp_path / "old")
    server = serve(link)
    assert ask(server, "/").body == b"old"
    (tmp_path / "next").symlink_to(tmp_path / "new")
    (tmp_path / "next").rename(link)
    time.sleep(HELD)
    assert {ask(server, "/").body for _ in range(20)} == {b"new"}


# --- what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "NONSENSE"])
@pytest.mark.parametrize("path", ["/", "/nowhere", "/healthz"])
def test_nothing_can_be_sent_or_changed(server: Served, method: str, path: str) -> None:
    answer = judged(ask(server, path, method, body=b""))
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_a_large_body_is_refused(server: Served) -> None:
    assert judged(ask(server, "/", "POST", body=b"x" * 5000)).status in {405, 413}
    assert judged(ask(server, "/", "GET", body=b"x" * 5000)).status == 413


def test_only_the_head_can_be_asked_for(server: Served) -> None:
    whole, head = ask(server, "/"), judged(ask(server, "/", "HEAD"))
    assert (head.status, head.body) == (200, b"")
    for name in ("content-type", "content-length", "etag", "cache-control"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/sessions/.draft.html",
        "/sessions/%2edraft.html",
        "/assets/dates.js.map",
        "/404.html",
        "/assets",  # a folder: with its slash it is nothing either
        "/assets/",
        "/sessions/",
        "/index.html/",
        "/nowhere",
        "/learning/apir/",
        "//etc/passwd",
        "/..%5c..%5cetc/passwd",
    ],
)
def test_what_is_not_for_readers_is_not_there(server: Served, path: str) -> None:
    answer = judged(ask(server, path))
    if answer.status == 301:
        answer = judged(ask(server, answer.headers["location"]))
    assert answer.status == 404
    assert b"Sessions</a>" in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/../nginx/nginx.conf",
        "/%2e%2e/nginx/nginx.conf",
        "/assets/../../nginx/nginx.conf",
        "/assets/..%2f..%2fnginx/nginx.conf",
        "/..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "/index.html%00.css",
        "/%",
    ],
)
def test_nobody_gets_out_of_the_site(server: Served, path: str) -> None:
    assert judged(ask(server, path)).status == 400


@pytest.mark.parametrize("path", ["/learning/apir../nginx/nginx.conf", "/learning/apir..%2fnginx/nginx.conf"])
def test_nobody_gets_out_of_the_site_below_a_path(mounted: Served, path: str) -> None:
    assert judged(ask(mounted, path)).status == 404


def test_too_long_an_address_is_refused_and_the_cookies_of_a_sign_in_are_not(server: Served) -> None:
    assert judged(ask(server, "/" + "a" * 40_000)).status == 414
    assert judged(ask(server, "/", X="a" * 40_000)).status == 400
    assert judged(ask(server, "/", Cookie="session=" + "a" * 20_000)).status == 200


def test_what_goes_wrong_inside_carries_the_policy_too(serve: Serve, tmp_path: Path) -> None:
    site = write(tmp_path / "site")
    with socket.socket(socket.AF_UNIX) as broken:
        # A file that is there and cannot be opened. Its path is short, since sockets allow no long one.
        here = Path.cwd()
        os.chdir(site)
        try:
            broken.bind("broken.html")
        finally:
            os.chdir(here)
        server = serve(site)
        assert judged(ask(server, "/broken.html")).status == 500
    (site / "404.html").unlink()
    time.sleep(HELD)
    assert judged(ask(server, "/nowhere")).status == 404


# --- where it is ---------------------------------------------------------------------------------------------


def test_an_address_without_its_slash_leads_to_the_page_by_path_alone(server: Served, mounted: Served) -> None:
    for host in ("apir.example.gov.uk", "evil.example"):
        found = judged(ask(server, "/sessions/als-3?from=mail", Host=host))
        assert (found.status, found.headers["location"]) == (301, "/sessions/als-3/?from=mail")
        found = judged(ask(mounted, "/learning/apir/sessions/als-3", Host=host))
        assert (found.status, found.headers["location"]) == (301, "/learning/apir/sessions/als-3/")
    found = judged(ask(mounted, "/learning/apir"))
    assert (found.status, found.headers["location"]) == (301, "/learning/apir/")


def test_the_same_files_are_served_below_a_path_and_nowhere_else(server: Served, mounted: Served) -> None:
    for name, text in FILES.items():
        if "/." in f"/{name}" or name.endswith((".map", "404.html")):
            continue
        assert ask(mounted, f"/learning/apir/{name}").body.decode() == text
        outside = ask(mounted, f"/{name}")
        assert (outside.status, outside.body) == (404, ask(mounted, "/nowhere").body)
    for path in ("/learning/apir/", "/learning/apir/sessions/als-3/"):
        assert judged(ask(mounted, path, Accept_Encoding=BROWSER)).headers["content-encoding"] == "br"
    for path in ("/", "/learning/", "/learning/apirs/", "/other/learning/apir/"):
        assert judged(ask(mounted, path)).status == 404


@pytest.mark.parametrize("below", ["nowhere", "a/b/c/", "sessions/als-9/index.html", "assets/gone.0123abcd.js"])
def test_the_page_for_wrong_addresses_leads_back_from_any_depth(server: Served, mounted: Served, below: str) -> None:
    as_built = FILES["404.html"]
    for accepted in ("identity", BROWSER):
        answer = judged(ask(server, f"/{below}", Accept_Encoding=accepted))
        assert (answer.status, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert answer.body.decode() == as_built
        moved = judged(ask(mounted, f"/learning/apir/{below}", Accept_Encoding=accepted))
        assert moved.status == 404
        expected = as_built.replace('="/', '="/learning/apir/').replace('": "/', '": "/learning/apir/')
        assert moved.body.decode() == expected


def test_the_links_of_a_site_that_was_built_for_its_path_are_not_moved_twice(serve: Serve, tmp_path: Path) -> None:
    site = write(tmp_path / "site")
    built = FILES["404.html"].replace('="/', '="/learning/apir/').replace('": "/', '": "/learning/apir/')
    (site / "404.html").write_text(built)
    answer = judged(ask(serve(site, "/learning/apir"), "/learning/apir/a/b"))
    assert (answer.status, answer.body.decode()) == (404, built)


# --- how it is watched ------------------------------------------------------------------------------------------


def test_the_health_address_says_whether_there_is_a_site(serve: Serve, mounted: Served, tmp_path: Path) -> None:
    assert (judged(ask(mounted, "/healthz")).status, ask(mounted, "/healthz").body) == (200, b"ok\n")
    server = serve(tmp_path / "site")
    answer = judged(ask(server, "/healthz"))
    assert (answer.status, answer.body) == (503, b"no site\n")
    write(tmp_path / "site")
    time.sleep(HELD)
    assert judged(ask(server, "/healthz")).status == 200


def test_the_log_tells_what_was_asked_and_nothing_of_who_asked(small: Path, tmp_path: Path, nginx_here: None) -> None:
    secret = dict.fromkeys(("User_Agent", "Referer", "Cookie", "Host"), "secret")
    with nginx.serving(small, tmp_path) as server:
        ask(server, "/sessions/als-3/?q=secret", **secret, X_Forwarded_For="203.0.113.7")
        ask(server, "/now%22here?q=secret", **secret)
        ask(server, "/?q=secret", "POST", body=b"secret", **secret)
        ask(server, "/%00?secret", **secret)
        ask(server, "/healthz")
        lines = server.log()
        assert server.process.stderr
        errors = server.process.stderr.read()
    # Each worker writes its own lines, so they come in any order.
    assert sorted((line["method"], line["path"], line["status"]) for line in lines) == [
        ("GET", "", 400),
        ("GET", "/now%22here", 404),
        ("GET", "/sessions/als-3/", 200),
        ("POST", "/", 405),
    ]
    assert all(set(line) == {"time", "method", "path", "status", "bytes", "seconds"} for line in lines)
    told = json.dumps(lines) + errors
    assert [word for word in ("secret", "127.0.0.1", "203.0.113.7") if word in told] == []


# --- as whom it runs ----------------------------------------------------------------------------------------------


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """One that everybody may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_it_runs_as_nobody_and_writes_to_two_folders_only(nginx_here: None, open_folder: Path) -> None:
    site = write(open_folder / "files")
    (site / "closed.html").write_text("Closed")
    (site / "closed.html").chmod(0)
    (open_folder / "server").mkdir()
    nobody = 65534 if os.geteuid() == 0 else None
    for path in open_folder.rglob("*"):
        if path.name not in {"closed.html", "tmp", "logs"}:
            path.chmod(0o555 if path.is_dir() else 0o444)
    (open_folder / "server").chmod(0o755)
    with nginx.serving(site, open_folder / "server", user=nobody) as server:
        before = {path for path in open_folder.rglob("*") if not {"tmp", "logs"} & set(path.parts)}
        assert judged(ask(server, "/", Accept_Encoding=BROWSER)).status == 200
        assert judged(ask(server, "/closed.html")).status == 403
        status = Path(f"/proc/{server.process.pid}/status").read_text() if nobody else ""
        assert ("Uid:\t65534\t65534\t65534\t65534" in status) == bool(nobody)
        assert {path for path in open_folder.rglob("*") if not {"tmp", "logs"} & set(path.parts)} == before
        assert sorted(line["status"] for line in server.log()) == [200, 403]
