"""What can be wrong with a checklist that reads well: rules, one a file, over whole packs."""
