"""The commands of ``kb`` that stand in modules of their own; ``kb.cli`` registers them."""
