"""The peer of `python -m benchmarks.reading`, run as a script in its own environment; imports nothing of this project.

Reads from standard input {"variant": "default" or "sentencizer", "terms": [[surface, analyte], …], "texts": […],
"warm": […]} and prints {"seconds", "peak_kb", "found", "negated", "pipeline"}: CPU seconds over all texts.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings


def main() -> None:
    """Build the pipeline, run it, print the figures."""
    warnings.filterwarnings("ignore")
    import medspacy
    import spacy
    from medspacy.ner import TargetRule

    task = json.load(sys.stdin)
    if task["variant"] == "default":
        pipeline = medspacy.load()
    else:
        pipeline = spacy.blank("en")
        for name in ("sentencizer", "medspacy_target_matcher", "medspacy_context"):
            pipeline.add_pipe(name)
    matcher = pipeline.get_pipe("medspacy_target_matcher")
    matcher.add([TargetRule(surface, analyte) for surface, analyte in task["terms"]])
    for text in ("Serum ALT was normal; no jaundice.", *task.get("warm", ())):  # what is loaded then is not counted
        pipeline(text)
    found = negated = 0
    started = time.process_time()
    for text in task["texts"]:
        document = pipeline(text)
        found += len(document.ents)
        negated += sum(entity._.is_negated for entity in document.ents)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {"seconds": seconds, "peak_kb": peak, "found": found, "negated": negated, "pipeline": pipeline.pipe_names}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
