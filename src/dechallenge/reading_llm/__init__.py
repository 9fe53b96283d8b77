"""Floor 3: a reader that asks a language model behind an OpenAI-compatible address, and checks every answer.

Nothing happens without an address; no address, model or key is built in. The rules read first, and win. May import
reading, the lexicon, the case, evidence and errors.
"""
