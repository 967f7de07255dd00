"""The commands of `trialtrace`, one module each; what they need is imported when they are called."""
