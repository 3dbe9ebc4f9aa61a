"""The papers that inspectors ask for: data that a lawyer reviews, in `templates/papers.yaml`."""

from pydantic import Field

from compliance.checklist.frozen import Frozen, Text
from compliance.checklist.pack_files import read_bounded
from compliance.checklist.reading import read_document, read_model
from compliance.errors import InputError
from compliance.resources import bundled_folder


class Paper(Frozen):
    """A paper that inspectors ask for, and the requirements whose evidence says where it is."""

    title: Text
    named_by: tuple[Text, ...] = Field(min_length=1)


class Papers(Frozen):
    """All of them, in the order in which inspectors ask."""

    papers: tuple[Paper, ...] = Field(min_length=1)


def load_papers() -> tuple[Paper, ...]:
    """Return the papers that came with this installation, in the order in which inspectors ask.

    Raises:
        InputError: somebody edited the file into something that cannot be read.
    """
    path = bundled_folder("templates") / "papers.yaml"
    document, diagnostics = read_document(read_bounded(path), str(path))
    if document and not diagnostics:
        found, diagnostics = read_model(document, Papers)
        if found:
            return found.papers
    raise InputError("\n".join(one.render() for one in diagnostics))
