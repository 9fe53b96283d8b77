"""Floor 3: files to documents, and back. May import evidence, the case model and errors."""
