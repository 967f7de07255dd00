"""The files of a dataset, written from the store."""
