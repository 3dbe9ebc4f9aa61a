"""Other outputs of a report: a page for a browser, Markdown, and a draft for a word processor."""
