"""Signing a report: with which identity, and with the passphrase from where."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from compliance.checklist.pack_files import read_bounded
from compliance.conduct.attesting import tell_attested
from compliance.conduct.closing import MAX_PDF, Signer, check_signable, sign_place
from compliance.conduct.identities import (
    PASSPHRASE_VARIABLE,
    Passphrase,
    list_identities,
    make_identity,
    open_identity,
    passphrase_from,
)
from compliance.conduct.naming import file_named
from compliance.conduct.pen import KeySource, Pen, ProofSource
from compliance.errors import InputError
from compliance.terminal.prompts import Ended, Screen
from compliance.verification.places import Place
from compliance.walk.storing import write_beside

_TRIES = 3
_NO_PASSPHRASE = (
    "There is no terminal to ask for the passphrase. "
    f"Give it with --passphrase-fd N or in the environment variable {PASSPHRASE_VARIABLE}."
)
_NONE_TYPED = "No passphrase was typed, so nothing was done. Run the command again."


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was signed: the place, and what the signer should know of the signature."""

    place: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sealing:
    """Whose key and which proof were named on the command line, and where the passphrase is from."""

    source: KeySource
    proof: ProofSource
    descriptor: int | None = None

    @property
    def named(self) -> bool:
        """Whether anything was said about signing."""
        return self.source.named or self.proof.named

    def open(self) -> Pen:
        """Open the key that was named; the network is not touched yet.

        Raises:
            InputError: none was named, there is none such, or no passphrase, or the wrong one.
            SurroundingsError: a token needs a package that is not installed.
        """
        self.source.check()
        proof = self.proof.read()
        passphrase = passphrase_from(self.descriptor, _prompt())
        if passphrase is None:
            raise InputError(_NO_PASSPHRASE)
        try:
            return Pen(self.source.open(passphrase), proof)
        except Ended:
            raise InputError(_NONE_TYPED) from None


def seal_file(
    path: Path, sealing: Sealing, place: str | None, say: Callable[[str], None]
) -> Sealed:
    """Sign a report in place; it is written beside and renamed. `say` tells what is attested to.

    Raises:
        InputError: no report of ours, no such identity, a wrong passphrase, a place that is taken
            or whose turn it is not.
        SurroundingsError: a proof that was asked for cannot be had; nothing is written.
    """
    pdf = read_bounded(path, MAX_PDF)
    sealing.source.check()
    with file_named(path):
        signable = check_signable(pdf, place)
    say(tell_attested(signable.data))
    pen = sealing.open()
    with file_named(path):
        return seal(path, pdf, pen, signable.place)


def seal(path: Path, pdf: bytes, pen: Pen, place: Place | None = None) -> Sealed:
    """Sign the bytes of a report in a checked place, else the first, and write them where it lies.

    Raises:
        InputError: as `seal_file`.
        SurroundingsError: the same.
    """
    chosen = place or check_signable(pdf).place
    signer = Signer(pen.identity, chosen.name, chosen.role)
    write_beside(path, sign_place(pdf, chosen, signer, _now(), pen.proof))
    return Sealed(chosen.name, pen.notes)


def offer_to_sign(path: Path, screen: Screen, auditor: str) -> bool:
    """Ask whether to sign now and as whom, leading through a first identity; return whether signed."""
    if screen.choose("Sign the report now?", ["yes, sign it", "no, later"]) == 1:
        return False
    prompt = _prompt()
    source = passphrase_from(None, prompt)
    if source is None:
        screen.say(_NO_PASSPHRASE)
        return False
    name, source = _choose_identity(screen, auditor, source)
    for _ in range(_TRIES if prompt else 1):
        try:
            sealed = seal(path, path.read_bytes(), Pen(open_identity(name, source)))
        except InputError as error:
            screen.say(str(error))
        else:
            for note in sealed.notes:
                screen.say(note)
            return True
    return False


def _choose_identity(screen: Screen, auditor: str, source: Passphrase) -> tuple[str, Passphrase]:
    """Return an identity and where its passphrase comes from; one made now is not asked again."""
    known = list_identities()
    if known:
        taken = screen.choose("Sign as whom?", [*known, "somebody new"])
        if taken < len(known):
            return known[taken], source
    screen.say(
        "A signing identity is a key in a file behind a passphrase. It is self-made: it shows that "
        "the same person signed, and that nothing was changed since; nobody vouches for who that is."
    )
    whose = f"Whose? (Enter for {auditor})" if auditor else "Whose?"
    while True:
        name = screen.ask(whose).strip() or auditor
        passphrase = _choose_passphrase(screen, source)
        try:
            _, certificate = make_identity(name, "", passphrase, _now())
        except InputError as error:
            screen.say(str(error))
        else:
            break
    screen.say(f"Made. Readers who want to be sure that it is you need this file: {certificate}")
    return name, lambda _: passphrase


def _choose_passphrase(screen: Screen, source: Passphrase) -> bytes:
    """Ask for a new passphrase until it was typed twice alike."""
    while True:
        first = source("A passphrase for it (several words; it cannot be recovered)")
        if first and first == source("The same again"):
            return first
        screen.say("The two differ, or nothing was typed. Once more.")


def make_identity_for(name: str, organisation: str, descriptor: int | None) -> tuple[Path, Path]:
    """Make an identity from the command line.

    Raises:
        InputError: there is no passphrase, or the name is taken or empty.
    """
    prompt = _prompt()
    source = passphrase_from(descriptor, prompt)
    if source is None:
        raise InputError(_NO_PASSPHRASE)
    try:
        asked = source("A passphrase for it (several words; it cannot be recovered)")
        if source is prompt and asked != source("The same again"):
            raise InputError("The two passphrases differ. Nothing was made; try again.")
    except Ended:
        raise InputError(_NONE_TYPED) from None
    return make_identity(name, organisation, asked, _now())


def _prompt() -> Passphrase | None:
    return _ask_hidden if sys.stdin.isatty() else None


def _ask_hidden(words: str) -> bytes:
    """Return what was typed unseen.

    Raises:
        Ended: the input ended instead.
    """
    import getpass  # noqa: PLC0415 - loaded only when needed

    try:
        return getpass.getpass(f"{words}: ").encode()
    except EOFError:
        raise Ended from None


def _now() -> datetime:
    return datetime.now().astimezone()
