import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from compliance.audit.result import Action, Result
from compliance.report.context import ReportContext, build_context


@pytest.fixture(scope="module")
def context(sunrise: Result) -> ReportContext:
    return build_context(sunrise.as_data())


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)


def test_the_context_is_the_same_from_the_attached_json(sunrise: Result) -> None:
    data = sunrise.as_data()
    assert build_context(data) == build_context(json.loads(json.dumps(data)))


def test_the_word_that_admits_is_never_printed(context: ReportContext) -> None:
    assert not [text for text in texts(context) if "violat" in text.lower()]


def test_the_cover_says_clinic_sites_day_conclusion_and_limits(context: ReportContext) -> None:
    cover = context.cover
    said = {line.label: line.text for line in cover.facts}
    assert (
        cover.clinic,
        cover.day,
    ) == ("Sunrise Ketamine Clinic", "As of Monday, November 23, 2026")
    assert cover.sites == (
        "Main Street, 120 Main Street, Denver, CO",
        "Orchard, 48 Orchard Lane, Boulder, CO",
    )
    assert cover.headline == "Critical gaps: 1 of law, 1 of consensus"
    assert said["Auditor"] == "Dana Reyes, clinic manager"
    assert (
        said["Limits"]
        == "3 deeper questions not asked at this depth. 4 questions out of scope for this clinic."
    )
    assert said["Privilege"] == "Not privileged unless counsel advises."
    assert "not a certificate" in cover.disclaimer


def test_a_lawyers_request_is_printed_as_it_stands(sunrise: Result) -> None:
    line = "Prepared at the request of counsel, J. Marsh, on 2026-11-01."
    made = build_context(replace(sunrise, privilege=line).as_data())
    assert line in [fact.text for fact in made.cover.facts]
    assert line in made.limits
    assert not [text for text in texts(made) if "unless counsel" in text]


def test_an_audit_narrowed_to_some_checklists_says_so(sunrise: Result) -> None:
    scope = replace(sunrise.scope, only=("storage-security", "dea-registration"))
    made = build_context(replace(sunrise, scope=scope).as_data())
    limits = {line.label: line.text for line in made.cover.facts}["Limits"]
    assert limits.startswith("Narrowed to storage-security and dea-registration. ")


def test_an_unfinished_audit_is_marked_everywhere(unfinished: Result) -> None:
    made = build_context(unfinished.as_data())
    assert made.running.mark == "UNFINISHED AUDIT"
    assert made.title.endswith("(unfinished)")
    assert made.cover.over == "Conclusion so far"
    assert "still under way" in made.cover.unfinished
    assert (
        "not yet concluded"
        in {line.label: line.text for line in made.cover.facts}["Begun, concluded"]
    )


def test_a_finished_audit_bears_no_mark(context: ReportContext) -> None:
    assert (context.running.mark, context.cover.unfinished) == ("", "")


def test_gaps_come_gravest_first_and_law_before_the_rest(context: ReportContext) -> None:
    found = [
        (grade.name, gap.number, gap.standing) for grade in context.grades for gap in grade.gaps
    ]
    assert found == [
        ("critical", 1, "critical · law"),
        ("critical", 2, "critical · consensus"),
        ("major", 3, "major · law"),
        ("major", 4, "major · law"),
        ("minor", 5, "minor · good practice"),
    ]


def test_a_gap_is_an_observation_against_its_citation(context: ReportContext) -> None:
    said = [gap.verdict for grade in context.grades for gap in grade.gaps]
    assert said[0] == "Gap seen; may not meet 21 CFR 1301.75(b)."
    assert said[1] == "Gap seen; may not meet Sanacora 2017 or Cohen 2018."
    assert said[3] == "Gap seen in part; may not meet 21 CFR 1304.11(c)."


