"""Teaching a model that others made: a GGUF, low-rank additions to its matrices, and the GGUF that comes of it."""
