"""Text to data: YAML with the position of every key and value, and the one shape of trouble."""
