"""What each key and word of the language says, in Markdown: an editor shows it on hover.

The tables of `docs/writing-a-checklist.md` say the same, word for word; a test holds them to it.
"""

from collections.abc import Mapping

from pydantic import BaseModel

from compliance.checklist.answer import (
    ChoiceAnswer,
    ChoiceRule,
    DateAnswer,
    DateRule,
    NumberAnswer,
    NumberRule,
    TextAnswer,
    YesNoAnswer,
)
from compliance.checklist.fact import Fact, FactSheet, Group
from compliance.checklist.model import Checklist, Pack, Requirement, Retired, Section
from compliance.checklist.source import Source

_APPLIES = "the condition under which it applies; what is not known applies"
_LIFTED = "the condition that lifts it"

KEYS: Mapping[type[BaseModel], Mapping[str, str]] = {
    Checklist: {
        "id": "its name, which is the file's: lower-case words joined by hyphens",
        "title": "what it is called",
        "about": "what it covers, in a sentence",
        "edition": "the day its text last changed",
        "jurisdiction": "`US`, or a state as `US-CO`, which is itself a condition",
        "applies_when": _APPLIES,
        "unless": _LIFTED,
        "sections": "one or more",
        "retired": "requirements that went away, so that their ids are never used again",
    },
    Section: {
        "title": "what it is called",
        "where": "where the auditor stands",
        "applies_when": _APPLIES,
        "unless": _LIFTED,
        "requirements": "one or more",
    },
    Requirement: {
        "id": "lower-case words joined by hyphens, never used for anything else again",
        "ask": "the question: one thing, of one force; `yes` is the good answer",
        "for_each": "the group it is asked for, declared in `facts.yaml`: `site`, `staff`, "
        "`practitioner`, `practice_location`, `storage_unit`",
        "depth": "how deep the walk goes that asks it: `quick`, `core`, `deep`",
        "force": "what stands behind it: `law`, `guidance`, `consensus`, `good-practice`",
        "grade": "how serious a no is: `critical`, `major`, `minor`",
        "cite": "ids of sources, declared under `sources/`; one or more",
        "applies_when": _APPLIES,
        "unless": _LIFTED,
        "answer": "what can be answered: a date, a number, a choice or a text of a known form",
        "yes_if": "what a yes means",
        "no_if": "what a no means",
        "partly_if": "what a partly means; it then counts one grade lower",
        "look_at": "where to look, or what to have in hand",
        "why": "why it matters",
        "fix": "what to do this week",
        "evidence": "`required`, `recommended`, `none`; required and missing is *not determined*",
        "minutes": "honest minutes to answer it, from 1 to 60",
    },
    Retired: {
        "id": "the id that went away; it is never used again",
        "on": "the day it went away",
        "reason": "why, or under which id it is asked now",
    },
    YesNoAnswer: {"type": "yes, partly, no, not applicable or don't know"},
    DateAnswer: {
        "type": "a date, such as the day on a certificate",
        "conforms_when": "when the date conforms; all that is given must hold",
        "warn_within": "conforming, with a warning, so long before it lapses; a period such as "
        "`90 days`",
    },
    DateRule: {
        "not_before": "`today`, or a date: it conforms on that day and later",
        "not_after": "`today`, or a date: it conforms on that day and earlier",
        "within_last": "a period such as `2 years`: it conforms through the day that long after it",
    },
    NumberAnswer: {
        "type": "a number",
        "unit": "what the number counts",
        "conforms_when": "when the number conforms",
    },
    NumberRule: {
        "at_least": "the least that conforms",
        "at_most": "the most that conforms",
    },
    ChoiceAnswer: {
        "type": "one of several choices",
        "choices": "what each word means on the screen; two or more",
        "conforms_when": "which of the choices conform",
    },
    ChoiceRule: {"one_of": "the choices that conform"},
    TextAnswer: {
        "type": "a text of a known form, which conforms when it has that form",
        "pattern": "`dea-number` or `npi`, form and check digit",
    },
    FactSheet: {
        "clinic": "facts of the clinic itself",
        "groups": "what repeats: sites, staff, storage units",
    },
    Fact: {
        "id": "lower-case words joined by underscores; not `any_of`, `answers`, `count` or `this`",
        "type": "`yes_no`, `choice`, `choices` (several), `number`, `text`, `date`; `thing` and "
        "`things` point at members of a group",
        "of": "the group that a `thing` or `things` points at; one that is declared one by one",
        "choices": "what each word means on the screen; `unknown` is no choice, because it answers "
        "everything",
        "ask": "the question",
        "help": "a line below the question",
        "unit": "what a number counts",
        "required": "`yes` where the audit cannot go on without it, so that “don't know” is refused",
        "asked": "`when-needed`, `always`, or `never` (only edited in, such as the day somebody "
        "left)",
        "applies_when": "a condition on facts of the clinic; only for a fact of a thing with several "
        "`choices`, which are none where it does not hold",
    },
    Group: {
        "id": "its name in conditions",
        "title": "what one member is called",
        "ask": "how its members are asked for",
        "help": "a line below that question",
        "plural": "its members are listed one by one; the name they go by in `clinic.yaml`",
        "subset_of": "or it is those of another group who fulfil `where`",
        "where": "the condition of a subset, which looks at one thing at a time",
        "pairs": "or it is pairs of two groups",
        "by": "the fact of the first that lists its members of the second; without it every pair "
        "is meant",
        "facts": "what is asked of each member; only where they are listed one by one",
        "at_least": "`1` where there should be a member",
        "applies_when": "the condition under which there should be one",
    },
    Source: {
        "id": "the name that `cite` uses: lower-case words joined by hyphens",
        "citation": "how lawyers name it",
        "title": "what it is called",
        "publisher": "who issued it",
        "kind": "`statute`, `regulation`, `guidance`, `label`, `rems`, `consensus` or `standard`",
        "binds": "whom the text itself names",
        "url": "where its text stands",
        "says": "what it says, in our own words, never copied",
        "text_as_of": "the date of the text that was read; without one, or after five years, "
        "“check the current text” is printed",
        "read": "how far it was read, as the walk and the report print it: `full-text`, `partial`, "
        "`secondary`, `not-read`",
        "review_by": "the day by which it is read again",
        "note": "what a reader of this file should know",
    },
    Pack: {
        "name": "its name before the ids of a pack that is added to another",
        "title": "what it is called",
        "edition": "the day it was issued",
        "publisher": "who issues it",
        "licence": "the terms under which it may be used",
        "order": "ids of checklists in walking order; the rest follow by path",
    },
}

