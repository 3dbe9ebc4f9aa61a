"""Who is to sign, in which order: as the audit says, and what comes of another order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from compliance.errors import InputError
from compliance.signing.verdict import FieldState, Inspection, SignatureVerdict
from compliance.verification.places import check_turn, find_place, next_place, read_places
from compliance.verification.signatures import check_signatures

if TYPE_CHECKING:
    from compliance.verification.check import Check

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
THREE = {
    "signatories": [
        {"place": "auditor", "name": "Dana Reyes", "role": "Officer", "meaning": "prepared"},
        {"place": "reviewer", "name": "", "role": "Medical director", "meaning": "reviewed"},
        {"place": "owner", "name": "Olga Owner", "role": "Owner", "meaning": "approved"},
    ]
}


def test_the_audit_says_who_signs_and_in_which_order() -> None:
    places = read_places(THREE)
    assert [place.field for place in places] == ["sig_auditor", "sig_reviewer", "sig_owner"]
    assert [place.role for place in places] == ["Officer", "Medical director", "Owner"]
    assert [place.attests.split()[0] for place in places] == ["Prepared", "Reviewed", "Received"]


def test_an_audit_that_does_not_say_has_auditor_and_owner() -> None:
    places = read_places({"auditor": {"name": "Dana Reyes", "role": "Officer"}})
    assert [(place.name, place.who, place.role) for place in places] == [
        ("auditor", "Dana Reyes", "Officer"),
        ("owner", "", "Owner"),
    ]
    assert [place.role for place in read_places(None)] == ["Auditor", "Owner"]


MISSHAPEN = [
    "auditor",
    {},
    [],
    [1],
    [{"place": "auditor"}],
    [{"place": "Auditor!", "meaning": "prepared"}],
    [{"place": "a" * 99, "meaning": "prepared"}],
    [{"place": "auditor", "meaning": "paid"}],
    [{"place": "auditor", "meaning": ["prepared"]}],
    [{"place": "auditor", "meaning": "prepared"}] * 2,
    [{"place": f"p{number}", "meaning": "reviewed"} for number in range(99)],
]


@pytest.mark.parametrize("found", MISSHAPEN, ids=str)
def test_places_that_cannot_be_read_are_the_usual_ones(found: object) -> None:
    assert [place.name for place in read_places({"signatories": found})] == ["auditor", "owner"]


def test_an_unknown_place_is_answered_with_those_there_are() -> None:
    with pytest.raises(
        InputError, match=r"“nurse” is no place .* use auditor, reviewer or owner\."
    ):
        find_place(read_places(THREE), "nurse")


def test_whose_turn_it_is() -> None:
    places = auditor, reviewer, owner = read_places(THREE)
    assert next_place(places, []) == auditor
    assert next_place(places, ["sig_auditor"]) == reviewer
    assert next_place(places, [place.field for place in places]) is None
    check_turn(places, reviewer, ["sig_auditor", "timestamp_4"])
    with pytest.raises(InputError, match=r"^The auditor signs first\.$"):
        check_turn(places, owner, [])
    with pytest.raises(InputError, match=r"^The reviewer signs first\.$"):
        check_turn(places, owner, ["sig_auditor"])
    with pytest.raises(InputError, match="the next is the reviewer's: --as reviewer"):
        check_turn(places, auditor, ["sig_auditor"])


def verdict(field: str, revision: int) -> SignatureVerdict:
    return SignatureVerdict(
        field=field,
        signer="Dana Reyes",
        fingerprint="ab" * 32,
        intact=True,
        valid=True,
        changes_after="allowed",
        docmdp_ok=True,
        covers="whole file",
        claimed_time=NOW,
        certificate_validity="valid",
        trust="trusted",
        self_made=False,
        certifies=revision == 1,
        judged_at=NOW,
        valid_from=NOW - timedelta(days=1),
        valid_until=NOW + timedelta(days=1),
        revision=revision,
    )


def who_was_to_sign(*fields: str) -> Check:
    places = read_places(THREE)
    states = tuple(FieldState(place.field, place.field in fields) for place in places)
    signatures = tuple(verdict(field, step) for step, field in enumerate(fields, 1))
    seen = Inspection(states, signatures, whole_file_covered=True, trailing_bytes=0)
    checks = check_signatures(seen, places, trust_given=False)
    return next(check for check in checks if check.question == "Who was to sign")


ORDERS = {
    ("sig_auditor",): (
        "holds",
        "The auditor signed. The place for the reviewer and the owner is empty.",
    ),
    ("sig_auditor", "sig_reviewer"): (
        "holds",
        "The auditor signed. So did the reviewer. The place for the owner is empty.",
    ),
    ("sig_auditor", "sig_reviewer", "sig_owner"): (
        "holds",
        "The auditor signed. So did the reviewer and the owner.",
    ),
    ("sig_auditor", "sig_owner"): ("fails", "The reviewer has not signed."),
    ("sig_reviewer", "sig_auditor"): (
        "fails",
        "They signed in another order than was meant: the auditor, then the reviewer.",
    ),
    ("sig_auditor", "sig_friend"): (
        "fails",
        "“sig_friend” is no place for a signature in our reports.",
    ),
}


@pytest.mark.parametrize("fields", ORDERS, ids=" ".join)
def test_who_signed_is_held_against_who_was_to(fields: tuple[str, ...]) -> None:
    check = who_was_to_sign(*fields)
    assert (check.verdict, check.sentence) == ORDERS[fields]
