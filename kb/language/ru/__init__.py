"""Russian: stop words and stemming."""
