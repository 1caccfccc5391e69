"""Bring in a text of an act from a file: read it, say what is in it, write it once confirmed."""
