"""Conducting an audit (ISO 19011) from its opening to the signed report: the rooms put together."""
