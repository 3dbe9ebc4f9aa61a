"""The form of the file: YAML, keys, what is left out, and remarks to the lint."""
