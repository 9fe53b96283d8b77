"""What was done with a drug: started, stopped, continued, reduced, increased, given again.

May import `matching`, `mentions`, `assertion` and `drugs`.
"""
