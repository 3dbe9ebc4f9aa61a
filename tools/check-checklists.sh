#!/usr/bin/env bash
# What the GitHub action runs: lint as annotations, SARIF if asked for, then the scenarios.
# Everything comes in by CHECK_… variables, so that nothing from a workflow is pasted into a command.
set -uo pipefail

as_of=${CHECK_AS_OF:-$(git log -1 --format=%cs 2>/dev/null)}
read -r -a paths <<<"${CHECK_PATHS:-}"
flags=()
[ -z "$as_of" ] || flags+=(--as-of "$as_of")
[ -z "${CHECK_BASE:-}" ] || flags+=(--base "$CHECK_BASE")
strict=()
[ "${CHECK_STRICT:-no}" = no ] || strict=(--strict)

status=0
compliance lint "${paths[@]}" "${flags[@]}" "${strict[@]}" --format github || status=$?
if [ -n "${CHECK_SARIF:-}" ]; then
  # The annotations above decide; this writes the same findings for code scanning.
  compliance lint "${paths[@]}" "${flags[@]}" --format sarif --output "$CHECK_SARIF" || [ $? -eq 1 ] || status=3
fi
if [ "${CHECK_SCENARIOS:-yes}" = yes ]; then
  compliance test "${paths[@]}" "${strict[@]}" || status=$?
fi
exit "$status"
