"""Order and outside world: files, the flow, the store, the dataset's files and the command line."""
