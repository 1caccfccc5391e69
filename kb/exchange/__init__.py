"""The records in the formats of others: Akoma Ntoso, CSV, Markdown, JSON-LD, Atom."""
