"""The one door to the product: a text goes in, the published JSON of its assessment comes out.

Everything else in this folder works on that JSON alone. Change `assess_text` when the product's entry point moves.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Assess = Callable[[str, str], Json]


class Unavailable(Exception):
    """The product cannot be called here; the message says why."""


def assess_text(text: str, name: str) -> Json:
    """Assess one plain text and return what `dechallenge assess FILE --json` prints.

    Args:
        text: The document as decoded; its newlines are handed on untouched, because offsets count them.
        name: Base name of the document. Benchmarks pass neutral names: a name must not give the drug away.

    Raises:
        Unavailable: The package or its entry point is missing.
    """
    try:
        package = importlib.import_module("dechallenge")
        assess, document = package.assess, package.Document
    except (ImportError, AttributeError) as error:
        raise Unavailable(f"the package offers no entry point ({error})") from error
    return _as_json(assess(document.from_text(text, name)))


def _as_json(result: Any) -> Json:
    """The result as plain JSON values, whether it came as a mapping, a model or text."""
    if hasattr(result, "model_dump_json"):
        result = result.model_dump_json(by_alias=True)
    if not isinstance(result, str):
        result = json.dumps(result, ensure_ascii=False)
    value: Json = json.loads(result)
    return value
