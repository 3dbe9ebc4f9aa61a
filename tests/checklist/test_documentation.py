"""Every table and every example of the page that teaches the language is what the code does."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from textwrap import indent

import pytest
import yaml

from compliance.checklist.condition import Given, Truth
from compliance.checklist.fact import Fact, Group
from compliance.checklist.library import Library, read_library, read_packs
from compliance.checklist.model import USE_KEYS, Checklist, Requirement, Section
from compliance.checklist.pack_files import PackFiles
from compliance.checklist.slot import may_hold_slots
from compliance.checklist.source import Source
from compliance.clinic.applicability import Chosen, decide
from compliance.clinic.profile import Profile
from compliance.scenario.model import Scenario
from compliance.scenario.reading import read_scenarios
from compliance.scenario.running import run_scenario
from compliance.text.yaml_text import parse
from compliance.walk.outcome import find_outcome
from compliance.walk.state import Answer

PAGE = (Path(__file__).parents[2] / "docs" / "writing-a-checklist.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
TODAY = date(2026, 11, 23)
Trial = Callable[..., Library]
MakeProfile = Callable[..., Profile]
Row = dict[str, str]


def table(heading: str) -> list[Row]:
    """Return the rows of the table whose first line begins so."""
    text = PAGE[PAGE.index(f"\n| {heading}") :].strip().split("\n\n")[0]
    titles, _, *rows = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in text.split("\n")
    ]
    return [dict(zip(titles, row, strict=True)) for row in rows]


def truth_of(
    library: Library, profile: Profile, given: Mapping[str, Given] | None = None, key: str = "a"
) -> str:
    item = decide(library, profile, given or {}, Chosen("deep"), TODAY).by_key[f"trial/{key}"]
    assert (item.standing == "out of scope") == (item.truth is Truth.NO)
    return item.truth.name.lower()


KNOWN = {"yes": "yes", "no": "no", "unknown": None}


@pytest.mark.parametrize("row", table("applies_when | unless"), ids=str)
def test_a_requirement_applies_as_the_table_says(
    row: Row, read_trial: Trial, make_profile: MakeProfile
) -> None:
    library = read_trial("id: a\napplies_when: {telehealth: yes}\nunless: {setting: office}")
    setting = {"yes": "office", "no": "hospital", "unknown": None}[row["unless"]]
    facts = {"telehealth": KNOWN[row["applies_when"]], "setting": setting}
    [item] = decide(library, make_profile(library, facts), {}, Chosen(), TODAY).items
    assert item.standing == row["the requirement is"]


@pytest.mark.parametrize("row", table("the fact | what was said"), ids=str)
def test_a_fact_is_to_a_condition_what_the_table_says(
    row: Row, read_trial: Trial, make_profile: MakeProfile
) -> None:
    name, said = row["the fact"], row["what was said"]
    library = read_trial(f"id: a\napplies_when: {{{name}: {row['the condition']}}}")
    value = [] if said == "none of these" else said.split(", ") if name == "routes" else said
    facts = {} if said == "not asked" else {name: None if said == "don't know" else value}
    assert truth_of(library, make_profile(library, facts)) == row["holds"]


def given_so(library: Library, said: str) -> Given | None:
    """Return an earlier answer as a condition sees it; None when there is none."""
    if said in {"not answered", "out of scope"}:
        return None
    answer = Answer("trial/earlier", "", said, "", "", 1, "", "")
    outcome = find_outcome(library.by_key["trial/earlier"], answer, TODAY)
    return Given(None if outcome.word == "unknown" else outcome.word, outcome.value)


NUMBER = "\nanswer: {type: number, unit: minutes, conforms_when: {at_least: 120}}"


@pytest.mark.parametrize(
    ("heading", "answer"), [("the earlier answer", ""), ("the earlier number", NUMBER)]
)
def test_an_earlier_answer_is_to_a_condition_what_the_table_says(
    heading: str, answer: str, read_trial: Trial, make_profile: MakeProfile
) -> None:
    rows = table(heading)
    for row in rows:
        said = row.pop(heading)
        for wanted, holds in row.items():
            library = read_trial(
                f"id: earlier\napplies_when: {{telehealth: yes}}{answer}\n\n"
                f"id: a\napplies_when: {{answers: {{trial/earlier: {wanted}}}}}"
            )
            facts = {"telehealth": "no" if said == "out of scope" else "yes"}
            answered = given_so(library, said)
            given = {"trial/earlier": answered} if answered else {}
            assert truth_of(library, make_profile(library, facts), given) == holds, (said, wanted)
    assert len(rows) >= 7


@pytest.mark.parametrize("row", table("certain | possible besides"), ids=str)
def test_a_count_is_what_the_table_says(
    row: Row, read_trial: Trial, make_profile: MakeProfile
) -> None:
    certain, possible = row.pop("certain"), row.pop("possible besides")
    staff: dict[str, dict[str, object]] = {"never": {"role": "clerk"}}
    if certain != "not listed":
        staff |= {f"certain-{n}": {"role": "crna"} for n in range(int(certain))}
        staff |= {f"possible-{n}": {"role": None} for n in range(int(possible))}
    for bounds, holds in row.items():
        limits = bounds.strip("{}")
        library = read_trial(
            f"id: a\napplies_when: {{count: {{of: staff, where: {{role: crna}}, {limits}}}}}"
        )
        things = {} if certain == "not listed" else {"staff": staff}
        assert truth_of(library, make_profile(library, **things)) == holds, bounds


def test_the_tables_are_whole() -> None:
    assert len(table("applies_when | unless")) == 3**2
    assert len(table("a | b")) == 3**2
    words = {row["the earlier answer"] for row in table("the earlier answer")}
    assert words == {
        *("yes", "partly", "no", "not-applicable", "unknown"),
        *("not answered", "out of scope"),
    }


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0])
def test_every_example_is_yaml_as_the_language_has_it(block: str) -> None:
    parts = block.splitlines() if block.startswith("answer:") else [block]
    for part in parts:
        document, diagnostics = parse(part, "page")
        assert document
        assert diagnostics == []


def own_pack() -> dict[str, bytes]:
    """The files of the pack that is grown on the page."""
    named = (re.match(r"# (\S+(?<!\.test)\.yaml)\n", block) for block in BLOCKS)
    return {
        name[1]: block.encode()
        for name, block in zip(named, BLOCKS, strict=True)
        if name is not None
    }


def test_the_pack_that_is_grown_on_the_page_can_be_read() -> None:
    files = own_pack()
    assert set(files) == {"pack.yaml", "facts.yaml", "sources/north.yaml", "cart-check.yaml"}
    library, diagnostics = read_library([PackFiles("", files)])
    assert diagnostics == []
    assert library
    assert [entry.key for entry in library.entries][1] == "cart-check/oxygen-ready"


def test_the_pack_on_the_page_can_be_added_to_ours(real_pack: PackFiles) -> None:
    library, diagnostics = read_library([real_pack, PackFiles("north", own_pack())])
    assert diagnostics == []
    assert library
    assert library.entries[-1].key == "north:cart-check/last-check"


def test_each_step_of_the_page_s_checklist_can_be_read() -> None:
    files = own_pack()
    whole = yaml.safe_load(files["cart-check.yaml"])
    requirements = whole["sections"][0]["requirements"]
    for count in range(1, len(requirements) + 1):
        text = files["cart-check.yaml"].decode()
        if count < len(requirements):
            text = text[: text.index(f"      - id: {requirements[count]['id']}")]
        library, diagnostics = read_library(
            [PackFiles("", {**files, "cart-check.yaml": text.encode()})]
        )
        assert diagnostics == []
        assert library
        assert len(library.entries) == count


def forms_and_use() -> list[str]:
    """The two examples of the section on forms."""
    section = PAGE.partition("\n## Forms\n")[2].partition("\n## ")[0]
    return re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)


def test_the_form_on_the_page_makes_the_question_that_is_shown_beside_it() -> None:
    forms, use = forms_and_use()
    files = own_pack()
    cart_check = files["cart-check.yaml"] + indent(use, " " * 6).encode()
    files |= {"forms.yaml": forms.encode(), "cart-check.yaml": cart_check}
    reading = read_packs([PackFiles("", files)])
    assert reading.diagnostics == ()
    entry = reading.library.by_key["cart-check/airway-box-sealed"]
    assert entry.requirement.ask == yaml.safe_load(use)[0]["reads"]


def test_what_the_page_says_of_forms_is_what_the_code_takes() -> None:
    told = {row["key of a use"].strip("`") for row in table("key of a use")}
    assert told == set(USE_KEYS)
    line = next(one for one in PAGE.splitlines() if one.startswith("Slots stand in texts"))
    places = {*re.findall(r"`(\w+)`", line)}
    answers = {"choices": ("answer", "choices", "a"), "unit": ("answer", "unit")}
    assert all(may_hold_slots(answers.get(name, (name,))) for name in places)
    others = {*Requirement.model_fields, "choices", "unit"} - places
    assert [name for name in others if may_hold_slots(answers.get(name, (name,)))] == []


def test_the_mistake_that_is_shown_is_told_as_shown() -> None:
    files = own_pack()
    shown = re.search(r"```text\n(.*?)\n```", PAGE, re.DOTALL)
    assert shown
    line = int(shown[1].split(":")[1])
    lines = (
        files["cart-check.yaml"].decode().split("\n")[1:]
    )  # the page's own first line is a comment
    at = next(n for n, one in enumerate(lines) if "grade:" in one)
    lines[at] = "        grade: crtical"
    text = "\n".join([""] * (line - 1 - at) + lines)
    _, [trouble] = read_library([PackFiles("", {**files, "cart-check.yaml": text.encode()})])
    assert trouble.render() == shown[1]


def test_the_count_over_answers_on_the_page_can_be_read(read_trial: Trial) -> None:
    [block] = [block for block in BLOCKS if block.startswith("count:")]
    condition = block.strip().replace("cart-check/", "trial/")
    assert read_trial(f"id: trained\nfor_each: staff\n\nid: a\napplies_when: {{{condition}}}")
    assert yaml.safe_load(block)["count"]["of"] == "staff"


def test_the_keys_and_types_that_the_page_lists_are_those_of_the_code() -> None:
    def named(heading: str) -> set[str]:
        return {
            name
            for line in PAGE[PAGE.index(f"\n| {heading}") :]
            .strip()
            .split("\n\n")[0]
            .split("\n")[2:]
            for name in re.findall(r"`(\w+)", line.strip("|").split("|")[0])
        }

    assert named("key | says") == set(Requirement.model_fields)
    assert named("key of a checklist") == set(Checklist.model_fields)
    assert named("key of a section") == set(Section.model_fields)
    assert named("key of a fact") == set(Fact.model_fields)
    assert named("key of a group") == set(Group.model_fields)
    listed = {key for key in Source.model_fields if f"`{key}`" in PAGE or f"\n  {key}: " in PAGE}
    assert listed >= set(Source.model_fields) - {"id", "note"}


def test_the_scenarios_on_the_page_come_out_as_it_says() -> None:
    [block] = [block for block in BLOCKS if block.startswith("# cart-check.test.yaml")]
    library, _ = read_library([PackFiles("", own_pack())])
    assert library
    staged, wrong = read_scenarios(block.encode(), "cart-check.test.yaml", library)
    assert wrong == []
    runs = [run_scenario(one, library) for one in staged]
    assert [one.message for run in runs for one in run.failures] == []
    assert len(runs) == 3


def test_the_keys_of_a_scenario_are_those_of_the_code() -> None:
    rows = " ".join(row["key of a scenario"] for row in table("key of a scenario"))
    assert set(re.findall(r"\w+", rows)) == set(Scenario.model_fields)


def test_one_sentence_stands_on_a_line() -> None:
    prose = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
    crowded = [
        line
        for line in prose.split("\n")
        if re.search(r"[a-z)]\. [A-Z]", line) and not line.startswith(("|", "-"))
    ]
    assert crowded == []
