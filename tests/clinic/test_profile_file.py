"""`clinic.yaml` is read with every error at once, and written so that it reads back."""

import string
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.checklist.fact import Fact, FactSheet
from compliance.checklist.frozen import EARLIEST, LATEST
from compliance.checklist.reading import read_document, read_model
from compliance.clinic.profile import Profile, Thing, make_id
from compliance.clinic.profile_file import read_profile, without_dangling, write_profile
from compliance.errors import InputError
from compliance.text.hidden import find_hidden

BUNDLED = Path(__file__).parents[2]

FACTS = b"""
clinic:
  - {id: name, type: text, ask: What is it called?, required: yes}
  - {id: routes, type: choices, ask: Which routes?, choices: {iv: IV, im: IM, "7": Seven}}
  - {id: size, type: choice, ask: How large?, choices: {small: Small, large: Large}}
  - {id: patients, type: number, ask: How many patients a year?}
  - {id: opened, type: date, ask: When did it open?}
  - {id: buys_stock, type: yes_no, ask: Does it buy stock?}
  - {id: motto, type: text, ask: What is its motto?}
groups:
  - id: site
    plural: sites
    title: Site
    at_least: 1
    facts:
      - {id: address, type: text, ask: Where?}
      - {id: state, type: choice, ask: In which state?, required: yes, choices: {CO: Colorado, UT: Utah}}
  - id: staff
    plural: staff
    title: Staff member
    facts:
      - {id: role, type: choice, ask: Which role?, choices: {rn: Nurse, md: Doctor}}
      - {id: works_at, type: things, of: site, ask: Where does this person work?}
      - {id: left, type: date, ask: When did this person leave?, asked: never}
  - id: storage_unit
    plural: storage_units
    title: Storage unit
    facts:
      - {id: site, type: thing, of: site, ask: At which site?}
  - {id: doctor, title: Doctor, subset_of: staff, where: {this.role: md}}
"""


def read_sheet(raw: bytes) -> FactSheet:
    document, _ = read_document(raw, "facts.yaml")
    assert document
    sheet, diagnostics = read_model(document, FactSheet)
    assert sheet, diagnostics
    return sheet


SHEET = read_sheet(FACTS)

SUNRISE = """\
# Kept by Ann; ask her before you change it.
time_zone: America/Denver   # Mountain

facts:
    name:   Sunrise Ketamine Clinic     # as on the lease
    routes: [iv,   # since 2019
             im]
    # asked twice, never known:
    patients: unknown
    size: Large
    opened: 2019-03-01

# Where we are.
sites:
    main-street: {name: Main Street, address: "1 Main Street, Denver", state: CO}
    2nd-floor:
        name: 2nd floor
        state: UT

# Who we are.
staff:
    ann-lee:
        name: Dr Ann Lee
        works_at:
        - main-street   # most days
        - 2nd-floor
storage_units: {}
# the end
"""

PROFILE = Profile(
    {
        "name": "Sunrise Ketamine Clinic",
        "routes": ("iv", "im"),
        "patients": None,
        "size": "large",
        "opened": date(2019, 3, 1),
    },
    {
        "site": (
            Thing(
                "main-street", "Main Street", {"address": "1 Main Street, Denver", "state": "CO"}
            ),
            Thing("2nd-floor", "2nd floor", {"state": "UT"}),
        ),
        "staff": (Thing("ann-lee", "Dr Ann Lee", {"works_at": ("main-street", "2nd-floor")}),),
        "storage_unit": (),
    },
)


def read(text: str | bytes) -> Profile:
    raw = text if isinstance(text, bytes) else text.encode()
    read, diagnostics = read_profile(raw, "clinic.yaml", SHEET)
    assert read, [one.render() for one in diagnostics]
    return read.profile


def write(existing: str | None, profile: Profile, zone: str = "America/Denver") -> str:
    return write_profile(existing.encode() if existing else None, profile, SHEET, zone).decode()


# Reading.


def test_a_profile_is_read_with_its_time_zone() -> None:
    said, diagnostics = read_profile(SUNRISE.encode(), "clinic.yaml", SHEET)
    assert diagnostics == []
    assert said
    assert (said.profile, said.time_zone) == (PROFILE, "America/Denver")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "facts:\nsites:\ntime_zone:\n", "{}"])