def test_a_gap_lesser_than_its_requirement_says_both(sunrise: Result) -> None:
    lesser = [
        replace(found, gap_grade="minor") if found.gap_grade == "critical" else found
        for found in sunrise.findings
    ]
    made = build_context(replace(sunrise, findings=tuple(lesser)).as_data())
    assert "minor · law · the requirement itself is critical" in [
        gap.standing for grade in made.grades for gap in grade.gaps
    ]


def test_what_was_corrected_stays_a_finding(context: ReportContext) -> None:
    lines = context.grades[0].gaps[0].things[0].lines
    corrected = next(line for line in lines if line.label == "Corrected")
    assert corrected.text == "Locked at 10:24; key moved to the key safe."
    assert corrected.aside == "during the audit"
    assert "corrected during the audit" in context.summary.fixes[0].where


def test_the_other_things_of_a_gap_are_named_with_how_they_came_out(context: ReportContext) -> None:
    assert context.grades[0].gaps[0].others == "Orchard, safe: conforming"


def test_five_things_are_fixed_first_with_law_owner_and_date(context: ReportContext) -> None:
    fixes = context.summary.fixes
    assert [fix.number for fix in fixes] == [1, 2, 3, 4, 5]
    assert (
        fixes[0].law
        == "21 CFR 1301.75(b): Practitioners keep Schedules II to V in a securely locked, substantially constructed …"
    )
    assert (fixes[2].who, fixes[2].when) == ("Ann Lee", "2026-11-30")


def test_a_plan_without_owner_or_date_says_so_plainly(context: ReportContext) -> None:
    fixes = context.summary.fixes
    assert (fixes[1].who, fixes[1].when) == ("no owner set", "no date set")
    assert (fixes[0].who, fixes[0].when) == ("no owner set; Dana Reyes", "no date set; 2026-11-27")
    assert {"no owner set"} == {task.owner for task in context.tasks if task.number == 2}


def test_every_gap_has_a_row_to_work_from_and_every_action_its_own(context: ReportContext) -> None:
    assert [task.number for task in context.tasks] == [1, 1, 2, 3, 4, 5]
    assert (
        context.tasks[4].action
        == "None set. Suggested: Take a full inventory at opening or closing, and date and sign it."
    )


def test_more_gaps_than_five_are_counted_not_dropped(large: Result) -> None:
    made = build_context(large.as_data())
    assert len(made.summary.fixes) == 5
    assert made.summary.fixes_rest.more == "20 more gaps"
    assert sum(len(grade.gaps) for grade in made.grades) == 25


def test_the_small_figures_carry_their_denominators(context: ReportContext) -> None:
    shown = [(figure.value, figure.label, figure.note) for figure in context.summary.figures]
    assert shown == [
        ("6 of 10", "Law: conforming", "1 declared not applicable"),
        ("3 of 4", "Consensus: conforming", ""),
        ("2", "not determined", "never counts as a pass"),
        ("4", "dates within 90 days", "1 lapsed already"),
    ]


def test_the_summary_says_how_many_yes_rest_on_word_alone(context: ReportContext) -> None:
    assert (
        context.summary.bases
        == "7 conforming answers to critical and major questions: 3 seen, 2 from a record and 2 on word alone."
    )


def test_what_is_critical_and_set_aside_is_named_with_its_reason(context: ReportContext) -> None:
    assert context.summary.declared == (
        "Does the dispensing cabinet log who opened it, and when? – Reason given: There is no automated cabinet; keys only.",
    )


@pytest.mark.parametrize("key", ["automated-dispensing", "unheard/of"])
def test_a_critical_key_is_never_dropped(sunrise: Result, key: str) -> None:
    told = replace(sunrise.conclusion, critical_not_applicable=(key,))
    assert (key,) == build_context(replace(sunrise, conclusion=told).as_data()).summary.declared


def test_lapses_come_soonest_first_and_later_ones_are_numbered_on(context: ReportContext) -> None:
    assert [(lapse.on, lapse.distance) for lapse in context.lapses[:2]] == [
        ("2026-11-14", "lapsed 9 days ago"),
        ("2026-12-01", "in 8 days"),
    ]
    assert [(lapse.number, lapse.on) for lapse in context.later] == [(6, "2028-04-30")]


