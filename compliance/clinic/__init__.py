"""Who is audited: typed facts and repeated things, and what therefore applies."""
