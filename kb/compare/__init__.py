"""Two editions of an act side by side: what changed, by which decree, and what rests on it."""
