"""Tables: laboratory courses and tables of patients, as grids, stacked, listed or flattened by copying.

May import `matching`, `texts`, `drugs`, `laboratory` and `findings`.
"""
