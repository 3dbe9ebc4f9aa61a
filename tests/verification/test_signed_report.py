"""A report that was signed: what verifying says of it, and of everything done to it after."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from compliance.conduct.closing import Signer, sign_report
from compliance.errors import InputError
from compliance.report.pdf import render_card
from compliance.signing.identity import certificate_pem
from compliance.signing.sign import sign_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Made

    from compliance.signing.identity import Identity
    from compliance.verification.check import Check, Verification

    Verify = Callable[..., Verification]

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
BYTES, AFTER, EXPECTED = "Unchanged since signing", "Nothing added after", "Who was to sign"
SIGNER, DATA, SHIPPED = "Signed as auditor", "The audit's data inside", "Which checklists"
PAGES = "The pages say what the data says"


def verdicts(found: Verification) -> dict[str, str]:
    return {check.question: check.verdict for check in found.checks}


def sentence(found: Verification, question: str) -> str:
    return next(check.sentence for check in found.checks if check.question == question)


def failed(found: Verification) -> set[str]:
    return {check.question for check in found.checks if check.verdict == "fails"}


# As it was signed.


def test_each_question_of_a_signed_report_has_its_own_verdict(made: Made, check: Verify) -> None:
    assert verdicts(check(made.signed)) == {
        BYTES: "holds",
        AFTER: "holds",
        EXPECTED: "holds",
        SIGNER: "told",
        "When the auditor signed": "holds",
        "The auditor's certificate then": "holds",
        DATA: "holds",
        SHIPPED: "told",
        PAGES: "holds",
    }
    assert check(made.signed).holds


def test_a_self_made_identity_is_vouched_for_by_nobody(made: Made, check: Verify) -> None:
    said = sentence(check(made.signed), SIGNER)
    assert "Dana Reyes" in said
    assert "self-made and not vouched for by anyone" in said


def test_the_signers_own_certificate_vouches_for_the_signature(made: Made, check: Verify) -> None:
    found = check(made.signed, trust=[made.certificate])
    assert found.holds
    assert verdicts(found)[SIGNER] == "holds"


def test_another_certificate_does_not(made: Made, owner: Identity, check: Verify) -> None:
    found = check(made.signed, trust=[certificate_pem(owner)])
    assert failed(found) == {SIGNER}
    assert "does not chain to the certificates that you gave" in sentence(found, SIGNER)


def test_one_of_several_certificates_is_enough(made: Made, owner: Identity, check: Verify) -> None:
    assert check(made.signed, trust=[certificate_pem(owner), made.certificate]).holds


def test_the_owners_signature_is_no_change(made: Made, countersigned: bytes, check: Verify) -> None:
    found = check(countersigned)
    assert found.holds
    assert sentence(found, EXPECTED) == "The auditor signed. So did the owner."
    assert "Olga Owner" in sentence(found, "Signed as owner")
    assert "The place for the owner is empty." in sentence(check(made.signed), EXPECTED)


def test_with_trust_every_signer_has_to_chain(
    made: Made, countersigned: bytes, check: Verify
) -> None:
    assert failed(check(countersigned, trust=[made.certificate])) == {"Signed as owner"}


def test_a_report_that_only_the_owner_signed_lacks_its_auditor(
    made: Made, owner: Identity, check: Verify
) -> None:
    card = render_card(name="Olga Owner", role="Owner", meaning="", at="", fingerprint="")
    signed = sign_pdf(
        made.unsigned, owner, field="sig_owner", card=card, reason="", location=None, at=NOW
    )
    found = check(signed)
    assert failed(found) == {EXPECTED}
    assert sentence(found, EXPECTED) == "The auditor has not signed."


def test_the_owner_cannot_sign_before_the_auditor(made: Made, owner: Identity) -> None:
    with pytest.raises(InputError, match=r"^The auditor signs first\.$"):
        sign_report(made.unsigned, Signer(owner, "owner", "Owner"), NOW)


def test_a_place_that_is_signed_names_the_next(made: Made, countersigned: bytes) -> None:
    signer = Signer(made.identity, "auditor", "manager")
    with pytest.raises(InputError, match="signed already; the next is the owner's: --as owner"):
        sign_report(made.signed, signer, NOW)
    with pytest.raises(InputError, match="is signed already; nobody else is to sign"):
        sign_report(countersigned, signer, NOW)


def test_an_unsigned_report_does_not_hold(made: Made, check: Verify) -> None:
    found = check(made.unsigned)
    assert failed(found) == {BYTES}
    assert sentence(found, BYTES) == "The file is not signed."
    assert verdicts(found)[DATA] == "holds"


def test_the_same_questions_come_again_for_an_intact_file(made: Made, check: Verify) -> None:
    def shape(one: Check) -> tuple[str, str]:
        return one.question, one.sentence

    first, second = check(made.signed), check(made.signed)
    assert list(map(shape, first.checks)) == list(map(shape, second.checks))
