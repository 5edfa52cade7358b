"""Two machines behind the server in front, as in its example: one is killed under load, then the other too."""

from __future__ import annotations

import http.client
import signal
import ssl
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from audit import nginx
from audit.nginx import SHIPPED, Served
from tests.deploy.conftest import FILES
from tests.deploy.test_nginx import HEADERS

MAIN = """daemon off;
pid tmp/nginx.pid;
error_log stderr alert;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path tmp/body; proxy_temp_path tmp/proxy; fastcgi_temp_path tmp/fastcgi;
    uwsgi_temp_path tmp/uwsgi; scgi_temp_path tmp/scgi;
    include {folder}/front.conf;
}}
"""
CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
    "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
).split()
PAGE = "sessions/als-3/index.html"
READERS, EACH = 4, 150


@dataclass(frozen=True)
class Front:
    """The server in front, and the machines behind it."""

    process: subprocess.Popen[str]
    port: int
    plain: int
    trust: ssl.SSLContext
    machines: tuple[Served, Served]

    def connect(self) -> http.client.HTTPSConnection:
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=self.trust)


@pytest.fixture
def front(nginx_here: None, small: Path, tmp_path: Path) -> Iterator[Front]:
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    subprocess.run(
        [*CERTIFICATE, "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    for name in ("one", "two", "tmp"):
        (tmp_path / name).mkdir()
    with ExitStack() as running:
        one, two = (running.enter_context(nginx.serving(small, tmp_path / name)) for name in ("one", "two"))
        port, plain = nginx.free_port(), nginx.free_port()
        text = (SHIPPED / "front.conf").read_text(encoding="utf-8")
        for shipped, here in (
            ("192.0.2.11:8080", f"127.0.0.1:{one.port}"),
            ("192.0.2.12:8080", f"127.0.0.1:{two.port}"),
            ("listen 443 ", f"listen 127.0.0.1:{port} "),
            ("listen 80;", f"listen 127.0.0.1:{plain};"),
            ("/etc/ssl/apir", str(tmp_path)),
            ("/srv/apir/nginx", str(SHIPPED)),
            ("/var/log/nginx", str(tmp_path)),
        ):
            assert shipped in text
            text = text.replace(shipped, here)
        (tmp_path / "front.conf").write_text(text, encoding="utf-8")
        (tmp_path / "main.conf").write_text(MAIN.format(folder=tmp_path), encoding="utf-8")
        process = running.enter_context(nginx.started(tmp_path, port, "main.conf"))
        yield Front(process, port, plain, ssl.create_default_context(cafile=certificate), (one, two))


def read(front: Front, seen: Counter[str], asked: threading.Semaphore) -> None:
    """What one reader asks for, one page after the other on one connection; what came of it is counted."""
    connection = front.connect()
    for _ in range(EACH):
        try:
            connection.request("GET", "/sessions/als-3/", headers={"Accept-Encoding": "identity"})
            answer = connection.getresponse()
            whole = answer.read().decode() == FILES[PAGE]
            seen[f"{answer.status} {'whole' if whole else 'broken'}"] += 1
        except (OSError, http.client.HTTPException) as error:
            seen[repr(error)] += 1
            connection.close()
        asked.release()
        time.sleep(0.005)
    connection.close()


def test_a_machine_is_killed_under_load_and_no_reader_notices(front: Front) -> None:
    seen: Counter[str] = Counter()
    asked = threading.Semaphore(0)
    readers = [threading.Thread(target=read, args=(front, seen, asked)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for _ in range(READERS * EACH // 3):
        assert asked.acquire(timeout=20)
    front.machines[0].kill()
    for reader in readers:
        reader.join()
    assert seen == {"200 whole": READERS * EACH}
    served = len(front.machines[1].log())
    # Both had their share before, and the one that was left had all of it afterwards.
    assert READERS * EACH * 2 / 3 < served < READERS * EACH


def test_when_no_machine_answers_the_front_says_so_under_the_same_policy(front: Front) -> None:
    for machine in front.machines:
        machine.kill()
    connection = front.connect()
    connection.request("GET", "/sessions/als-3/")
    answer = connection.getresponse()
    assert answer.status == 503
    assert b"Try again in a minute" in answer.read()
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("60", "no-store")
    connection.close()


def test_the_front_adds_nothing_and_takes_nothing_away(front: Front) -> None:
    direct = http.client.HTTPConnection("127.0.0.1", front.machines[0].port, timeout=20)
    through = front.connect()
    for path in ("/", "/nowhere", "/sessions/als-3", "/assets/apir.0123abcd.css", "/calendar.ics"):
        answers = []
        for connection in (direct, through):
            connection.request("GET", path, headers={"Accept-Encoding": "br"})
            answer = connection.getresponse()
            body = answer.read()
            names = set(answer.headers) - {"Date", "Connection"}
            answers.append((answer.status, {name: answer.headers.get_all(name) for name in names}, body))
        assert answers[0] == answers[1]
    direct.close()
    through.close()


def test_an_address_without_encryption_leads_to_the_one_with_it(front: Front) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=20)
    connection.request("GET", "/sessions/als-3/", headers={"Host": "evil.example"})
    answer = connection.getresponse()
    answer.read()
    assert (answer.status, answer.headers["Location"]) == (301, "https://apir.example.gov.uk/sessions/als-3/")
    connection.close()


def test_the_front_writes_down_nothing_of_who_asked(front: Front, tmp_path: Path) -> None:
    connection = front.connect()
    connection.request("GET", "/?q=secret", headers={"User-Agent": "secret"})
    connection.getresponse().read()
    connection.close()
    front.process.send_signal(signal.SIGQUIT)  # it answers first, and writes it down then
    front.process.wait(timeout=20)
    log = (tmp_path / "apir.log").read_text(encoding="utf-8")
    assert '"path":"/"' in log
    assert "secret" not in log
    assert "127.0.0.1" not in log
