"""The nouns of trialtrace: frozen value types, no input or output."""
