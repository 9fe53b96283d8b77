"""Findings and work-up: the patient, habits, tests, images and biopsies, what was tried to prove the drug.

May import `matching`, `mentions`, `texts` and `assertion`.
"""
