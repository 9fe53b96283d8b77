"""Floor 7: one assessment as a page (``terminal`` for the command line, ``html`` for one self-contained file).

Both take the published contract (``dechallenge.assessment.model``) and nothing else. The CIOMS form (``cioms``,
``cioms_html``, ``cioms_pdf``) and the written narrative (``case_narrative``) take the case,
and the assessment where given.
"""
