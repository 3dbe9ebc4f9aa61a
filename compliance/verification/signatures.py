"""What the signatures of a report say, question by question."""

from collections.abc import Iterator

from compliance.signing.inspect import Inspection, SignatureVerdict
from compliance.verification.check import Check, combine

ROLES = {"sig_auditor": "auditor", "sig_owner": "owner"}
EXPECTED = "sig_auditor"


def check_signatures(seen: Inspection, *, trust_given: bool) -> Iterator[Check]:
    """Yield a check for bytes, later changes, the expected signers, each signer, and time."""
    if not seen.signatures:
        yield Check("Unchanged since signing", "fails", "The file is not signed.")
        return
    yield _check_bytes(seen)
    yield _check_additions(seen)
    yield _check_expected(seen)
    for one in seen.signatures:
        yield _check_signer(one, trust_given=trust_given)
        yield _check_time(one)


def _check_bytes(seen: Inspection) -> Check:
    troubles = []
    for one in seen.signatures:
        who = _who(one)
        if one.trouble:
            troubles.append(f"{who}: {one.trouble}")
        elif not one.intact:
            troubles.append(f"{who}: bytes were changed after signing.")
        elif not one.valid:
            troubles.append(f"{who}: the signature does not belong to its certificate.")
    return combine("Unchanged since signing", troubles, "Every signed byte is as it was signed.")


def _check_additions(seen: Inspection) -> Check:
    troubles = []
    for one in seen.signatures:
        if one.changes_after == "forbidden" or not one.docmdp_ok:
            troubles.append(f"{_who(one)}: pages or data were changed after this signature.")
        if one.covers == "part":
            troubles.append(f"{_who(one)}: the signature leaves a part of its revision out.")
    if seen.trailing_bytes:
        troubles.append(f"{seen.trailing_bytes} bytes were added behind the end.")
    elif not seen.whole_file_covered:
        troubles.append("The last signature does not cover the whole file.")
    return combine("Nothing added after", troubles, "The last signature covers the whole file.")


def _check_expected(seen: Inspection) -> Check:
    signed = [one.field for one in seen.signatures]
    troubles = [
        f"“{name}” is no place for a signature in our reports."
        for name in signed
        if name not in ROLES
    ]
    if EXPECTED not in signed:
        troubles.append("The auditor has not signed.")
    empty = [ROLES[field.name] for field in seen.fields if not field.signed and field.name in ROLES]
    good = "The auditor signed."
    good += (
        f" The place for the {' and the '.join(empty)} is empty." if empty else " So did the owner."
    )
    return combine("Who was to sign", troubles, good)


def _check_signer(one: SignatureVerdict, *, trust_given: bool) -> Check:
    question = f"Signed as {ROLES.get(one.field, one.field)}"
    who = f"{one.signer}, certificate {one.fingerprint[:16].upper()}"
    if one.trust == "trusted":
        return Check(question, "holds", f"{who}: vouched for by a certificate that you gave.")
    if trust_given:
        return Check(question, "fails", f"{who}: does not chain to the certificates that you gave.")
    if one.trust == "self-made":
        sentence = f"{who}: self-made and not vouched for by anyone. Ask the signer for the certificate, and give it with --trust."
        return Check(question, "told", sentence)
    return Check(
        question, "told", f"{who}: issued by somebody we were not told to trust (--trust)."
    )


def _check_time(one: SignatureVerdict) -> Check:
    question = f"When the {ROLES.get(one.field, one.field)} signed"
    if one.claimed_time is None:
        return Check(question, "told", "The signature claims no time.")
    when = one.claimed_time.isoformat(sep=" ", timespec="minutes")
    if one.certificate_validity != "valid":
        return Check(
            question, "fails", f"{when}: the certificate was {one.certificate_validity} then."
        )
    return Check(question, "holds", f"{when} by the signer's own clock; no authority confirms it.")


def _who(one: SignatureVerdict) -> str:
    return f"{ROLES.get(one.field, one.field).capitalize()} ({one.signer or 'unknown signer'})"
