"""What is told of the time: on whose word, and whether the certificate was worth anything then."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from compliance.signing import timestamping
from compliance.signing.identity import certificate_pem
from compliance.signing.inspect import inspect_pdf
from compliance.signing.proof import Proof
from compliance.verification.moments import check_certificate, check_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from conftest import Made, People, World

    from compliance.verification.check import Check


@pytest.fixture(scope="module")
def stamped(report: bytes, people: People, prove: Callable[..., bytes], world: World) -> bytes:
    return prove(report, people.auditor, Proof(world.tsa()))


def told(pdf: bytes, at: datetime, *trust: bytes) -> tuple[Check, Check]:
    (verdict,) = inspect_pdf(pdf, trust=trust, at=at).signatures
    given = bool(trust)
    return check_time(verdict, "auditor", trust_given=given), check_certificate(verdict, "auditor")


def test_a_trusted_authority_s_time_holds(
    stamped: bytes, people: People, world: World, now: datetime
) -> None:
    trust = (certificate_pem(people.auditor), world.certificate("root"))
    time, _ = told(stamped, now, *trust)
    assert time.verdict == "holds"
    assert time.sentence.startswith("2026-11-23 14:30 UTC, as World Time confirms. A certificate")


def test_the_authority_s_own_certificate_vouches_for_it_too(
    stamped: bytes, people: People, world: World, now: datetime
) -> None:
    trust = (certificate_pem(people.auditor), world.certificate("authority"))
    assert told(stamped, now, *trust)[0].verdict == "holds"


def test_an_authority_that_nobody_vouches_for_is_told(
    stamped: bytes, people: People, now: datetime
) -> None:
    time, _ = told(stamped, now)
    assert time.verdict == "told"
    assert time.sentence.endswith("is none that we were told to trust (--trust).")
    time, _ = told(stamped, now, certificate_pem(people.auditor))
    assert time.verdict == "told"
    assert time.sentence.endswith("does not chain to the certificates that you gave.")


def test_a_certificate_that_has_expired_since_was_good_at_the_confirmed_time(
    report: bytes,
    make: Callable[..., Made],
    prove: Callable[..., bytes],
    world: World,
    now: datetime,
) -> None:
    short = make("Dana Reyes", last=now + timedelta(days=2)).identity
    pdf = prove(report, short, Proof(world.tsa()))
    trust = (certificate_pem(short), world.certificate("root"))
    _, then = told(pdf, now + timedelta(days=400), *trust)
    assert then.verdict == "holds"
    assert then.sentence == (
        "It is valid from 2026-11-22 to 2026-11-25; being self-made, it could not be revoked."
    )


def test_a_confirmed_time_after_the_certificate_expired_is_a_failure(
    report: bytes,
    make: Callable[..., Made],
    prove: Callable[..., bytes],
    world: World,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timestamping, "_FARTHEST", timedelta(days=999))
    short = make(first=now - timedelta(days=9), last=now - timedelta(days=2)).identity
    pdf = prove(report, short, Proof(world.tsa()), at=now - timedelta(days=5))
    time, then = told(pdf, now, certificate_pem(short), world.certificate("root"))
    assert time.verdict == "holds"
    assert "; the signer's own clock said 2026-11-18 14:30 UTC" in time.sentence
    assert then.verdict == "fails"
    assert then.sentence.endswith("and was expired at 2026-11-23 14:30 UTC.")


def test_a_time_that_only_an_untrusted_authority_confirms_does_not_count_against_the_clock(
    report: bytes,
    make: Callable[..., Made],
    prove: Callable[..., bytes],
    world: World,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timestamping, "_FARTHEST", timedelta(days=999))
    late = make(first=now - timedelta(days=9), last=now + timedelta(days=9)).identity
    pdf = prove(report, late, Proof(world.tsa()), at=now - timedelta(days=5))
    (verdict,) = inspect_pdf(pdf, trust=[certificate_pem(late)], at=now).signatures
    assert verdict.judged_at == now - timedelta(days=5)


def test_a_signer_s_clock_alone_is_said_to_be_alone(signed_once: bytes, now: datetime) -> None:
    time, then = told(signed_once, now)
    assert time.sentence.endswith("by the signer's own clock; no authority confirms it.")
    assert (time.verdict, then.verdict) == ("holds", "holds")
