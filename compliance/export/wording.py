"""Sentences that every output says alike."""

ONLY_IN_THE_PDF = "Signed in the PDF only."
COPY = (
    "This is a copy to read. Only the full report, as a PDF, can be signed and verified, "
    "so only there can you see who attests to it."
)
DRAFT = "Unsigned draft"
DRAFT_NOTE = (
    "Anybody can change this file, and nobody can see that. "
    "Only the full report, as a PDF, can be signed and verified."
)
CHART = "Chart: "
PICTURE = "Picture: "
