"""From the source text of an act to its records: read, restore, parse, notes, references."""
