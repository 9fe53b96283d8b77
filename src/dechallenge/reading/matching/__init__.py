"""How words are found fast: patterns behind a filter of the words they need, and the matcher of the lexicons.

Imports nothing of the reading.
"""
