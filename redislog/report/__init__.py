"""Text and JSON of what the other rooms hold; no decisions."""
