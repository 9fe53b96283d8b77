"""What words mean: analytes, drugs, findings, tests and units.

Each subject has data files in `data/` (every file with its source and licence in `data/SOURCES.md`) and one loader
module. A loader returns an immutable lexicon with the surfaces that the reader matches and the facts behind them.
May import `errors`, `evidence`, `timeline` and `quantity`; nothing above. What is known *about* drugs and tests
(labels, hepatotoxicity, half-lives) lives in `knowledge/`.
"""
