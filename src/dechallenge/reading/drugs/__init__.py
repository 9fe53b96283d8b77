"""Drugs in prose: names, classes, products, forms, regimens, routes and sums of doses.

May import `matching`, `mentions`, `texts` and `times`.
"""
