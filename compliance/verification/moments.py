"""When somebody signed, and whether their certificate was worth anything then."""

from datetime import UTC, datetime, timedelta

from compliance.signing.verdict import SignatureVerdict, Timestamp
from compliance.verification.check import Check, Verdict

_SHOWN = 16  # digits of a fingerprint, as everywhere
_CLOCKS_APART = timedelta(minutes=5)


def check_time(one: SignatureVerdict, title: str, *, trust_given: bool) -> Check:
    """Say when a signature was made, and on whose word."""
    question = f"When the {title} signed"
    if one.timestamp:
        return _check_stamp(question, one, one.timestamp, trust_given=trust_given)
    if one.claimed_time is None:
        return Check(question, "told", "The signature claims no time.", "no-time")
    when = one.claimed_time.isoformat(sep=" ", timespec="minutes")
    sentence = f"{when} by the signer's own clock; no authority confirms it."
    return Check(question, "holds", sentence, "own-clock")


def _check_stamp(
    question: str, one: SignatureVerdict, stamp: Timestamp, *, trust_given: bool
) -> Check:
    if not stamp.sound:
        sentence = f"The timestamp of {stamp.authority} is not about this signature, or its authority may give none."
        return Check(question, "fails", sentence, "unsound-timestamp")
    when = f"{minute(stamp.time)}, as {stamp.authority} confirms"
    when += _compare_clocks(one, stamp)
    if stamp.trust == "trusted":
        sentence = f"{when}. A certificate that you gave vouches for that authority."
        return Check(question, "holds", sentence, "confirmed")
    who = f"The authority's certificate {stamp.fingerprint[:_SHOWN].upper()}"
    if trust_given:
        sentence = f"{when}. {who} does not chain to the certificates that you gave."
        return Check(question, "told", sentence, "authority-not-chained")
    sentence = f"{when}. {who} is none that we were told to trust (--trust)."
    return Check(question, "told", sentence, "unknown-authority")


def _compare_clocks(one: SignatureVerdict, stamp: Timestamp) -> str:
    """Tell when the signer's clock said something else; the signature shows what that said."""
    if one.claimed_time is None or abs(one.claimed_time - stamp.time) <= _CLOCKS_APART:
        return ""
    return f"; the signer's own clock said {minute(one.claimed_time)}"


def check_certificate(one: SignatureVerdict, title: str) -> Check:
    """Say whether the signer's certificate was valid when it was used, and not revoked."""
    question = f"The {title}'s certificate then"
    if one.judged_at is None or one.valid_from is None or one.valid_until is None:
        return Check(question, "fails", "It cannot be read.", "unreadable")
    span = f"It is valid from {_day(one.valid_from)} to {_day(one.valid_until)}"
    then = minute(one.judged_at)
    if one.certificate_validity != "valid":
        sentence = f"{span} and was {one.certificate_validity} at {then}."
        return Check(question, "fails", sentence, one.certificate_validity.replace(" ", "-"))
    match one.revocation:
        case "revoked":
            return Check(
                question,
                "fails",
                f"The data in the file says that it was revoked by {then}.",
                "revoked",
            )
        case "good":
            ending = "the data in the file proves that it was not revoked then"
        case "unclear":
            ending = "the data in the file does not suffice to say whether it was revoked"
        case _ if one.self_made:
            ending = "being self-made, it could not be revoked"
        case _:
            ending = "the file does not say whether it was revoked"
    verdict: Verdict = "told" if one.revocation == "unclear" else "holds"
    reason = one.revocation if verdict == "told" else ""
    return Check(question, verdict, f"{span}; {ending}.", reason)


def minute(moment: datetime) -> str:
    """Return a moment as it is printed for people."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d}"
