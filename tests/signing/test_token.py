"""A key on a PKCS#11 token, here Debian's softhsm2, which keeps one in files."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pkcs11
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from compliance.errors import InputError, SurroundingsError
from compliance.signing import identity as identities
from compliance.signing.identity import Identity, certificate_pem, load_token_identity
from compliance.signing.inspect import inspect_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from conftest import Made

PIN, STICK = b"123456", "stick"
PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)


@dataclass(frozen=True)
class Stick:
    """A token with several keys, each under the name of its kind."""

    module: str
    made: dict[str, Made]

    def open(
        self, key: str | None, *, token: str = STICK, pin: bytes = PIN, cert: bytes | None = None
    ) -> Identity:
        return load_token_identity(self.module, token, pin, key_label=key, certificates=cert)


@pytest.fixture(scope="session")
def stick(tmp_path_factory: pytest.TempPathFactory, make: Callable[..., Made]) -> Iterator[Stick]:
    """Needs softhsm2, which `make test SLOW=1` installs; without it these tests fail."""
    module = next((place for place in PLACES if Path(place).exists()), "")
    assert module, "softhsm2 is not installed; on Debian: apt-get install softhsm2"
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOFTHSM2_CONF", str(conf))
        run("--init-token", "--free", "--label", "stick", "--so-pin", "1234", "--pin", PIN.decode())
        run("--init-token", "--free", "--label", "empty", "--so-pin", "1234", "--pin", PIN.decode())
        made = {kind: make(f"Tess {kind}", kind) for kind in ("P-256", "P-384", "RSA")}
        made["without a certificate"] = make("Nobody")
        for number, (kind, one) in enumerate(made.items(), 1):
            pem = one.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            (folder / "key.pem").write_bytes(pem)
            identifier = f"{number:02x}"
            run(
                "--import",
                str(folder / "key.pem"),
                "--token",
                "stick",
                "--pin",
                PIN.decode(),
                "--label",
                kind,
                "--id",
                identifier,
            )
        keep_certificates(module, made)
        yield Stick(module, made)


def run(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)


def keep_certificates(module: str, made: dict[str, Made]) -> None:
    token = pkcs11.lib(module).get_token(token_label=STICK)
    with token.open(rw=True, user_pin=PIN.decode()) as session:
        for number, (kind, one) in enumerate(made.items(), 1):
            if kind != "without a certificate":
                session.create_object(
                    {
                        pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                        pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                        pkcs11.Attribute.TOKEN: True,
                        pkcs11.Attribute.LABEL: kind,
                        pkcs11.Attribute.ID: bytes([number]),
                        pkcs11.Attribute.SUBJECT: one.certificate.subject.public_bytes(),
                        pkcs11.Attribute.VALUE: one.certificate.public_bytes(Encoding.DER),
                    }
                )


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["P-256", "P-384", "RSA"])
def test_a_key_on_a_token_signs(
    stick: Stick, report: bytes, sign: Callable[..., bytes], now: datetime, kind: str
) -> None:
    identity = stick.open(kind)
    trust = [certificate_pem(identity)]
    (verdict,) = inspect_pdf(sign(report, identity), trust=trust, at=now).signatures
    assert (verdict.signer, verdict.valid) == (f"Tess {kind}", True)
    assert (verdict.intact, verdict.trust) == (True, "trusted")


@pytest.mark.slow
def test_a_certificate_may_come_from_a_file(stick: Stick) -> None:
    made = stick.made["without a certificate"]
    pem = made.certificate.public_bytes(Encoding.PEM)
    assert stick.open("without a certificate", cert=pem).name == "Nobody"


@pytest.mark.slow
def test_a_token_without_the_key_s_certificate_asks_for_it(stick: Stick) -> None:
    with pytest.raises(InputError, match=r"no certificate that belongs to the key.*--cert FILE"):
        stick.open("without a certificate")


@pytest.mark.slow
def test_another_s_certificate_is_refused(stick: Stick, make: Callable[..., Made]) -> None:
    other = make("Somebody Else").certificate.public_bytes(Encoding.PEM)
    with pytest.raises(InputError, match="no certificate that belongs to the key"):
        stick.open("P-256", cert=other)


TROUBLES = {
    "several keys": ({"key": None}, "several keys; choose with --key-label: “"),
    "no such key": ({"key": "P-999"}, "holds no key “P-999”; it holds “"),
    "no key": ({"key": None, "token": "empty"}, "The token “empty” holds no private key."),
    "a wrong PIN": (
        {"key": None, "pin": b"999999"},
        "The PIN does not open the token “stick”; it locks",
    ),
    "no such token": ({"key": None, "token": "x"}, "There is no token “x”; there is “"),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", TROUBLES)
def test_what_is_wrong_with_a_token_is_said_in_a_sentence(stick: Stick, what: str) -> None:
    given, sentence = TROUBLES[what]
    with pytest.raises(InputError) as caught:
        stick.open(given["key"], **{name: one for name, one in given.items() if name != "key"})
    said = str(caught.value)
    assert sentence in said
    assert said.endswith(".")
    assert "\n" not in said


def test_what_is_no_module_is_said(tmp_path: Path) -> None:
    (tmp_path / "module.so").write_bytes(b"no library")
    for name in ("module.so", "nowhere.so"):
        with pytest.raises(InputError, match="is no PKCS#11 module that can be loaded"):
            load_token_identity(
                str(tmp_path / name), "stick", PIN, key_label=None, certificates=None
            )


def test_without_the_package_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(identities, "find_spec", lambda _: None)
    with pytest.raises(SurroundingsError, match=r"pip install 'clinic-compliance\[pkcs11\]'"):
        load_token_identity("module.so", "stick", PIN, key_label=None, certificates=None)
