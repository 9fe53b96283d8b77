"""What authors claim (scores, categories, attributions, gradings), kept apart from facts, and masked on request.

May import `matching`, `texts`, `assertion`, `drugs` and `findings`.
"""
