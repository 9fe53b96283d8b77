"""What the stages of reading hand on: a drug, a time, an action as named in a text; what speaks for a suspect.

Imports nothing of the reading.
"""
