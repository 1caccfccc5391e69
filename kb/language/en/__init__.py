"""English: stop words and stemming."""