def test_the_ninetieth_day_is_within_ninety_days(sunrise: Result) -> None:
    edge = [replace(sunrise.lapses[0], days=days) for days in (90, 91)]
    made = build_context(replace(sunrise, lapses=tuple(edge)).as_data())
    assert (len(made.lapses), len(made.later)) == (1, 1)


def test_what_nobody_knew_is_apart_from_what_the_tool_could_not_establish(
    context: ReportContext,
) -> None:
    assert [item.why for item in context.undetermined] == [
        "I don’t know. Nobody who was there could say."
    ]
    assert [item.ask for item in context.unestablished] == [
        "Has the clinic confirmed with its state board whether a move must be reported?"
    ]


def test_an_unread_rule_is_never_stated_nor_held_against_the_clinic(context: ReportContext) -> None:
    entries = [
        entry for used in context.checklists for part in used.sections for entry in part.entries
    ]
    unread = next(entry for entry in entries if "state-board-notice" in entry.standing)
    assert (unread.mark, unread.word) == ("open", "not established")
    assert not [text for text in texts(context) if "Nobody has read this." in text]


def test_every_requirement_is_in_the_record_with_its_sources(
    context: ReportContext, sunrise: Result
) -> None:
    entries = [
        entry for used in context.checklists for part in used.sections for entry in part.entries
    ]
    assert sorted(found.ask for found in sunrise.findings) == sorted(entry.ask for entry in entries)
    assert all(entry.sources for entry in entries)


def test_what_was_not_asked_stands_under_the_reason_that_decided(context: ReportContext) -> None:
    kinds = [
        (kind.heading, [reason.because for reason in kind.reasons]) for kind in context.not_asked
    ]
    assert kinds == [
        (
            "Out of scope: a condition decided that it does not apply (4)",
            [
                "The clinic holds no DEA registration as an institution (1 question)",
                "Ketamine is not given to take home (2 questions)",
                "Nobody is sedated more deeply than answering when spoken to (1 question)",
            ],
        ),
        (
            "Deeper than this audit went (3)",
            [
                "Controlled-substance storage and security. Depth core; this question belongs to depth deep (2 questions)",
                "DEA registration. Depth core; this question belongs to depth deep (1 question)",
            ],
        ),
    ]


def test_a_withdrawn_note_leaves_who_and_why(context: ReportContext) -> None:
    notes = [line for line in context.grades[0].gaps[0].things[0].lines if line.label == "Note"]
    assert notes[1].text == "Withdrawn: by Dana Reyes on 2026-11-23: named a patient"


def test_one_file_given_twice_is_registered_once(context: ReportContext) -> None:
    first = context.evidence[0]
    assert len(context.evidence) == 3
    assert (
        first.given_for
        == "dea-registration/current-certificate, Ann Lee at Main Street; storage-security/biennial-inventory"
    )


def test_only_a_web_address_becomes_a_link(context: ReportContext) -> None:
    links = {source.url: source.link for source in context.sources}
    assert links["javascript:alert(1)"] == ""
    assert links["https://www.ecfr.gov/current/title-21/section-1301.12"]


@pytest.mark.parametrize(
    "url", ["", "https://[", "file:///etc/passwd", "https://", "https://é.example"]
)
def test_an_odd_address_is_printed_and_not_linked(sunrise: Result, url: str) -> None:
    odd = replace(sunrise.sources[0], url=url)
    made = build_context(replace(sunrise, sources=(odd, *sunrise.sources[1:])).as_data())
    assert (url, "") == (made.sources[0].url, made.sources[0].link)


def test_an_audit_of_nothing_flatters_nobody(nothing: Result) -> None:
    made = build_context(nothing.as_data())
    assert made.cover.headline == "Nothing was audited"
    assert made.summary.fixes_rest.none == "Nothing was audited."
    assert made.summary.bars + made.summary.timeline == ""
    assert not [text for text in texts(made) if "No gap was seen" in text or "100%" in text]


