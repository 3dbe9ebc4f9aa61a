"""From the result of an audit, as plain data, to the report that people read."""
