"""What was answered last year: shown beside the question, never taken as the answer."""

from datetime import UTC, datetime
from pathlib import Path

from compliance.errors import ComplianceError
from compliance.terminal.sitting import LastAnswer
from compliance.walk.recording import Recording, list_audits, look


def recall(clinic: Path, recording: Recording) -> dict[str, LastAnswer]:
    """Return the answers of the newest concluded audit before this one, by item key.

    An answer is remembered under id and digest: where the text changed, both are shown.
    An older audit that cannot be read any more recalls nothing.
    """
    for folder in reversed(list_audits(clinic)):
        if folder == recording.folder:
            continue
        try:
            before = look(folder, lambda: datetime.now(UTC))
        except ComplianceError:
            continue
        if before.state.concluded_at and before.state.as_of <= recording.state.as_of:
            return _answers_of(before, recording)
    return {}


def _answers_of(before: Recording, now: Recording) -> dict[str, LastAnswer]:
    recalled = {}
    for key, answer in before.state.answers.items():
        name = key.partition("@")[0]
        then, today = before.library.by_key.get(name), now.library.by_key.get(name)
        if then is None or today is None:
            continue
        evidence = tuple(
            event.text("name") or event.text("kept_at")
            for event in before.state.attached_to(key).evidence
        )
        recalled[key] = LastAnswer(
            str(before.state.as_of),
            answer.said,
            evidence,
            answer.digest == today.digest,
            then.requirement.ask,
        )
    return recalled
