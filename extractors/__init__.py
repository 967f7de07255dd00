"""From the bytes of a review to its records and findings: pure functions, values in, values out."""
