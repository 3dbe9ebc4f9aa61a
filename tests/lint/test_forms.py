"""What lint says of forms: once, where the fault is; and `reads` kept true, the rest untouched."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent, indent
from typing import TYPE_CHECKING

import pytest

from compliance.lint.fixing import mend
from compliance.text.yaml_text import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conftest import LintFiles

    from compliance.lint.engine import Finding

    Lint = Callable[..., list[Finding]]

HEAD = """\
id: states
title: States
edition: 2026-11-23
jurisdiction: US-CO
about: What states ask.
sections:
  - title: All
    where: Anywhere.
    requirements:
"""
USE = """\
- id: use-{n}
  like: paper
  with: {{what: {what}}}
  reads: Does {what} lie on the desk?
  force: consensus
  grade: minor
  cite: [paper]
"""
FORM = """\
- id: paper
  ask: Does {what} lie on the desk?
  yes_if: It lies there.
  no_if: It is gone.
  look_at: [the desk]
  why: People ask for it.
  fix: Put it there.
"""


@pytest.fixture(scope="session")
def lint(pack: Mapping[str, bytes], lint_files: LintFiles) -> Lint:
    """Lint a checklist of requirements, with a form beside that of the small pack."""

    def run(uses: str, form: str = FORM, **more: str) -> list[Finding]:
        texts = {"states.yaml": HEAD + indent(uses, " " * 6), **more}
        forms = pack["forms.yaml"] + form.encode()
        files = {name: text.encode() for name, text in texts.items()}
        found = lint_files({**pack, "forms.yaml": forms, **files})
        return [one for one in found if one.diagnostic.file in {"forms.yaml", *texts}]

    return run


def uses(*what: str) -> str:
    return "".join(USE.format(n=n, what=one) for n, one in enumerate(what))


def said(findings: list[Finding], name: str) -> list[str]:
    """Return where a rule speaks, by line and by the words that outlive it."""
    of_it = (one.diagnostic for one in findings if one.rule.name == name)
    return [f"{one.file}:{one.position.line} {one.anchor}" for one in of_it]


def test_a_form_and_its_uses_in_which_all_is_well_are_passed_over(lint: Lint) -> None:
    assert lint(uses("the log", "the permit")) == []


ASK = "Does {what} lie on the desk?"


def test_what_is_wrong_with_the_form_s_own_text_is_said_once_and_there(lint: Lint) -> None:
    form = FORM.replace("It is gone.", "It is not properly kept.")
    found = lint(uses("the log", "the permit"), form)
    assert said(found, "vague-word") == ["forms.yaml:6 paper/no_if"]


def test_what_only_comes_of_filling_it_is_said_where_it_is_filled(lint: Lint) -> None:
    found = lint(uses("the log", "a timely permit"))
    assert said(found, "vague-word") == ["states.yaml:18 sections/0/requirements/use-1/ask"]
    [finding] = [one for one in found if one.rule.name == "vague-word"]
    assert finding.diagnostic.hint.endswith("See the form “paper”, forms.yaml:4.")


def test_what_each_use_fills_in_is_not_the_form_s_own(lint: Lint) -> None:
    found = lint(uses("a timely log", "a timely permit"))
    assert [one.split()[0] for one in said(found, "vague-word")] == [
        "states.yaml:11",
        "states.yaml:18",
    ]


def test_a_text_that_is_one_slot_is_judged_only_where_it_is_filled(lint: Lint) -> None:
    form = FORM.replace(f"ask: {ASK}", 'ask: "{what}"')
    asks = ("Does it lie on the desk?", "The desk.")
    found = lint(uses(*asks), form)
    assert [one.split()[0] for one in said(found, "no-question")] == ["states.yaml:18"]
    assert said(lint(uses(asks[0]), form), "no-question") == []


def test_a_use_that_says_the_text_itself_is_not_asked_whether_the_form_is_at_fault(
    lint: Lint,
) -> None:
    form = FORM.replace(ASK, "Does {what} properly lie on the desk?")
    own = uses("the log", "the permit") + "  ask: Does the permit lie on the desk?\n"
    assert said(lint(own, form), "vague-word") == ["forms.yaml:4 paper/ask"]


def test_a_remark_beside_the_form_speaks_for_its_uses(lint: Lint) -> None:
    form = FORM.replace(
        "It is gone.", "It is not properly kept.  # lint-ignore W303: so says the law"
    )
    found = lint(uses("the log", "the permit"), form)
    assert said(found, "vague-word") + said(found, "remark-unused") == []


def test_a_condition_of_the_form_that_nothing_fulfils_is_said_once(lint: Lint) -> None:
    form = FORM + "  applies_when: {buys_stock: yes}\n  unless: {buys_stock: yes}\n"
    found = lint(uses("the log", "the permit"), form)
    assert said(found, "never-asked") == ["forms.yaml:11 paper/unless"]


def test_a_condition_that_nothing_fulfils_at_one_use_is_said_there(lint: Lint) -> None:
    form = FORM + "  unless: {buys_stock: yes}\n"
    both = uses("the log", "the permit") + "  applies_when: {buys_stock: yes}\n"
    found = lint(both, form)
    assert said(found, "never-asked") == ["states.yaml:18 sections/0/requirements/use-1/unless"]


def test_a_form_that_nobody_uses_is_only_said_to_be_unused(lint: Lint) -> None:
    form = '- id: spare\n  ask: "{what}"\n'
    assert [one.rule.name for one in lint(uses(), form, **{"states.yaml": "[]"})] == ["wrong-value"]
    only = "- {id: a, ask: Is it so?, force: consensus, grade: minor, cite: [paper]}\n"
    names = [one.rule.name for one in lint(only, form) if one.diagnostic.file == "forms.yaml"]
    assert names == ["unused-form"]


def test_a_form_may_be_used_in_a_file_that_cannot_be_read(lint: Lint) -> None:
    assert said(lint(uses("the log"), **{"broken.yaml": "a: ["}), "unused-form") == []
    assert said(lint(uses(), FORM, **{"broken.yaml": "a: ["}), "unused-form") == []


def test_the_keys_of_a_form_stand_in_the_order_of_a_requirement_s(lint: Lint) -> None:
    form = FORM.replace("  look_at: [the desk]\n", "") + "  look_at: [the desk]\n"
    found = lint(uses("the log"), form)
    assert said(found, "key-order") == ["forms.yaml:9 paper/look_at"]


FIXES = {
    "a question that changed": (
        """
        like: paper
        with: {what: the log}
        reads: Does the book lie on the desk?  # as of May
        """,
        """
        like: paper
        with: {what: the log}
        reads: Does the log lie on the desk?  # as of May
        """,
    ),
    "a question over two lines": (
        """
        like: paper
        with: {what: the log}
        reads: >
          Does the book
          lie on the desk?
        force: consensus
        """,
        """
        like: paper
        with: {what: the log}
        reads: Does the log lie on the desk?
        force: consensus
        """,
    ),
    "none yet": (
        """
        like: paper   # a form
        with: {what: the log}   # a slot
        force: consensus
        """,
        """
        like: paper   # a form
        with: {what: the log}   # a slot
        reads: Does the log lie on the desk?
        force: consensus
        """,
    ),
    "none yet, behind a block": (
        """
        like: paper
        with:
          what: the log

        # Remarks stay.
        force: consensus
        """,
        """
        like: paper
        with:
          what: the log
        reads: Does the log lie on the desk?

        # Remarks stay.
        force: consensus
        """,
    ),
    "none yet, and nothing to fill": (
        """
        like: bare
        force: consensus
        """,
        """
        like: bare
        reads: "Is it so: now?"
        force: consensus
        """,
    ),
    "white space only": (
        """
        like: paper
        with: {what: the log}
        reads: >
          Does the log
          lie on the desk?
        """,
        None,
    ),
    "a question of its own": (
        """
        like: paper
        with: {what: the log}
        ask: Is the log there?
        """,
        None,
    ),
    "a question of its own, and another said": (
        """
        like: paper
        with: {what: the log}
        reads: Is it there?
        ask: Is the log there?
        """,
        """
        like: paper
        with: {what: the log}
        reads: Is the log there?
        ask: Is the log there?
        """,
    ),
}
FORMS = FORM + '- {id: bare, ask: "Is it so: now?"}\n'


def as_requirement(lines: str) -> str:
    fields = dedent(lines).strip("\n")
    usual = {"force": "consensus", "grade": "minor", "cite": "[paper]"}
    left = [f"{key}: {value}" for key, value in usual.items() if f"\n{key}:" not in fields]
    return "- id: a\n" + indent("\n".join([fields, *left, ""]), "  ")


def fix(lint: Lint, text: str) -> str | None:
    document, _ = parse(HEAD + indent(text, " " * 6), "states.yaml")
    assert document
    found = [one for one in lint(text, FORMS) if one.rule.name == "reads-differs"]
    mended = mend(document, found)
    return mended and dedent(mended.removeprefix(HEAD))


@pytest.mark.parametrize(("before", "after"), FIXES.values(), ids=FIXES)
def test_reads_is_made_to_say_what_the_question_reads(
    before: str, after: str | None, lint: Lint
) -> None:
    wanted = as_requirement(after) if after else None
    assert fix(lint, as_requirement(before)) == wanted
    if wanted:
        assert said(lint(wanted, FORMS), "reads-differs") == []


def test_reads_is_put_into_braces_too(lint: Lint) -> None:
    text = '- {id: a, "like": paper, with: {what: the log}, force: consensus, grade: minor, cite: [paper]}\n'
    wanted = text.replace("log}", 'log}, reads: "Does the log lie on the desk?"')
    assert fix(lint, text) == wanted


def test_many_are_mended_at_once(lint: Lint) -> None:
    lines = uses("the log", "the permit", "the list").splitlines(keepends=True)
    without = "".join(line for line in lines if "reads:" not in line)
    assert fix(lint, without) == "".join(lines)


def test_a_last_line_without_an_end_stays_so(lint: Lint) -> None:
    text = "- {id: a, force: consensus, grade: minor, cite: [paper],\n   with: {what: the log}, like: paper}"
    mended = fix(lint, text)
    assert mended
    assert mended.endswith("like: paper}")


def test_reads_that_differ_are_pointed_at_and_missing_ones_at_like(lint: Lint) -> None:
    text = uses("the log", "the permit").replace("reads: Does the log", "reads: Does a log")
    text = text.replace("  reads: Does the permit lie on the desk?\n", "")
    found = [one.diagnostic for one in lint(text) if one.rule.name == "reads-differs"]
    assert [(one.position.line, one.position.column) for one in found] == [(13, 16), (18, 15)]
    assert [one.message for one in found] == [
        "The question reads “Does the log lie on the desk?”.",
        "It is not said here what the question reads: “Does the permit lie on the desk?”.",
    ]


def test_a_mend_that_would_change_anything_else_is_not_made(lint: Lint) -> None:
    text = uses("the log").replace("reads: Does", "reads: Do")
    document, _ = parse(HEAD + indent(text, " " * 6), "states.yaml")
    assert document
    [finding] = [one for one in lint(text) if one.rule.name == "reads-differs"]
    spoiling = lambda document, _: document.text.replace("minor", "major")  # noqa: E731 - as a rule's
    assert mend(document, [replace(finding, rule=replace(finding.rule, fix=spoiling))]) is None


MIXED = """\
- id: a
  reads: Is the log there?
  force: consensus
  with: {what: the log}
  grade: minor
  like: paper
  cite: [paper]
