"""Asking: what was recorded, what comes next, and the journal that keeps every word of it."""
