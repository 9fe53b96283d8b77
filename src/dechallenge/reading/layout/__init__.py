"""Where in a document the cases stand: headings, sections, openings and ends, further patients, sentences about others.

May import `matching` and `texts`.
"""
