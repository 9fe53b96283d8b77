"""Settings of the documentation site (`make site`): Sphinx, Markdown by MyST, the Furo theme.

The pages of the instruments are written by `docs.renew`; the reference of the Python interface comes from docstrings.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import dechallenge

project = "Dechallenge"
author = "The Dechallenge contributors"
copyright = author  # no year: the same input gives the same pages
release = version = dechallenge.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
root_doc = "index"
nitpicky = False

html_theme = "furo"
html_title = f"{project} {release}"
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}

# Docstrings are written for people who read the source: words in single backquotes are code.
default_role = "code"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_default_options = {"exclude-members": "model_config, __init__, __new__"}
