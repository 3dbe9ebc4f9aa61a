"""What can be answered, and whether the rule for it can judge."""
