"""One question on the screen: where you are, where to stand, what is asked, what good looks like."""

from compliance.checklist.answer import (
    ChoiceAnswer,
    DateAnswer,
    NumberAnswer,
    TextAnswer,
    YesNoAnswer,
)
from compliance.checklist.model import Requirement
from compliance.clinic.applicability import Item
from compliance.terminal.menu import Choice, Menu
from compliance.terminal.places import say_place
from compliance.terminal.prompts import Screen
from compliance.terminal.sitting import LastAnswer, Sitting
from compliance.terminal.wording import capital
from compliance.walk.outcome import say_answer

HELP = "(? for more)"
_NOT_APPLICABLE, _UNKNOWN = (
    Choice("not applicable", "not-applicable"),
    Choice("don't know", "unknown"),
)
_YES_NO = Menu(
    (
        Choice("yes", "yes"),
        Choice("partly", "partly"),
        Choice("no", "no"),
        _NOT_APPLICABLE,
        _UNKNOWN,
    )
)
_WORDS = Menu((Choice("no", "no"), Choice("none", "no"), _NOT_APPLICABLE, _UNKNOWN))
_PATTERNS = {
    "dea-number": "A DEA number, such as AB1234563",
    "npi": "An NPI, such as 1234567893",
}


def show_question(sitting: Sitting, item: Item) -> None:
    """Print everything about a question but its choices.

    Where to stand is said when it changes. The same question for the next thing leaves out what
    good looks like, which stands right above; `?` prints it again.
    """
    screen, requirement, before = sitting.screen, item.entry.requirement, sitting.shown
    sitting.shown = item
    screen.say()
    standing = f"{requirement.force.replace('-', ' ')} · {requirement.grade}"
    screen.say_apart(say_place(sitting.session, item), standing)
    where = item.entry.section.where
    if where and (before is None or before.entry.section.where != where):
        screen.say(where)
    screen.say()
    screen.say(requirement.ask)
    screen.say()
    if before is None or before.entry.key != item.entry.key or before.key == item.key:
        show_signs(screen, requirement)
    _show_said(sitting, item)
    last = sitting.last_time.get(item.key)
    if last:
        _show_last(screen, item, last)


def show_signs(screen: Screen, requirement: Requirement) -> None:
    """Print what good looks like, in a column."""
    signs = {
        "Yes if": requirement.yes_if,
        "Partly if": requirement.partly_if,
        "No if": requirement.no_if,
        "Look at": "; ".join(requirement.look_at),
        "Show": "a file, or where the paper is kept: without, a yes counts as not determined"
        if requirement.evidence == "required"
        else "",
    }
    shown = {label: text for label, text in signs.items() if text}
    for label, text in shown.items():
        screen.say_labelled(f"  {label:<9}  ", text)
    if shown:
        screen.say()


def _show_said(sitting: Sitting, item: Item) -> None:
    """Print what was answered to it in this audit, which an empty line keeps."""
    answer = sitting.session.state.answers.get(item.key)
    if answer is None:
        return
    how = f" ({answer.basis})" if answer.basis else ""
    why = f" Reason: {answer.reason}" if answer.reason else ""
    said = say_answer(item.entry, answer.said)
    sitting.screen.say(f"Answered: {said}{how}.{why} An empty line keeps it.")
    for note in sitting.session.state.attached_to(item.key).notes:
        sitting.screen.say(f"Note: {note.text('note')}")


def _show_last(screen: Screen, item: Item, last: LastAnswer) -> None:
    """Print what was answered in the audit before, beside both texts where the text changed."""
    said = say_answer(item.entry, last.said)
    evidence = f" Evidence: {', '.join(last.evidence)}." if last.evidence else ""
    screen.say(f"Last time ({last.as_of}): {said}.{evidence}")
    if last.same_text:
        screen.say("If that still holds, once you have looked: “=” answers the same.")
    else:
        screen.say(f"The question has changed since. It read: “{last.old_ask}”")


def make_answer_menu(requirement: Requirement) -> Menu:
    """Return what can be picked: every answer, or beside a typed value the words that go with it."""
    rule = requirement.answer
    if isinstance(rule, YesNoAnswer):
        return _YES_NO
    if isinstance(rule, ChoiceAnswer):
        listed = tuple(Choice(label, word) for word, label in rule.choices.items())
        return Menu((*listed, Choice("no, none of these", "no"), _NOT_APPLICABLE, _UNKNOWN))
    return _WORDS


def show_ways(screen: Screen, requirement: Requirement) -> None:
    """Print how the question can be answered."""
    rule = requirement.answer
    if isinstance(rule, YesNoAnswer | ChoiceAnswer):
        make_answer_menu(requirement).show(screen, HELP)
        return
    others = f"or: no (there is none), not applicable, don't know. {HELP}"
    screen.say(f"{say_form(rule)}; {others}")


def say_form(rule: DateAnswer | NumberAnswer | TextAnswer) -> str:
    """Return the form of a typed answer, with an example."""
    if isinstance(rule, DateAnswer):
        return "A date, such as 2027-03-31"
    if isinstance(rule, NumberAnswer):
        return capital(f"a number of {rule.unit}, such as 45")
    return _PATTERNS[rule.pattern]
