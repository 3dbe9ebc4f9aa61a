"""What the words that work everywhere do."""

from collections.abc import Mapping

from compliance.clinic.applicability import Item
from compliance.clinic.needs import NeedFact, NeedThings
from compliance.terminal.commands import HELP, HELP_ELSEWHERE, Stopped, Turn
from compliance.terminal.evidence_asking import ask_evidence, take_file
from compliance.terminal.fact_line import make_menu
from compliance.terminal.followups import CLOSE, ask_correction, ask_owner_and_day, close_section
from compliance.terminal.lists import list_not_asked, list_open, say_status
from compliance.terminal.places import find_need, find_previous, list_choices
from compliance.terminal.question import show_signs
from compliance.terminal.sitting import Act, Prompt, Sitting
from compliance.terminal.sources import say_why
from compliance.terminal.typed import plain_words
from compliance.terminal.verdict import judge_item
from compliance.terminal.wording import name_item
from compliance.walk.event import Event

_NO_QUESTION = "That belongs to a question of the audit, and there is none here."


def _go_back(sitting: Sitting, prompt: Prompt, _rest: str) -> None:
    previous = prompt.back or find_previous(sitting.session, prompt.at)
    if previous is None:
        sitting.screen.say("This is the first question.")
        return
    raise Turn(previous)


def _skip(sitting: Sitting, prompt: Prompt, _rest: str) -> None:
    item = prompt.at
    if item is None:
        sitting.screen.say(_NO_QUESTION)
        return
    if not isinstance(item, Item):
        sitting.screen.say(
            "This decides what applies to you, so it is not skipped. "
            "Where nobody knows, “don’t know” is an answer."
        )
        return
    state = sitting.session.state
    if item.key not in state.answers:
        first = item.key not in state.skipped
        sitting.record(Event("skip", {"key": item.key}))
        sitting.screen.say("Skipped for now.")
        close_section(sitting, item, first=first)
    raise Turn(None)


def _why(sitting: Sitting, prompt: Prompt, _rest: str) -> None:
    if isinstance(prompt.at, Item):
        say_why(sitting.screen, sitting.session, prompt.at)
    elif prompt.at is None:
        sitting.screen.say(_NO_QUESTION)
    else:
        _say_help_of(sitting, prompt)
        sitting.screen.say("It is asked because it decides which questions apply to you.")


def _say_help_of(sitting: Sitting, prompt: Prompt) -> None:
    """Print what explains the question here: signs, help, the codes that it takes."""
    at = prompt.at
    if isinstance(at, Item):
        show_signs(sitting.screen, at.entry.requirement)
    if isinstance(at, NeedThings) and at.group.help:
        sitting.screen.say(at.group.help)
    if isinstance(at, NeedFact):
        if at.fact.help:
            sitting.screen.say(at.fact.help)
        menu = make_menu(at.fact, list_choices(sitting.session.state, at.fact))
        if menu and menu.coded:
            menu.show_codes(sitting.screen)


def _note(sitting: Sitting, prompt: Prompt, rest: str) -> None:
    item = prompt.at if isinstance(prompt.at, Item) else None
    what = "this question" if item else "the audit as a whole"
    question = f"Your note on {what}: (An empty line leaves it. No patient names.)"
    note = rest or sitting.ask_text(prompt.at, question, optional=True)
    if not note:
        return
    sitting.record(Event("note", {"key": item.key} if item else {}, {"note": note}))
    sitting.screen.say("Note saved.")


def _evidence(sitting: Sitting, prompt: Prompt, rest: str) -> None:
    item = prompt.at
    if not isinstance(item, Item):
        sitting.screen.say(_NO_QUESTION)
    elif rest:
        take_file(sitting, item, rest)
    else:
        ask_evidence(sitting, item, "What shows it? (An empty line leaves it.)")


def _find_gap(sitting: Sitting, prompt: Prompt) -> Item | None:
    """Return the gap that is meant: of the question here, else the one that was seen last."""
    session = sitting.session
    here = [prompt.at] if isinstance(prompt.at, Item) else []
    answered = [item for item in session.queue if item.key in session.state.answers]
    newest = sorted(answered, key=lambda item: -session.state.answers[item.key].number)
    gaps = (item for item in [*here, *newest] if judge_item(session, item).gap_grade)
    found = next(gaps, None)
    if found is None:
        sitting.screen.say("No gap was seen yet.")
    elif found is not prompt.at:
        sitting.screen.say(f"This is about the gap seen last: {name_item(found)}")
    return found


def _corrected(sitting: Sitting, prompt: Prompt, rest: str) -> None:
    item = _find_gap(sitting, prompt)
    if item:
        ask_correction(sitting, item, rest)


def _action(sitting: Sitting, prompt: Prompt, rest: str) -> None:
    item = _find_gap(sitting, prompt)
    if item is None:
        return
    proposed = item.entry.requirement.fix or CLOSE
    question = f"What will be done? (An empty line takes: {proposed})"
    action = rest or sitting.ask_text(item, question, optional=True) or proposed
    ask_owner_and_day(sitting, item, action)


def _go(sitting: Sitting, prompt: Prompt, rest: str) -> None:
    words = rest or sitting.ask_text(prompt.at, "Go where? (Words of a question or a section.)")
    step = sitting.session.find(words) or find_need(sitting.session, words)
    if step is None:
        sitting.screen.say(
            f"No question that applies has the words “{words}”. “list” shows what is open."
        )
        return
    raise Turn(step)


def _list(sitting: Sitting, _prompt: Prompt, rest: str) -> None:
    if not rest:
        list_open(sitting.screen, sitting.session)
    elif plain_words(rest) == "skipped":
        list_not_asked(sitting.screen, sitting.session)
    else:
        sitting.screen.say("There is “list”, for what is open, and “list skipped”.")


def _status(sitting: Sitting, _prompt: Prompt, _rest: str) -> None:
    say_status(sitting.screen, sitting.session)


def _stop(_sitting: Sitting, _prompt: Prompt, _rest: str) -> None:
    raise Stopped


def _help(sitting: Sitting, prompt: Prompt, _rest: str) -> None:
    """Print what can be typed here, then the words that work everywhere."""
    screen = sitting.screen
    _say_help_of(sitting, prompt)
    words = HELP if isinstance(prompt.at, Item) else HELP_ELSEWHERE
    how = "; “yes record” says how you know, too" if isinstance(prompt.at, Item) else ""
    if not prompt.free:
        screen.say(f"Answer with a number or with the whole words{how}.")
    colon = ":" if prompt.free else ""
    for word, text in words.items():
        screen.say_labelled(f"  {colon + word:<14} ", text)
    if prompt.free:
        screen.say("Here, where any text may be typed, a line that begins with “:” is a command.")


ACTS: Mapping[str, Act] = {
    "back": _go_back,
    "skip": _skip,
    "why": _why,
    "note": _note,
    "evidence": _evidence,
    "corrected": _corrected,
    "action": _action,
    "go": _go,
    "list": _list,
    "status": _status,
    "stop": _stop,
    "?": _help,
}
