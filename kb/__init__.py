"""Adep: a knowledge base of Kazakh ethics law, cited to the exact paragraph."""

__version__ = "0.1.0"
