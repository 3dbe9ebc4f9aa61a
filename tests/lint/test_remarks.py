"""A remark silences one rule on one line, if it says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import LintFiles, Put

VAGUE = "yes_if: It is adequate."
SILENCED = {
    "behind the line": "yes_if: It is adequate.  # lint-ignore W303: the rule's own word",
    "above the line": "# lint-ignore W303: the rule's own word\nyes_if: It is adequate.",
    "by name": "yes_if: It is adequate.  # lint-ignore vague-word: the rule's own word",
    "with another": "# lint-ignore W303, W308: the rule's own words\nyes_if: It is adequate and illegal.",
    "above another remark": "# lint-ignore W303: the rule's own word\n# as it stands there\nyes_if: It is adequate.",
}
NOT_SILENCED = {
    "no reason": "yes_if: It is adequate.  # lint-ignore W303",
    "an empty reason": "yes_if: It is adequate.  # lint-ignore W303:",
    "another rule": "yes_if: It is adequate.  # lint-ignore W301: one thing",
    "another line": "# lint-ignore W303: a word\nminutes: 1\nyes_if: It is adequate.",
    "no remark at all": "yes_if: 'It is adequate. #lint-ignored W303: no'",
}


def found(files: Mapping[str, bytes], lint_files: LintFiles) -> list[str]:
    return [one.rule.name for one in lint_files(files) if one.diagnostic.file == "trial.yaml"]


@pytest.mark.parametrize("text", SILENCED.values(), ids=SILENCED)
def test_a_rule_is_silent_where_a_remark_says_why(
    text: str, pack: Mapping[str, bytes], lint_files: LintFiles, put: Put
) -> None:
    names = found(put(pack, "requirement", text), lint_files)
    assert {"vague-word", "blaming-word", "remark-unused"} & set(names) == set()


@pytest.mark.parametrize("text", NOT_SILENCED.values(), ids=NOT_SILENCED)
def test_a_rule_speaks_where_no_remark_says_why(
    text: str, pack: Mapping[str, bytes], lint_files: LintFiles, put: Put
) -> None:
    assert "vague-word" in found(put(pack, "requirement", text), lint_files)


def test_what_keeps_a_file_from_being_read_is_never_silent(
    pack: Mapping[str, bytes], lint_files: LintFiles, put: Put
) -> None:
    text = "grade: severe  # lint-ignore F508: we like it"
    names = found(put(pack, "requirement", text), lint_files)
    assert {"wrong-value", "remark-unknown"} <= set(names)


def test_a_calendar_rule_may_be_silenced_before_its_day(
    pack: Mapping[str, bytes], lint_files: LintFiles, put: Put
) -> None:
    source = pack["sources/paper.yaml"] + b"  review_by: 2027-01-01  # lint-ignore A207: in print\n"
    names = [one.rule.name for one in lint_files({**pack, "sources/paper.yaml": source})]
    assert "remark-unused" not in names
