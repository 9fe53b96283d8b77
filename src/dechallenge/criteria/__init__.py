"""Gradings and criteria that do not judge a cause, written in the same language as the instruments.

One file per publication and edition; the registry is `dechallenge.instruments`. Imports only the vocabulary of facts
and the logic.
"""
