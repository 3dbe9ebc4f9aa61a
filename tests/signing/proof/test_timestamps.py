"""A time that an authority confirms; a server that does not do so in earnest is said, not passed over."""

from __future__ import annotations

import contextlib
import socket
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from asn1crypto import tsp

from compliance.errors import ComplianceError, InputError, SurroundingsError
from compliance.signing import network
from compliance.signing.inspect import inspect_pdf
from compliance.signing.proof import Proof

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Answer, People, World

    Serve = Callable[[Callable[[bytes], Answer]], str]


def test_an_authority_s_time_travels_inside_the_signature(
    report: bytes, people: People, prove: Callable[..., bytes], world: World, now: datetime
) -> None:
    signed = prove(report, people.auditor, Proof(world.tsa()))
    assert signed.startswith(report)
    (verdict,) = inspect_pdf(signed, trust=[world.certificate("root")], at=now).signatures
    assert (verdict.intact, verdict.valid, verdict.covers) == (True, True, "whole file")


def test_without_a_proof_nobody_is_asked(
    report: bytes, people: People, sign: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(network, "exchange", refuse)
    assert sign(report, people.auditor)


# Bad servers.


def nonsense(_: bytes) -> Answer:
    return 200, b"<html>Welcome to the airport's Wi-Fi</html>"


def empty(_: bytes) -> Answer:
    return 200, b""


def broken(_: bytes) -> Answer:
    return 500, b"trouble"


def moved_to_a_file(_: bytes) -> Answer:
    return 302, b"file:///etc/passwd"


def refusal(_: bytes) -> Answer:
    status = {"status": "rejection", "status_string": ["We are closed."]}
    inner = tsp.PKIStatusInfo(status).dump()
    return 200, bytes([0x30, len(inner)]) + inner


def endless(_: bytes) -> Answer:
    return 200, bytes(network._LARGEST_ANSWER + 2)


SERVERS = {
    "nonsense": (nonsense, "is no timestamp that can be read"),
    "nothing": (empty, "is no timestamp that can be read"),
    "an error": (broken, "answered with the error 500."),
    "a redirection to a file": (moved_to_a_file, "answered with the error 302."),
    "a refusal": (refusal, "the authority refused (We are closed.)."),
    "endless data": (endless, "answered with endless data."),
}


def trouble(work: Callable[[], object], kind: type[ComplianceError] = SurroundingsError) -> str:
    with pytest.raises(kind) as caught:
        work()
    return str(caught.value)


def is_told_well(said: str) -> bool:
    ending = "Nothing was signed; try again later, or sign without --timestamp-url."
    return said.startswith("There is no timestamp: ") and said.endswith(ending) and "\n" not in said


@pytest.mark.parametrize("what", SERVERS)
def test_a_server_that_answers_badly_is_said_in_a_sentence(
    report: bytes, people: People, prove: Callable[..., bytes], hostile: Serve, what: str
) -> None:
    answer, sentence = SERVERS[what]
    url = hostile(answer)
    said = trouble(lambda: prove(report, people.auditor, Proof(url)))
    assert sentence in said
    assert is_told_well(said)


def test_a_server_that_hangs_is_not_waited_for_forever(
    report: bytes,
    people: People,
    prove: Callable[..., bytes],
    hostile: Serve,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    enough = threading.Event()

    def hang(_: bytes) -> Answer:
        enough.wait(60)
        return 200, b""

    monkeypatch.setattr(network, "SECONDS", 0.5)
    url = hostile(hang)
    try:
        said = trouble(lambda: prove(report, people.auditor, Proof(url)))
    finally:
        enough.set()
    assert "did not answer within 0.5 seconds" in said
    assert is_told_well(said)


def test_a_server_that_drips_is_not_waited_for_either(
    report: bytes, people: People, prove: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "SECONDS", 0.5)
    enough = threading.Event()

    def drip(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection, contextlib.suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while not enough.wait(0.1):
                connection.sendall(b"X")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=drip, args=(listening,), daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        said = trouble(lambda: prove(report, people.auditor, Proof(url)))
        enough.set()
        thread.join()
    assert "did not answer within 0.5 seconds" in said


def test_nobody_at_the_address_is_said(
    report: bytes, people: People, prove: Callable[..., bytes], hostile: Serve
) -> None:
    said = trouble(lambda: prove(report, people.auditor, Proof("http://127.0.0.1:1/")))
    assert "“127.0.0.1:1” cannot be reached (connection refused)" in said
    assert is_told_well(said)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org", "example.org", "http://", "http://a b/", ""]
)
def test_only_addresses_of_the_web_are_asked(
    report: bytes, people: People, prove: Callable[..., bytes], url: str
) -> None:
    said = trouble(lambda: prove(report, people.auditor, Proof(url)), InputError)
    assert said == f"“{url}” is no address; give one that begins with https:// or http://."


@pytest.fixture
def relayed(hostile: Serve, world: World) -> Callable[..., str]:
    """An address whose questions and answers are changed on their way to the authority."""

    def relay(
        question: Callable[[tsp.TimeStampReq], tsp.TimeStampReq] = lambda one: one,
        answer: Callable[[bytes], bytes] = lambda one: one,
    ) -> str:
        def between(body: bytes) -> Answer:
            asked = question(tsp.TimeStampReq.load(body)).dump()
            kind = "application/timestamp-query"
            return 200, answer(network.exchange(world.tsa(), body=asked, kind=kind))

        return hostile(between)

    return relay


def test_another_nonce_is_refused(
    report: bytes, people: People, prove: Callable[..., bytes], relayed: Callable[..., str]
) -> None:
    def other_nonce(asked: tsp.TimeStampReq) -> tsp.TimeStampReq:
        asked["nonce"] = 7
        return asked

    url = relayed(other_nonce)
    said = trouble(lambda: prove(report, people.auditor, Proof(url)))
    assert "the answer is to another question (its nonce is not ours)." in said
    assert is_told_well(said)


def test_a_timestamp_of_other_data_is_refused(
    report: bytes, people: People, prove: Callable[..., bytes], relayed: Callable[..., str]
) -> None:
    def other_data(asked: tsp.TimeStampReq) -> tsp.TimeStampReq:
        asked["message_imprint"]["hashed_message"] = bytes(32)
        return asked

    url = relayed(other_data)
    said = trouble(lambda: prove(report, people.auditor, Proof(url)))
    assert "the answer is about other data than ours." in said
    assert is_told_well(said)


def test_a_timestamp_whose_signature_is_wrong_is_refused(
    report: bytes, people: People, prove: Callable[..., bytes], relayed: Callable[..., str]
) -> None:
    def forged(answer: bytes) -> bytes:
        response = tsp.TimeStampResp.load(answer)
        signer = response["time_stamp_token"]["content"]["signer_infos"][0]
        place = answer.index(signer["signature"].native) + 40
        return answer[:place] + bytes([answer[place] ^ 1]) + answer[place + 1 :]

    url = relayed(answer=forged)
    said = trouble(lambda: prove(report, people.auditor, Proof(url)))
    assert "the authority's signature on it is wrong." in said
    assert is_told_well(said)


UNFIT = {
    "wrong": "the certificate of Other Time is not for timestamps.",
    "expired": "the certificate of World Time was not valid at its own time.",
}


@pytest.mark.parametrize("name", UNFIT)
def test_an_authority_that_may_not_confirm_a_time_is_refused(
    report: bytes, people: People, prove: Callable[..., bytes], world: World, name: str
) -> None:
    said = trouble(lambda: prove(report, people.auditor, Proof(world.tsa(name))))
    assert UNFIT[name] in said
    assert is_told_well(said)


def test_two_clocks_that_differ_are_said(
    report: bytes, people: People, prove: Callable[..., bytes], world: World, now: datetime
) -> None:
    late = now + timedelta(minutes=6)
    said = trouble(lambda: prove(report, people.auditor, Proof(world.tsa()), at=late))
    assert "the clock of World Time says 2026-11-23 14:30 UTC" in said
    assert "this computer's says 2026-11-23 14:36 UTC; set the clock." in said
    assert prove(report, people.auditor, Proof(world.tsa()), at=now.astimezone(UTC))
