"""Facts, requirements and conditions: whether they exist, agree and can ever matter."""
