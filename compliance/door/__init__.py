"""The sheet for the day an inspector stands at the door: read from what is known, never recorded."""
