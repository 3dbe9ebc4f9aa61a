"""The checklist language: files, facts, sources, conditions and answers, read into frozen data."""