- id: b
  force: consensus
  like: paper
  with: {what: the permit}
  grade: minor
  cite: [paper]
"""
SORTED = """\
- id: a
  like: paper
  with: {what: the log}
  reads: Does the log lie on the desk?
  force: consensus
  grade: minor
  cite: [paper]
- id: b
  like: paper
  with: {what: the permit}
  reads: Does the permit lie on the desk?
  force: consensus
  grade: minor
  cite: [paper]
"""


def test_the_order_of_keys_and_what_reads_says_are_mended_together(lint: Lint) -> None:
    text = MIXED
    for _ in range(2):
        document, _ = parse(HEAD + indent(text, " " * 6), "states.yaml")
        assert document
        text = dedent((mend(document, lint(text)) or "").removeprefix(HEAD))
    assert text == SORTED
    assert lint(text) == []


@pytest.mark.parametrize("quoted", ['"force"', "'like'"])
def test_keys_in_quotes_are_left_where_they_are(quoted: str, lint: Lint) -> None:
    text = MIXED.replace(quoted[1:-1] + ":", quoted + ":")
    document, _ = parse(HEAD + indent(text, " " * 6), "states.yaml")
    assert document
    mended = mend(document, lint(text))
    assert mended
    assert "reads: Does the log lie on the desk?" in mended
