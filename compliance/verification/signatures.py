"""What the signatures of a report are worth, in sentences: one check for each question."""

from collections.abc import Iterator, Sequence

from compliance.signing.verdict import ArchiveVerdict, Inspection, SignatureVerdict
from compliance.verification.check import Check, combine
from compliance.verification.moments import check_certificate, check_time, minute
from compliance.verification.places import Place

_SHOWN = 16  # digits of a fingerprint, as they are printed in the signature


def check_signatures(
    seen: Inspection, places: Sequence[Place], *, trust_given: bool
) -> Iterator[Check]:
    """Yield a check for bytes, later changes, the expected signers, each signer, and time."""
    if not seen.signatures:
        yield Check("Unchanged since signing", "fails", "The file is not signed.", "not-signed")
        return
    titles = {place.field: place.title for place in places}
    yield _check_bytes(seen, titles)
    yield _check_additions(seen, titles)
    yield _check_expected(seen, places)
    for one in seen.signatures:
        title = titles.get(one.field, one.field)
        place = next((place for place in places if place.field == one.field), None)
        yield _check_signer(one, title, place, trust_given=trust_given)
        yield check_time(one, title, trust_given=trust_given)
        yield check_certificate(one, title)
    if seen.archives:
        yield _check_archives(seen, titles)


def _check_bytes(seen: Inspection, titles: dict[str, str]) -> Check:
    troubles = []
    for one in seen.signatures:
        who = _who(one, titles)
        if one.trouble:
            troubles.append(f"{who}: {one.trouble}")
        elif not one.intact:
            troubles.append(f"{who}: bytes were changed after signing.")
        elif not one.valid:
            troubles.append(f"{who}: the signature does not belong to its certificate.")
    good = "Every signed byte is as it was signed."
    return combine("Unchanged since signing", troubles, good, "bytes-changed")


def _check_additions(seen: Inspection, titles: dict[str, str]) -> Check:
    troubles = []
    for one in seen.signatures:
        if one.changes_after == "forbidden" or not one.docmdp_ok:
            troubles.append(
                f"{_who(one, titles)}: pages or data were changed after this signature."
            )
        if one.covers == "part":
            troubles.append(
                f"{_who(one, titles)}: the signature leaves a part of its revision out."
            )
    if seen.trailing_bytes:
        troubles.append(f"{seen.trailing_bytes} bytes were added behind the end.")
    elif not seen.whole_file_covered:
        troubles.append("The last signature does not cover the whole file.")
    last = "archive timestamp" if _ends_with_archive(seen) else "signature"
    return combine(
        "Nothing added after", troubles, f"The last {last} covers the whole file.", "added-after"
    )


def _ends_with_archive(seen: Inspection) -> bool:
    last = max(one.revision for one in seen.signatures)
    return any(archive.revision > last for archive in seen.archives)


def _check_expected(seen: Inspection, places: Sequence[Place]) -> Check:
    """The first place must be signed; a later one may be empty, unless one after it is signed."""
    signed = [one.field for one in seen.signatures]
    known = {place.field for place in places}
    troubles = [
        f"“{name}” is no place for a signature in our reports."
        for name in signed
        if name not in known
    ]
    troubles += [
        f"The place for the {place.title} holds a timestamp, which is nobody's signature."
        for place in places
        for archive in seen.archives
        if archive.field == place.field
    ]
    filled = [index for index, place in enumerate(places) if place.field in signed]
    needed = places[: max(filled, default=0) + 1]
    troubles += [
        f"The {place.title} has not signed." for place in needed if place.field not in signed
    ]
    order = [place.field for place in places if place.field in signed]
    if [name for name in dict.fromkeys(signed) if name in known] != order:
        names = ", then ".join(f"the {place.title}" for place in places if place.field in signed)
        troubles.append(f"They signed in another order than was meant: {names}.")
    return combine("Who was to sign", troubles, _tell_places(places, signed), "wrong-signers")


def _tell_places(places: Sequence[Place], signed: Sequence[str]) -> str:
    first, *rest = places
    empty = [f"the {place.title}" for place in rest if place.field not in signed]
    others = [f"the {place.title}" for place in rest if place.field in signed]
    sentence = f"The {first.title} signed."
    if others:
        sentence += f" So did {' and '.join(others)}."
    if empty:
        sentence += f" The place for {' and '.join(empty)} is empty."
    return sentence


def _check_signer(
    one: SignatureVerdict, title: str, place: Place | None, *, trust_given: bool
) -> Check:
    question = f"Signed as {title}"
    who = f"{one.signer}, certificate {one.fingerprint[:_SHOWN].upper()}"
    if one.trust == "trusted":
        sentence = f"{who}: vouched for by a certificate that you gave."
        check = Check(question, "holds", sentence, "trusted")
    elif trust_given:
        sentence = f"{who}: does not chain to the certificates that you gave."
        check = Check(question, "fails", sentence, "not-chained")
    elif one.trust == "self-made":
        sentence = f"{who}: self-made and not vouched for by anyone. Ask the signer for the certificate, and give it with --trust."
        check = Check(question, "told", sentence, "self-made")
    else:
        sentence = f"{who}: issued by somebody we were not told to trust (--trust)."
        check = Check(question, "told", sentence, "unknown-issuer")
    return _compare_names(check, one, place)


def _compare_names(check: Check, one: SignatureVerdict, place: Place | None) -> Check:
    """Tell when the report names another person for the place than the certificate does."""
    if place is None or not place.who or _plain(place.who) == _plain(one.signer):
        return check
    verdict = "told" if check.verdict == "holds" else check.verdict
    sentence = f"{check.sentence} The report names {place.who} for this place."
    reason = "another-name" if check.verdict == "holds" else check.reason
    return Check(check.question, verdict, sentence, reason)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _check_archives(seen: Inspection, titles: dict[str, str]) -> Check:
    """Tell whether the file was kept for the long term, and whether that holds."""
    question = "Kept for the long term"
    troubles = [trouble for archive in seen.archives if (trouble := _trouble_of(archive))]
    good = " ".join(_tell_archive(seen, one, titles) for one in seen.signatures)
    strange = {
        stamp.authority
        for archive in seen.archives
        if (stamp := archive.timestamp) and stamp.trust != "trusted"
    }
    if strange and not troubles:
        names = " and ".join(sorted(strange))
        sentence = f"{good} We were not told to trust {names} (--trust)."
        return Check(question, "told", sentence, "unknown-authority")
    return combine(question, troubles, good, "not-kept")


def _trouble_of(archive: ArchiveVerdict) -> str:
    if archive.trouble or not archive.timestamp:
        return f"The archive timestamp “{archive.field}” cannot be read: {archive.trouble}."
    if not archive.timestamp.sound:
        return f"The archive timestamp of {archive.timestamp.authority} is not about this file, or its authority may give none."
    if archive.covers == "part":
        return f"The archive timestamp of {archive.timestamp.authority} leaves a part of its revision out."
    return ""


def _tell_archive(seen: Inspection, one: SignatureVerdict, titles: dict[str, str]) -> str:
    who = f"The {titles.get(one.field, one.field)}'s signature"
    archive = seen.archived(one)
    if archive is None or archive.timestamp is None:
        return f"{who} has no archive timestamp over it."
    return f"{who} lies under an archive timestamp of {minute(archive.timestamp.time)} by {archive.timestamp.authority}."


def _who(one: SignatureVerdict, titles: dict[str, str]) -> str:
    title = titles.get(one.field, one.field)
    return f"{title.capitalize()} ({one.signer or 'unknown signer'})"
