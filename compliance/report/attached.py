"""A file that the PDF carries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Relationship = Literal["Data", "Source", "Supplement", "Alternative", "Unspecified"]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file to attach: `relationship` is the PDF's AFRelationship, `at` (with zone) its date.

    Names are unique within a PDF, and in ASCII.
    """

    name: str
    data: bytes
    media_type: str
    description: str
    relationship: Relationship
    at: datetime
