"""The plain values of a result, and what each may be; what a type checker cannot say, the schema says."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, get_args

from pydantic import ConfigDict, Field
from pydantic_core import CoreSchema, core_schema

from compliance.checklist.answer import BASES
from compliance.checklist.frozen import DEPTHS, FORCES, GRADES, ReadLevel
from compliance.checklist.schema_types import DAY
from compliance.checklist.source import SourceKind

_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_MOMENT = rf"{DAY}T{_CLOCK}:[0-5][0-9](\.[0-9]{{1,6}})?(Z|[-+]{_CLOCK})"
_HASH = "[0-9a-f]{64}"
_LARGEST = 2**53 - 1  # what every reader of JSON holds exactly
_MOST_DAYS = 150_000  # more than from 1900 to 2199


class Plain:
    """The parent of every part of a result: read strictly, and no key that we do not know."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="forbid")


@dataclass(frozen=True)
class OneOf:
    """Marks a text that is one of a few words; the type stays `str`."""

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:  # noqa: ANN401 - pydantic's protocol
        return core_schema.literal_schema(list(self.words))


Day = Annotated[str, Field(pattern=f"^({DAY})$")]
DayOrNone = Annotated[str, Field(pattern=f"^({DAY})?$")]
Moment = Annotated[str, Field(pattern=f"^({_MOMENT})$")]
MomentOrNone = Annotated[str, Field(pattern=f"^({_MOMENT})?$")]
Hash = Annotated[str, Field(pattern=f"^{_HASH}$")]
HashOrNone = Annotated[str, Field(pattern=f"^({_HASH})?$")]
Count = Annotated[int, Field(ge=0, le=_LARGEST)]
DaysAway = Annotated[int, Field(ge=-_MOST_DAYS, le=_MOST_DAYS)]

ForceWord = Annotated[str, OneOf(FORCES)]
GradeWord = Annotated[str, OneOf(GRADES)]
GradeOrNone = Annotated[str, OneOf(("", *GRADES))]
DepthWord = Annotated[str, OneOf(DEPTHS)]
BasisWord = Annotated[str, OneOf(("", *BASES))]
OrderWord = Annotated[str, OneOf(("law", "building"))]
KindWord = Annotated[str, OneOf(get_args(SourceKind))]
ReadWord = Annotated[str, OneOf(get_args(ReadLevel))]
NeedWord = Annotated[str, OneOf(("required", "recommended", "none"))]
AnswerWord = Annotated[str, OneOf(("", "yes", "partly", "no", "not-applicable", "unknown"))]
StandingWord = Annotated[str, OneOf(("out of scope", "deeper", "not chosen"))]
ConclusionWord = Annotated[
    str, OneOf(("conforming", "partly", "nonconforming", "not determined", "not applicable"))
]