def test_what_is_empty_says_nothing(text: str) -> None:
    assert read(text) == Profile()


def test_braces_say_that_there_are_none() -> None:
    assert read("sites: {}") == Profile({}, {"site": ()})


def test_values_are_read_leniently_where_nothing_can_be_mistaken() -> None:
    profile = read("facts: {name: 365, routes: IV, buys_stock: Yes, patients: 1.50, motto: ' a '}")
    assert profile.facts == {
        "name": "365",
        "routes": ("iv",),
        "buys_stock": "yes",
        "patients": Decimal("1.50"),
        "motto": "a",
    }


def test_a_choice_and_a_number_are_read_as_they_were_typed() -> None:
    assert read("facts: {routes: [7, iv], patients: 0.00001}").facts == {
        "routes": ("iv", "7"),
        "patients": Decimal("0.00001"),
    }


def test_a_name_is_folded_to_one_line() -> None:
    profile = read(
        "staff: {ann: {name: >-\n  Dr Ann\n   Lee\n  }}".replace(">-", '"').replace("\n  }}", '"}}')
    )
    assert profile.things["staff"][0].name == "Dr Ann Lee"


def test_a_file_with_a_mark_and_windows_line_ends_is_read() -> None:
    assert read(b"\xef\xbb\xbf" + SUNRISE.replace("\n", "\r\n").encode()) == PROFILE


