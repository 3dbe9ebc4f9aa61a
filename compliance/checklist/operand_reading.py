"""What a condition compares with: words, numbers and dates, checked against what they can be."""

from collections.abc import Collection
from typing import Any

from compliance.checklist.condition import Operator
from compliance.checklist.fact import UNKNOWN, Fact, list_words, read_number
from compliance.checklist.frozen import read_iso_date
from compliance.text.diagnostic import suggest
from compliance.text.yaml_text import Path

_OPERATORS: dict[str, tuple[str, ...]] = {
    "choices": ("includes",),
    "number": ("at_least", "at_most"),
    "date": ("before", "after"),
}


class MisfitError(ValueError):
    """What is wrong with an operand, what to do, and the steps from its key to the very spot."""

    def __init__(
        self,
        message: str,
        hint: str = "",
        steps: Path = (),
        *,
        at_key: bool = False,
        rule: str = "malformed-condition",
    ) -> None:
        super().__init__(message)
        self.message, self.hint, self.steps = message, hint, steps
        self.at_key, self.rule = at_key, rule


def list_scalars(raw: object) -> list[tuple[Path, Any]]:
    """Return the plain values of a value or a list, each with the step to it.

    Raises:
        MisfitError: there is none, or something else stands among them.
    """
    found: list[tuple[Path, Any]] = [((), raw)]
    if isinstance(raw, list):
        found = [((index,), one) for index, one in enumerate(raw)]
    if not found:
        raise MisfitError("An empty list fits nothing.", "Name the values that are meant.")
    for steps, one in found:
        if one is None:
            raise MisfitError("A value is missing here.", "Name the value that is meant.", steps)
        if isinstance(one, list | dict):
            raise MisfitError("This must be a plain value.", "Write one, or [one, two].", steps)
    return found


def read_words(fact: Fact, raw: object) -> tuple[str, ...]:
    """Return the values of a fact that a condition names, as texts.

    Raises:
        MisfitError: one of them is no value of the fact.
    """
    return tuple(_read_word(fact, one, steps) for steps, one in list_scalars(raw))


def _read_word(fact: Fact, raw: object, steps: Path) -> str:
    word = str(raw)
    refuse_unknown(word, steps)
    if fact.words and word not in fact.words:
        message = f"“{word}” is not a value of “{fact.id}”."
        hint = suggest(word, fact.words) or use(fact.words)
        raise MisfitError(message, hint, steps, rule="unknown-value")
    if fact.type == "text" and not isinstance(raw, str):
        raise MisfitError("This must be a text.", "Put it in quotes.", steps)
    if fact.type == "number":
        return str(_sentence(read_number, raw, steps))
    return str(_sentence(read_iso_date, raw, steps)) if fact.type == "date" else word


def refuse_unknown(word: str, steps: Path) -> None:
    """Refuse to compare with “unknown”.

    Raises:
        MisfitError: that is what the word says.
    """
    if word == UNKNOWN:
        message = "A condition cannot ask for “unknown”: what is not known applies already."
        raise MisfitError(message, "Name the values that are meant.", steps)


def read_operator(name: str, raw: object, kind: str, fact: Fact | None) -> tuple[Operator, Any]:
    """Return one operator and what it compares with; `kind` is the type of what it looks at.

    Raises:
        MisfitError: the operator does not go with the type, or its operand is none.
    """
    allowed = _OPERATORS.get(kind, ())
    if name not in allowed:
        fits = f"It takes {list_words(allowed)}." if allowed else "It takes a value or a list."
        message = f"“{name}” does not fit here."
        raise MisfitError(message, suggest(name, allowed) or fits, (name,), at_key=True)
    if name == "includes" and fact:
        try:
            return "any_of", read_words(fact, raw)
        except MisfitError as misfit:
            steps = (name, *misfit.steps)
            raise MisfitError(misfit.message, misfit.hint, steps, rule=misfit.rule) from None
    if name in {"before", "after"}:
        day = "today" if raw == "today" else _sentence(read_iso_date, raw, (name,))
        return name, day  # type: ignore[return-value]  # name is one of the two
    return name, _sentence(read_number, raw, (name,))  # type: ignore[return-value]  # name is at_least or at_most


def use(words: Collection[str]) -> str:
    """Return a hint that names what there is; only the first of many."""
    listed = list(words)
    most = 12
    return (
        f"Use {list_words(listed)}." if len(listed) <= most else f"Use {', '.join(listed[:most])} …"
    )


def _sentence(read: Any, raw: object, steps: Path) -> Any:  # noqa: ANN401 - either reader
    try:
        return read(raw)
    except ValueError as error:
        text = str(error)
        sentence = f"{text[0].upper()}{text[1:]}."
        raise MisfitError(sentence, "", steps, rule="unknown-value") from None
