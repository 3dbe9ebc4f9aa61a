"""A rule's page, in one fixed form: what, why, a bad example, a good one."""

from compliance.lint.rule import Rule

_SEVERITIES = {
    "error": "an error: the lint fails",
    "warning": "a warning: the lint fails with `--strict` only",
    "note": "a note: it never fails",
}


def render_page(rule: Rule) -> str:
    """Return the page in Markdown."""
    parts = [
        f"# {rule.code} {rule.name}",
        f"{rule.family.capitalize()}; {_SEVERITIES[rule.severity]}.",
        f"**What.** {rule.what}",
        f"**Why it is bad.** {rule.why}",
    ]
    if rule.bad:
        parts.append(f"**Bad**\n\n```yaml\n{rule.bad}\n```")
    parts.append(f"**Good**\n\n```yaml\n{rule.good}\n```")
    parts.append(_say_remedy(rule))
    return "\n\n".join(part for part in parts if part) + "\n"


def _say_remedy(rule: Rule) -> str:
    if rule.fix:
        return "`compliance lint --fix` mends it."
    if rule.check is None:
        return "It cannot be silenced: the file cannot be used with it."
    return f"Where it is meant, silence it with its reason: `# lint-ignore {rule.code}: why`."


def render_index(rules: tuple[Rule, ...]) -> str:
    """Return the page that lists every rule."""
    lines = [
        "# The rules of `compliance lint`",
        "",
        "`compliance explain CODE` prints a rule's page in the terminal.",
        "",
        "| code | name | severity | what it finds |",
        "|---|---|---|---|",
    ]
    for rule in rules:
        name = f"[{rule.name}]({rule.code}-{rule.name}.md)"
        what = rule.what.replace("|", "\\|")
        lines.append(f"| {rule.code} | {name} | {rule.severity} | {what} |")
    return "\n".join(lines) + "\n"
