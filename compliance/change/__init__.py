"""What changed between two editions of the checklists, and which answers no longer carry."""
