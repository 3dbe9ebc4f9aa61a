"""The file is called other than the checklist."""

from compliance.lint.rule import Rule

RULE = Rule(
    code="F510",
    name="file-name",
    severity="error",
    what="The name of the file is not the checklist's `id`.",
    why="Somebody looking for `storage-security` finds it by its file.",
    bad="id: other",
    good="id: trial",
    example="checklist",
)
