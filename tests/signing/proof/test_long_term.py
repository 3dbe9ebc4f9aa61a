"""Signatures that can still be judged when certificates have expired: evidence and an archive timestamp."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.errors import InputError, SurroundingsError
from compliance.signing import network
from compliance.signing.archiving import archive
from compliance.signing.inspect import inspect_pdf
from compliance.signing.proof import Proof
from compliance.signing.revocation import Store
from compliance.signing.timestamping import CheckedTimeStamper
from compliance.verification.moments import check_certificate
from compliance.verification.places import read_places
from compliance.verification.signatures import check_signatures

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from conftest import People, World


@pytest.fixture(scope="module")
def kept(report: bytes, world: World, prove: Callable[..., bytes]) -> bytes:
    """Signed by Dana for the long term."""
    return prove(report, world.identity("dana"), Proof(world.tsa(), long_term=True))


@pytest.fixture(scope="module")
def kept_twice(kept: bytes, world: World, prove: Callable[..., bytes], now: datetime) -> bytes:
    """Countersigned by Olga for the long term, too."""
    proof = Proof(world.tsa(), long_term=True)
    return prove(kept, world.identity("olga"), proof, "sig_owner", now + timedelta(minutes=2))


def test_evidence_and_an_archive_timestamp_are_added_behind_the_signature(
    report: bytes, kept: bytes, world: World, now: datetime
) -> None:
    assert kept.startswith(report)
    seen = inspect_pdf(kept, trust=[world.certificate("root")], at=now)
    (verdict,) = seen.signatures
    (archive,) = seen.archives
    assert (verdict.trust, verdict.timestamp.trust) == ("trusted", "trusted")
    assert (verdict.revocation, verdict.changes_after) == ("good", "allowed")
    assert (verdict.docmdp_ok, verdict.certifies) == (True, True)
    assert (archive.timestamp.sound, archive.covers) == (True, "whole file")
    assert seen.archived(verdict) == archive
    assert seen.whole_file_covered


def test_the_first_signature_stays_good_under_a_countersignature(
    kept_twice: bytes, world: World, now: datetime
) -> None:
    seen = inspect_pdf(kept_twice, trust=[world.certificate("root")], at=now)
    assert [one.field for one in seen.signatures] == ["sig_auditor", "sig_owner"]
    for one in seen.signatures:
        assert (one.intact, one.valid, one.docmdp_ok) == (True, True, True)
        assert (one.changes_after, one.trust, one.revocation) == ("allowed", "trusted", "good")
        assert seen.archived(one)
    assert [one.timestamp.sound for one in seen.archives] == [True, True]
    assert seen.whole_file_covered


def test_a_countersignature_without_proof_leaves_the_archive_good(
    kept: bytes, people: People, sign: Callable[..., bytes], now: datetime
) -> None:
    seen = inspect_pdf(sign(kept, people.owner, "sig_owner"), at=now)
    first, second = seen.signatures
    assert (first.docmdp_ok, first.changes_after, second.changes_after) == (True, "allowed", "none")
    assert [seen.archived(one) is not None for one in (first, second)] == [True, False]
    assert seen.whole_file_covered


def test_the_evidence_still_speaks_when_the_world_is_gone(
    kept_twice: bytes, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(network, "exchange", refuse)
    much_later = now + timedelta(days=365 * 70)
    seen = inspect_pdf(kept_twice, trust=[world.certificate("root")], at=much_later)
    assert [one.certificate_validity for one in seen.signatures] == ["valid", "valid"]
    assert [one.revocation for one in seen.signatures] == ["good", "good"]
    assert [one.trust for one in seen.signatures] == ["trusted", "trusted"]


def test_a_responder_is_asked_where_there_is_one_and_a_list_where_not(
    report: bytes, world: World, prove: Callable[..., bytes]
) -> None:
    world.asked.clear()
    prove(report, world.identity("dana"), Proof(world.tsa(), long_term=True))
    assert "/world/ocsp/issuing" in world.asked
    assert "/world/crls/issuing/latest.crl" not in world.asked
    world.asked.clear()
    prove(report, world.identity("olga"), Proof(world.tsa(), long_term=True))
    assert "/world/crls/issuing/latest.crl" in world.asked
    assert "/world/ocsp/issuing" not in world.asked


@pytest.mark.parametrize("form", ["der", "pem"])
def test_lists_at_hand_are_not_fetched(
    report: bytes, world: World, prove: Callable[..., bytes], now: datetime, form: str
) -> None:
    lists = [world.crl(name, now) for name in ("root", "issuing")]
    if form == "pem":
        lists = [x509.load_der_x509_crl(one).public_bytes(Encoding.PEM) for one in lists]
    world.asked.clear()
    proof = Proof(world.tsa(), long_term=True, crls=tuple(lists))
    kept = prove(report, world.identity("olga"), proof)
    assert set(world.asked) == {"/world/tsa/time"}
    (verdict,) = inspect_pdf(kept, trust=[world.certificate("root")], at=now).signatures
    assert verdict.revocation == "good"


def test_the_owner_can_keep_what_a_self_made_auditor_signed(
    signed_once: bytes, world: World, prove: Callable[..., bytes], now: datetime
) -> None:
    proof = Proof(world.tsa(), long_term=True)
    seen = inspect_pdf(prove(signed_once, world.identity("olga"), proof, "sig_owner"), at=now)
    auditor, owner = seen.signatures
    assert (auditor.docmdp_ok, auditor.changes_after, auditor.revocation) == (
        True,
        "allowed",
        "none",
    )
    assert (owner.revocation, owner.timestamp.sound) == ("good", True)
    assert all(seen.archived(one) for one in seen.signatures)


def test_evidence_that_a_signer_was_revoked_speaks_against_the_signature(
    report: bytes, world: World, prove: Callable[..., bytes], now: datetime
) -> None:
    signed = prove(report, world.identity("revoked"), Proof(world.tsa()))
    store = Store(
        tuple(world.certificate(name) for name in ("issuing", "root")),
        tuple(world.crl(name, now) for name in ("issuing", "root")),
    )
    pdf = archive(signed, store, CheckedTimeStamper(world.tsa(), now))
    (verdict,) = inspect_pdf(pdf, trust=[world.certificate("root")], at=now).signatures
    assert verdict.revocation == "revoked"
    check = check_certificate(verdict, "auditor")
    assert check.verdict == "fails"
    assert (
        check.sentence == "The data in the file says that it was revoked by 2026-11-23 14:30 UTC."
    )


QUIET = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@QUIET
@given(data=st.data())
def test_a_kept_file_with_any_bytes_changed_gets_verdicts_or_a_sentence(
    kept_twice: bytes, now: datetime, data: st.DataObject
) -> None:
    changed = bytearray(kept_twice)
    for place in data.draw(st.lists(st.integers(0, len(changed) - 1), min_size=1, max_size=4)):
        changed[place] = data.draw(st.integers(0, 255))
    assert bytes(changed) == kept_twice or "fails" in verdicts(bytes(changed), now)


def verdicts(pdf: bytes, now: datetime) -> set[str]:
    """Return what came of the checks; a sentence instead of them is a failure, too."""
    try:
        seen = inspect_pdf(pdf, at=now)
    except InputError as error:
        return {"fails"} if str(error).endswith(".") else {"no sentence"}
    checks = check_signatures(seen, read_places(None), trust_given=False)
    return {check.verdict for check in checks}


# When there is no proof.


def said(kind: type[Exception], work: Callable[[], object]) -> str:
    with pytest.raises(kind) as caught:
        work()
    sentence = str(caught.value)
    assert "Nothing was signed." in sentence
    assert "\n" not in sentence
    return sentence


def test_a_self_made_certificate_cannot_be_kept_and_nobody_is_asked(
    report: bytes, people: People, world: World, prove: Callable[..., bytes]
) -> None:
    world.asked.clear()
    proof = Proof(world.tsa(), long_term=True)
    sentence = said(InputError, lambda: prove(report, people.auditor, proof))
    assert "The certificate of Dana Reyes is self-made" in sentence
    assert "sign without --long-term" in sentence
    assert world.asked == []


def test_a_revoked_certificate_is_refused_with_the_day(
    report: bytes, world: World, prove: Callable[..., bytes]
) -> None:
    proof = Proof(world.tsa(), long_term=True)
    sentence = said(InputError, lambda: prove(report, world.identity("revoked"), proof))
    assert "Rita Revoked, or one above it, was revoked on 2024-12-01" in sentence


def test_a_certificate_that_says_nothing_of_revocation_is_refused(
    report: bytes, world: World, prove: Callable[..., bytes]
) -> None:
    proof = Proof(world.tsa(), long_term=True)
    sentence = said(InputError, lambda: prove(report, world.identity("lonely"), proof))
    assert "Lee Lonely says nowhere how it could be revoked" in sentence
    assert "--crl FILE" in sentence


def test_an_old_list_proves_nothing(
    report: bytes, world: World, prove: Callable[..., bytes], now: datetime
) -> None:
    old = tuple(world.crl(name, now - timedelta(days=400)) for name in ("root", "issuing"))
    proof = Proof(world.tsa(), long_term=True, crls=old)
    sentence = said(InputError, lambda: prove(report, world.identity("olga"), proof))
    assert "It cannot be proven that the certificate of Olga Owner was not revoked" in sentence


def test_what_is_no_list_is_said(report: bytes, world: World, prove: Callable[..., bytes]) -> None:
    proof = Proof(world.tsa(), long_term=True, crls=(b"hello",))
    with pytest.raises(InputError, match="list of revoked certificates cannot be read"):
        prove(report, world.identity("olga"), proof)


def test_a_responder_that_fails_is_said(
    report: bytes,
    world: World,
    prove: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    really = network.exchange

    def exchange(url: str, **options: object) -> bytes:
        if "/tsa/" in url:
            return really(url, **options)
        if "/certs/" in url:
            return really(url)
        raise SurroundingsError("“ca.example” answered with the error 503.")

    monkeypatch.setattr(network, "exchange", exchange)
    proof = Proof(world.tsa(), long_term=True)
    sentence = said(SurroundingsError, lambda: prove(report, world.identity("dana"), proof))
    assert "Nobody says whether the certificate of Dana Reyes was revoked" in sentence
    assert "answered with the error 503." in sentence


def test_a_missing_certificate_is_named_and_may_be_given(
    report: bytes,
    world: World,
    prove: Callable[..., bytes],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    really = network.exchange

    def exchange(url: str, **options: object) -> bytes:
        if "/certs/" in url:
            raise SurroundingsError("“ca.example” cannot be reached.")
        return really(url, **options)

    monkeypatch.setattr(network, "exchange", exchange)
    alone = replace(world.identity("dana"), chain=())
    sentence = said(InputError, lambda: prove(report, alone, Proof(world.tsa(), long_term=True)))
    assert "The certificate above Dana Reyes is missing: CN=World Issuing" in sentence
    assert "give it with --chain FILE." in sentence
    chain = tuple(world.certificate(name) for name in ("issuing", "root"))
    kept = prove(report, alone, Proof(world.tsa(), long_term=True, chain=chain))
    (verdict,) = inspect_pdf(kept, trust=[world.certificate("root")], at=now).signatures
    assert (verdict.trust, verdict.revocation) == ("trusted", "good")


def test_a_missing_certificate_is_fetched_where_the_one_below_says(
    report: bytes, world: World, prove: Callable[..., bytes], now: datetime
) -> None:
    alone = replace(world.identity("dana"), chain=())
    world.asked.clear()
    kept = prove(report, alone, Proof(world.tsa(), long_term=True))
    assert {"/world/certs/issuing/ca.crt", "/world/certs/root/ca.crt"} <= set(world.asked)
    (verdict,) = inspect_pdf(kept, trust=[world.certificate("root")], at=now).signatures
    assert verdict.revocation == "good"
