"""Scenarios of checklists: a clinic and its answers, and what must come of them."""