LIKENESS: Mapping[str, str] = {
    "like": "the id of a form, which says whatever this requirement does not say itself",
    "with": "plain text for each slot; left out where there is none",
    "reads": "the question as it is asked, so that whoever reviews this file reads whole sentences",
}
"""What a requirement says of its form."""

CONDITIONS: Mapping[str, str] = {
    "any_of": "a list of conditions, one of which must hold",
    "answers": "earlier requirements, as `checklist/requirement`, with their answers",
    "count": "how many members of a group fulfil a condition",
    "of": "the group that is counted",
    "where": "what each member that is counted fulfils; its keys are the member's own facts",
    "at_least": "that many or more",
    "at_most": "that many or fewer",
    "before": "a date, or `today`: on an earlier day",
    "after": "a date, or `today`: on a later day",
    "includes": "for a fact with several values: any of these is among them",
}

WORDS: Mapping[tuple[type[BaseModel], str], Mapping[str, str]] = {
    (Requirement, "depth"): {
        "quick": "among the twenty questions an inspector asks first",
        "core": "what an ordinary audit covers",
        "deep": "the rest, asked only on request",
    },
    (Requirement, "force"): {
        "law": "a statute or a regulation, or a label or REMS that says whom it binds",
        "guidance": "what an agency advises",
        "consensus": "what professional bodies agree on",
        "good-practice": "what is merely wise",
    },
    (Requirement, "grade"): {
        "critical": "a careful owner would stop giving the drug until it is fixed",
        "major": "serious; a yes says how it is known, as it does where critical",
        "minor": "the rest",
    },
    (Requirement, "evidence"): {
        "required": "a yes or partly without any is not determined",
        "recommended": "asked for, and not held against anybody",
        "none": "not asked for",
    },
    (Source, "kind"): {
        "statute": "may carry a requirement of law",
        "regulation": "may carry a requirement of law",
        "guidance": "an agency's advice, or a government protocol",
        "label": "carries a requirement of law where it says whom it `binds`",
        "rems": "carries a requirement of law where it says whom it `binds`",
        "consensus": "a guideline or review of a professional body",
        "standard": "of a society, an accreditor or a compendium",
    },
    (Source, "read"): {
        "full-text": "all of it",
        "partial": "a part, or the abstract",
        "secondary": "other people's accounts of it only",
        "not-read": "it may only carry “Has the clinic confirmed …?”, and nothing critical",
    },
    (Fact, "asked"): {
        "when-needed": "when a requirement that is still possible looks at it",
        "always": "of every clinic",
        "never": "only edited in",
    },
}
"""What single words say, where a key takes one of several."""
