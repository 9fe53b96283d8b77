"""What a sentence says of what it mentions: there, absent, uncertain, not known, now or before, of whom.

May import `matching`.
"""