WRONG = yaml.safe_load(Path(__file__).with_name("wrong_profiles.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_with_its_place(case: str) -> None:
    text, expected = WRONG[case]["file"], WRONG[case]["says"]
    profile, diagnostics = read_profile(text.encode(), "clinic.yaml", SHEET)
    assert profile is None
    said = [one.render().partition("\n")[0].removeprefix("clinic.yaml:") for one in diagnostics]
    assert len(said) == len(expected), said
    assert [one[: len(two)] for one, two in zip(said, expected, strict=True)] == expected


def test_a_diagnostic_shows_the_line_with_a_caret() -> None:
    _, (one,) = read_profile(b"facts:\n  size: lrge\n", "clinic.yaml", SHEET)
    assert one.render().split("\n")[1:] == ["    2 |   size: lrge", "      |         ^"]


def test_a_byte_that_is_not_utf_8_is_said() -> None:
    profile, (one,) = read_profile(b"facts: {name: Caf\xe9}\n", "clinic.yaml", SHEET)
    assert profile is None
    assert (one.message, one.position.line) == ("Byte 0xE9 is not UTF-8.", 1)


# Writing.


def test_a_new_file_reads_back_and_says_what_it_is() -> None:
    text = write(None, PROFILE)
    assert text.startswith("# The clinic, from one audit to the next.")
    assert "\ntime_zone: America/Denver\nfacts:\n  name: Sunrise Ketamine Clinic\n" in text
    assert "  patients: unknown\n" in text
    assert '    address: "1 Main Street, Denver"\n' in text
    assert read(text) == PROFILE


@pytest.mark.parametrize("text", [SUNRISE, SUNRISE.rstrip("\n"), SUNRISE.replace("\n", "\r\n")])
def test_a_file_that_says_it_already_stays_as_it_is(text: str) -> None:
    assert write(text, PROFILE) == text


CHANGES: dict[str, tuple[Callable[[Profile], Profile], list[str], list[str]]] = {
    "a value": (
        lambda profile: profile.with_fact("name", "Moonrise: #1"),
        ["    name:   Sunrise Ketamine Clinic     # as on the lease"],
        ['    name: "Moonrise: #1"     # as on the lease'],
    ),
    "an answer that was not known": (
        lambda profile: profile.with_fact("patients", Decimal(30)),
        ["    patients: unknown"],
        ["    patients: 30"],
    ),
    "a value that nobody knows any more": (
        lambda profile: profile.with_fact("opened", None),
        ["    opened: 2019-03-01"],
        ["    opened: unknown"],
    ),
    "one more choice": (
        lambda profile: profile.with_fact("routes", ("iv", "im", "7")),
        ["             im]"],
        ['             im, "7"]'],
    ),
    "a new fact": (
        lambda profile: profile.with_fact("buys_stock", "yes"),
        [],
        ["    buys_stock: yes"],
    ),
    "a new fact of a thing in braces": (
        lambda profile: profile.with_own_fact("site", "main-street", "state", "UT"),
        ['    main-street: {name: Main Street, address: "1 Main Street, Denver", state: CO}'],
        ['    main-street: {name: Main Street, address: "1 Main Street, Denver", state: UT}'],
    ),
    "a new person": (
        lambda profile: profile.with_thing("staff", Thing("bo", "Bo", {"role": "rn"})),
        [],
        ["    bo:", "      name: Bo", "      role: rn"],
    ),
    "another name": (
        lambda profile: profile.with_thing(
            "staff", replace(profile.things["staff"][0], name="Ann: Lee")
        ),
        ["        name: Dr Ann Lee"],
        ['        name: "Ann: Lee"'],
    ),
    "one more site to work at": (
        lambda profile: profile.with_thing("site", Thing("new", "New")).with_own_fact(
            "staff", "ann-lee", "works_at", ("main-street", "2nd-floor", "new")
        ),
        [],
        ["    new:", "      name: New", "        - new"],
    ),
    "a site that is gone, and nobody works there any more": (
        lambda profile: profile.without_thing("site", "2nd-floor"),
        ["    2nd-floor:", "        name: 2nd floor", "        state: UT", "        - 2nd-floor"],
        [],
    ),
    "the first storage unit": (
        lambda profile: profile.with_thing(
            "storage_unit", Thing("safe", "Safe", {"site": "main-street"})
        ),
        ["storage_units: {}"],
        ["storage_units:", "  safe:", "    name: Safe", "    site: main-street"],
    ),
    "another order of the sites to work at": (
        lambda profile: profile.with_own_fact(
            "staff", "ann-lee", "works_at", ("2nd-floor", "main-street")
        ),
        [],
        [],
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_only_the_lines_that_must_change_do(case: str) -> None:
    change, gone, new = CHANGES[case]
    after = write(SUNRISE, change(PROFILE))
    before = SUNRISE.split("\n")
    assert [line for line in before if line not in after.split("\n")] == gone
    assert [line for line in after.split("\n") if line not in before] == new


def test_a_new_fact_comes_before_the_comment_of_the_next_section() -> None:
    after = write(SUNRISE, PROFILE.with_fact("buys_stock", "no"))
    assert "    opened: 2019-03-01\n    buys_stock: no\n\n# Where we are.\nsites:\n" in after


def test_the_time_zone_of_the_file_stays_and_a_missing_one_is_added() -> None:
    assert write(SUNRISE, PROFILE, "Europe/Berlin") == SUNRISE
    assert write("sites: {}\n", Profile({}, {"site": ()}), "UTC") == "sites: {}\ntime_zone: UTC\n"


def test_a_file_that_cannot_be_read_is_never_written_over() -> None:
    with pytest.raises(InputError, match=r"not written back.*clinic\.yaml:1:9: .*“x”"):
        write("facts: {x: 1}\n", PROFILE)


def test_what_points_at_a_thing_that_is_gone_is_let_go() -> None:
    profile = Profile(
        {},
        {
            "site": (Thing("a", "A"),),
            "staff": (Thing("ann", "Ann", {"works_at": ("a", "b")}),),
            "storage_unit": (
                Thing("safe", "Safe", {"site": "b"}),
                Thing("box", "Box", {"site": None}),
            ),
        },
    )
    left = without_dangling(profile, SHEET)
    assert left.things["staff"][0].facts == {"works_at": ("a",)}
    assert [one.facts for one in left.things["storage_unit"]] == [{}, {"site": None}]
    assert read(write(None, profile)) == left


# Whatever the names, what is written reads back.

LETTERS = string.ascii_letters + "éßñ漢 😀\u200d\u200f"
TEXTS = (
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"])),
        st.lists(
            st.sampled_from(
                [*LETTERS, ": ", " #", "- ", "'", '"', "\\", "{", "]", ",", "&", "1", "\n"]
            )
        ).map("".join),
        st.sampled_from(
            [
                "yes",
                "no",
                "null",
                "~",
                "true",
                "2026-11-23",
                "12:30",
                "0x1f",
                "1e5",
                "-",
                "?",
                "%",
                "@a",
                "`",
            ]
        ),
    )
    .map(str.strip)
    .filter(lambda text: text and text != "unknown" and not find_hidden(text))
)
NAMES = TEXTS.map(lambda text: " ".join(text.split())).filter(bool)
NUMBERS = st.decimals(min_value=-(10**14), max_value=10**14, places=9).map(
    lambda number: Decimal(f"{number:f}")
)


def values(fact: Fact, sites: list[str]) -> st.SearchStrategy[object]:
    """Values that the walk could have recorded, and now and then that nobody knew."""
    known: dict[str, st.SearchStrategy[object]] = {
        "text": TEXTS,
        "number": NUMBERS,
        "date": st.dates(EARLIEST, LATEST),
        "things": st.lists(st.sampled_from(sites or [""]), unique=True).map(tuple),
        "thing": st.sampled_from(sites or [""]),
    }
    kind = known.get(fact.type)
    if kind is None:
        words = st.lists(st.sampled_from(list(fact.words)), min_size=1)
        kind = words.map(lambda some: fact.read(some if fact.type == "choices" else some[0]))
    unknown = st.nothing() if fact.required == "yes" else st.none()
    return kind | unknown


def facts(known: tuple[Fact, ...], sites: list[str]) -> st.SearchStrategy[dict[str, object]]:
    usable = [fact for fact in known if sites or not fact.of]
    return st.fixed_dictionaries({}, optional={fact.id: values(fact, sites) for fact in usable})


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    ids = {
        group.id: [make_id(name, ()) for name in draw(st.lists(NAMES, max_size=3))]
        for group in SHEET.groups
        if group.declared
    }
    sites = list(dict.fromkeys(one for one in ids["site"] if one != "unknown"))
    things = {}
    for group in SHEET.groups:
        if group.declared and (ids[group.id] or draw(st.booleans())):
            things[group.id] = tuple(
                Thing(thing_id, draw(NAMES), draw(facts(group.facts, sites)))  # type: ignore[arg-type]  # values of the facts' own types
                for thing_id in dict.fromkeys(ids[group.id])
                if thing_id != "unknown"
            )
    if not sites:
        things.pop("site", None)
    return Profile(draw(facts(SHEET.clinic, sites)), things)  # type: ignore[arg-type]  # the same


@settings(max_examples=30)
@given(profiles())
def test_whatever_is_written_reads_back(profile: Profile) -> None:
    text = write(None, profile)
    assert read(text) == profile
    assert write(text, profile) == text


@settings(max_examples=20)
@given(profiles(), profiles())
def test_whatever_is_written_over_another_file_reads_back(was: Profile, now: Profile) -> None:
    before = write(None, was).replace("\n", "  # kept\n")
    after = write(before, now)
    assert normal(read(after)) == normal(now)
    assert write(after, now) == after


@settings(max_examples=30)
@given(profiles())
def test_whatever_is_written_into_a_file_of_somebody_else_reads_back(now: Profile) -> None:
    after = write(SUNRISE, now)
    assert normal(read(after)) == normal(now)
    assert "# Kept by Ann; ask her before you change it.\n" in after


def normal(profile: Profile) -> Profile:
    """Of a file that was there the order of things and of lists stays; it says nothing."""
    things = {
        group: tuple(
            Thing(one.id, one.name, {k: sort(v) for k, v in one.facts.items()})
            for one in sorted(members, key=lambda one: one.id)
        )
        for group, members in profile.things.items()
    }
    return Profile(profile.facts, things)


def sort(value: object) -> object:
    return tuple(sorted(value)) if isinstance(value, tuple) else value


def test_the_bundled_facts_and_the_example_read_back() -> None:
    sheet = read_sheet((BUNDLED / "checklists" / "facts.yaml").read_bytes())
    raw = (BUNDLED / "examples" / "sunrise" / "clinic.yaml").read_bytes()
    said, diagnostics = read_profile(raw, "clinic.yaml", sheet)
    assert said, diagnostics
    assert write_profile(raw, said.profile, sheet, "UTC") == raw
    again, _ = read_profile(write_profile(None, said.profile, sheet, "UTC"), "clinic.yaml", sheet)
    assert again
    assert again.profile == said.profile
