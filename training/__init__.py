"""The making of sotto-mini: from package sources to the GGUF that ships. Each stage is `python -m training.<stage>`."""
