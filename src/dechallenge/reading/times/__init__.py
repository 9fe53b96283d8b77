"""Time expressions: how long, when, and what they count from.

May import `matching`, `mentions` and `texts`.
"""
