"""From a question to a cited answer, or an abstention that says where to ask."""
