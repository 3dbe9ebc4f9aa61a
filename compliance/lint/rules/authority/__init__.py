"""Sources: whether they exist, carry what rests on them, and were read."""