def test_where_nothing_was_checked_no_gap_could_be_seen(sunrise: Result) -> None:
    open_ = tuple(found for found in sunrise.findings if found.conclusion == "not determined")
    made = build_context(replace(sunrise, findings=open_).as_data())
    assert made.headings["findings"].lead == "Nothing was checked, so no gap could be seen."
    assert made.summary.fixes_rest.none == "Nothing was checked, so no gap could be seen."


def test_an_audit_without_gaps_says_only_what_was_checked(sunrise: Result) -> None:
    fine = tuple(found for found in sunrise.findings if found.conclusion == "conforming")
    made = build_context(replace(sunrise, findings=fine).as_data())
    assert (made.grades, made.tasks) == ((), ())
    assert made.headings["findings"].lead == "No gap was seen in what was checked."
    assert made.summary.fixes_rest.none == "No gap was seen in what was checked."


def test_a_long_name_is_cut_in_the_running_head_only(sunrise: Result) -> None:
    name = "Llanfair" * 20
    made = build_context(replace(sunrise, clinic=name).as_data())
    assert name == made.cover.clinic
    assert len(made.running.head) < 60


def test_every_text_of_the_context_is_printable(sunrise: Result) -> None:
    odd = Action(text="漢", owner="😀", due="\u202e", by="a\x00", at="שלום")
    first = sunrise.findings[1]
    things = tuple(replace(thing, actions=(odd,)) for thing in first.things)
    made = build_context(replace(sunrise, findings=(replace(first, things=things),)).as_data())
    assert made.tasks[0].owner == "[U+1F600]"
    assert not [text for text in texts(made) if set(text) & set("漢😀\u202e\x00ש")]


def test_a_result_that_lacks_a_part_fails_loudly(sunrise: Result) -> None:
    data: dict[str, Any] = sunrise.as_data()
    del data["lapses"]
    with pytest.raises(KeyError, match="lapses"):
        build_context(data)


def test_a_question_nobody_answered_says_so_once(sunrise: Result) -> None:
    thing = replace(sunrise.findings[2].things[0], said="", detail="Skipped.")
    bare = replace(sunrise.findings[2], things=(thing,))
    made = build_context(replace(sunrise, findings=(bare,)).as_data())
    assert made.undetermined[0].why == "Skipped."
    lines = made.checklists[0].sections[0].entries[0].things[0].lines
    assert [line.text for line in lines] == ["Skipped."]


def test_a_person_of_whom_nothing_was_asked_is_listed(context: ReportContext) -> None:
    listed = {facts.title: facts.lines for facts in context.profile}
    assert listed["Staff: Mo Okafor"] == ()


def test_answers_without_a_basis_are_not_passed_off_as_seen(sunrise: Result) -> None:
    told = replace(sunrise.conclusion, bases={"seen": 1, "not said": 2})
    made = build_context(replace(sunrise, conclusion=told).as_data())
    assert made.summary.bases.endswith("1 seen and 2 without saying how it is known.")


def test_what_makes_a_gap_partial_stands_with_it(context: ReportContext) -> None:
    gap = context.grades[1].gaps[1]
    assert gap.lesser == "The count is there and one signature is missing."


def test_of_several_auditors_the_one_who_answered_is_named(sunrise: Result) -> None:
    found = next(one for one in sunrise.findings if one.conclusion == "conforming")
    for by, said in {sunrise.auditor.name: "", "Priya Nair": "Priya Nair"}.items():
        thing = replace(found.things[0], title="", basis="told", answered_by=by)
        made = build_context(
            replace(sunrise, findings=(replace(found, things=(thing,)),)).as_data()
        )
        answer = made.checklists[0].sections[0].entries[0].things[0].lines[0]
        assert answer.aside == ("told, on word alone" + (f", {said}" if said else ""))
