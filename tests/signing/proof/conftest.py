"""A world of certificates on this machine: an authority of time, a responder, lists, and bad servers."""

from __future__ import annotations

import contextlib
import http.server
import logging
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from werkzeug.serving import WSGIRequestHandler, make_server

from compliance.signing.identity import Identity, load_identity
from compliance.signing.sign import sign_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from certomancer.registry import PKIArchitecture

    from compliance.signing.proof import Proof

PLAN = Path(__file__).with_name("pki.yaml")
PASSPHRASE = b"four plain words here"


class Quiet(WSGIRequestHandler):
    """Prints nothing for a request."""

    def log(self, *_: object) -> None:
        pass


@dataclass
class World:
    """The authorities, served on loopback; `asked` lists the paths that were asked for."""

    url: str
    certificates: PKIArchitecture
    asked: list[str] = field(default_factory=list)

    def tsa(self, name: str = "time") -> str:
        return f"{self.url}/world/tsa/{name}"

    def certificate(self, name: str) -> bytes:
        return self.certificates.get_cert(CertLabel(name)).dump()

    def crl(self, name: str, at: datetime) -> bytes:
        return self.certificates.service_registry.get_crl(name, at).dump()

    def p12(self, name: str) -> bytes:
        return self.certificates.package_pkcs12(CertLabel(name), password=PASSPHRASE)

    def identity(self, name: str) -> Identity:
        return load_identity(self.p12(name), PASSPHRASE, label=f"{name}.p12")


@pytest.fixture(scope="session")
def _keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    for name in yaml.safe_load(PLAN.read_text("utf-8"))["keysets"]["world"]["keys"]:
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{name}.pem").write_bytes(pem)
    return folder


@contextlib.contextmanager
def served(keys: Path, at: datetime | None) -> Iterator[World]:
    """Serve the world in a thread; its clock stands still at a time, or runs when there is none."""
    logging.getLogger("certomancer").setLevel(logging.CRITICAL)
    asked: list[str] = []

    def app(environ: dict[str, str], start: object) -> object:
        asked.append(environ["PATH_INFO"])
        return animator(environ, start)

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    url = f"http://127.0.0.1:{server.server_port}"
    plan = yaml.safe_load(PLAN.read_text("utf-8")) | {"external-url-prefix": url}
    config = CertomancerConfig(plan, key_search_dir=str(keys))
    animator = Animator(AnimatorArchStore(config.pki_archs), at_time=at, with_web_ui=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield World(url, config.pki_archs[ArchLabel("world")], asked)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def world(_keys: Path, now: datetime) -> Iterator[World]:
    """The world as of the tests' day."""
    with served(_keys, now) as found:
        yield found


@pytest.fixture(scope="session")
def world_today(_keys: Path) -> Iterator[World]:
    """The same world by the real clock, for commands, which look at it."""
    with served(_keys, None) as found:
        yield found


@pytest.fixture(scope="session")
def prove(card: bytes, now: datetime) -> Callable[..., bytes]:
    """Sign with a proof."""

    def signed(
        pdf: bytes,
        identity: Identity,
        proof: Proof,
        field: str = "sig_auditor",
        at: datetime = now,
    ) -> bytes:
        return sign_pdf(
            pdf,
            identity,
            field=field,
            card=card,
            reason="I saw it",
            location=None,
            at=at,
            proof=proof,
        )

    return signed


Answer = tuple[int, bytes]


@pytest.fixture
def hostile() -> Iterator[Callable[[Callable[[bytes], Answer]], str]]:
    """Serve whatever a test makes of a request; returns the address."""
    with contextlib.ExitStack() as stack:

        def serve(answer: Callable[[bytes], Answer]) -> str:
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_POST(self) -> None:
                    size = int(self.headers["Content-Length"])
                    code, body = answer(self.rfile.read(size))
                    with contextlib.suppress(OSError):
                        self.send_response(code)
                        if code in range(300, 400):
                            self.send_header("Location", body.decode())
                        self.send_header("Content-Length", str(len(body)))
                        self.end_headers()
                        self.wfile.write(body)

                do_GET = do_POST  # noqa: N815 - the library's name

                def log_message(self, *_: object) -> None:
                    pass

            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            server.daemon_threads = True
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            stack.callback(server.server_close)
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}/"

        yield serve
