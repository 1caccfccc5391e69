"""The explanatory note: quotes and own words in order, checked against the corpus, exported."""
