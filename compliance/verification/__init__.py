"""Puts signature verdicts, attached data, checklists, journal and evidence together."""
