"""Sentences that every output says alike."""

ONLY_IN_THE_PDF = "Signed in the PDF only."
COPY = (
    "This is a copy to read. Only the PDF can be signed and verified, "
    "so only the PDF shows who attests to it."
)
DRAFT = "Unsigned draft"
DRAFT_NOTE = (
    "Anybody can change this file and nobody can see it. Only the PDF of the report can be signed "
    "and verified; hand out the PDF."
)
CHART = "Chart: "
PICTURE = "Picture: "
