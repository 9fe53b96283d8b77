"""Words of the findings lexicon that mean something else where they stand ("a symptomatic treatment").

May import the lexicon and the matcher.
"""

from __future__ import annotations

import re

from dechallenge.lexicon.findings import FindingForm
from dechallenge.reading.matching.matcher import Match
from dechallenge.reading.matching.triggers import Pattern

_ADMITS = Pattern(
    r"\s+to (?:the )?(?:use|us(?:e|ing)|tak|hav|drink|chew|heav|occasional|regular|consum|a history"
    r"|mild|abus|smok|previous)",
    re.IGNORECASE,
)
_SYMPTOMATIC = Pattern(
    r"(?:ally)?\s+(?:improve\w*|treat\w*|relief|therapy|measures|management|care|response"
    r"|benefit)",
    re.IGNORECASE,
)
_PRODUCT = Pattern(
    r"\s+(?:agents?|products?|supplements?|pills?|drugs?|preparations?|programs?|diet|aids?|tablets?)\b", re.I
)
_CYTOKINE = Pattern(r"\s+necro(?:sis|ti[sz]ing)[\s-]+(?:factor|alpha|α)", re.IGNORECASE)
_LABORATORY = Pattern(
    r"[ -](?:functions?|tests?|enzymes?|biochemi\w+|chemistr\w+|panel|profile"
    r"|values)\b",
    re.IGNORECASE,
)
_NOT_DISCHARGE = Pattern(r"\b(?:vaginal|nasal|urethral|purulent|ear|nipple|penile|eye|ocular)\s+$", re.IGNORECASE)
_ENZYME = Pattern(r"(?:\s+acid)?[\s-]+dehydrogenase\b", re.IGNORECASE)
"""Behind "elevated lactate": the enzyme, and no acid of the blood."""
_SOUGHT = Pattern(
    r"\b(?:tests?|testing|serolog\w+|cultures?|examinations?|work-?up|panels?|studies|assays?|investigations?)\s+"
    r"(?:for|of)\s+(?:(?:any|past|previous|underlying|an?|the|viral|bacterial|fungal|autoimmune)\s+){0,2}$",
    re.IGNORECASE,
)
_SEARCH = Pattern(
    r"\s+(?:history|status|screen(?:ing)?|panels?|markers?|work-?up|parameters|serolog\w+)\b", re.IGNORECASE
)
"""Words around what was looked for, of which nothing is said here ("serum tests for infection history")."""
_LETTERS = Pattern(
    r"(?:\s*(?:,\s*(?:and\s+|or\s+)?|/|&|\band\s+|\bor\s+)\s*[A-E]\b(?![\w'-]))+\s+(?:virus(?:es)?\s+)?"
    r"(?:tests?|testing|serolog\w+|screen(?:ing)?|panels?|markers?|studies|antibod\w+|PCRs?|were|was)\b",
)
"""Behind the first of a list of viruses that were tested for ("hepatitis A, B and C testing")."""
_RINSED = Pattern(
    r"\s+(?:through|out|with\s+(?:\d|normal|sterile|heparin\w*|saline|water|(?:\w+\s+){0,2}(?:saline|solution|water)))\b",
    re.IGNORECASE,
)
_TUBE = Pattern(
    r"\b(?:\w*catheters?|lines?|cannulas?|ports?|tub(?:e|es|ing)|sheaths?|syringes?|shunts?)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
"""What is flushed with saline."""
_OF_A_SENSE = Pattern(
    r"\b(?:rectal|visceral|anorectal|gastric|o?esophageal|bronchial|airway|carotid\s+sinus|baroreceptor|dentin(?:al|e)?|tooth|cold|heat|"
    r"tactile|sensory|auditory|mechanical|thermal|denervation|receptor|insulin|pain)[\s-]+$",
    re.IGNORECASE,
)
"""Before a hypersensitivity that is no allergy ("rectal hypersensitivity")."""
_DEAD_SPACE = Pattern(r"[\s-]+(?:space|volume|end|tissue|bone|bowel|cells?|skin|weight|sea)\b", re.IGNORECASE)
_OF_THE_JAW = Pattern(r"\b(?:jaw|masseter|tongue)\s+$", re.IGNORECASE)
_RETINOIC = Pattern(r"(?:\b|-)(?:cis|trans)[\s-]+$", re.IGNORECASE)
"""Before RA that is retinoic acid."""
_KARYOTYPE = Pattern(r",?\s+(?:(?:fe)?male\s+)?(?:karyotyp\w+|chromosom\w+|cytogenet\w+|46)", re.IGNORECASE)
_NARROW = Pattern(r"\b(?:mild|moderate|severe|critical|tight|rheumatic)\s+$", re.IGNORECASE)
"""Before MS that is a mitral stenosis, or at least no certain sclerosis."""
_OF_A_TRACING = Pattern(
    r"\b(?:ST(?:[\s/-]*T)?(?:[\s-]+(?:waves?|segments?))?|segments?|PR|J[\s-]point|(?:bone\s+)?marrow|myocardial|cardiac|respiratory|"
    r"ventilatory|cortical|CNS|central\s+nervous\s+system|corneal|skull)[\s-]+$",
    re.IGNORECASE,
)
"""Before a depression that is none of the mood ("previous ST depression")."""
_OF_A_CURRENT = Pattern(
    r"\b(?:DC|direct[\s-]current|electric(?:al)?|biphasic|monophasic|ICD|defibrillator|defibrillation|cardioversion|\d+[\s-]?J(?:oules?)?|\d{1,2}|two|three|"
    r"four|five|six|several|multiple|repeated|single|inappropriate|thermal|insulin)\s+$",
    re.IGNORECASE,
)
_SHOCKED = Pattern(
    r"\s+(?:waves?|therap(?:y|ies)|lithotripsy)\b|\s+(?:was|were)\s+(?:delivered|given|applied)\b", re.IGNORECASE
)
"""Around a shock that is given to the patient ("cardioversion (3 shocks)")."""
_OF_A_VACCINE = Pattern(
    r"[\s-]+(?:m?RNA\s+|adenovir\w+\s+|booster\s+)?(?:vaccin\w+|booster|jabs?|immuni[sz]\w+)\b", re.IGNORECASE
)
_AGAINST = Pattern(r"\b(?:vaccin\w+|immuni[sz]\w+|booster)\s+(?:\w+\s+)?(?:against|for)\s+(?:the\s+)?$", re.IGNORECASE)
"""Around the illness that a vaccine is against."""
_AGENT = Pattern(
    r"(?:mic)?\s+(?:agents?|drugs?|medications?|medicines?|treatments?|therap(?:y|ies)|tablets?)\b", re.IGNORECASE
)
"""Behind "hypoglycaemic": what lowers the sugar."""
_WITH_ANOTHER = Pattern(
    r"\b(?:can|may|could|might|must|should|to|has|have)\s+(?:\w+\s+)?be(?:en)?\s+(?:\w+ly\s+)?confused\s+(?:with|for)\b",
    re.IGNORECASE,
)
"""Said of a diagnosis ("can be confused with a seizure")."""
_ITS_ANTIBODY = Pattern(
    r"[\s-]+(?:related|associated|specific)\s+(?:[\w-]+\s+)?(?:auto-?)?(?:antibod(?:y|ies)|markers?|genes?|mutations?)\b",
    re.IGNORECASE,
)
"""Behind an illness whose antibody is meant ("myasthenia gravis-related antibodies were negative")."""
_ENDS = frozenset({"recovery", "improvement", "remission"})
_HEPATITIDES = frozenset({"hepatitis A", "hepatitis B", "hepatitis C", "hepatitis D", "hepatitis E"})
_NONE = Pattern(r"\b(?:no|without|lack\s+of|absence\s+of|not\s+yet)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
"""Before an end that did not come: it is no finding."""


_DIET = Pattern(r"\b(?:diet|feeds?|feeding|intake)\s+(?:was|were|is|had\s+been)\s+(?:\w+\s+)?$", re.IGNORECASE)
"""Before "progressed" that tells of more food, and of no worse state."""
_CAPITALS = Pattern(r"[\s-]+[A-Z]{3,}\b(?<!SJS)(?<!DRESS)")
"""Behind TEN that is a number in a line of capitals ("TEN PATIENTS")."""
NON = Pattern(r"\bnon[-‐‑–]\s?$", re.IGNORECASE)
"""Right before a word that it denies: "non-cirrhotic", "non-bloody diarrhoea"."""


def misread(sentence: str, match: Match[FindingForm]) -> bool:
    """Whether the words of a match are not the finding."""
    written = sentence[match.start : match.end].lower()
    if written in ("tumor", "tumour"):
        return _CYTOKINE.match(sentence, match.end) is not None
    if match.entry.term == "lactic acidosis" and written.endswith("lactate"):
        return _ENZYME.match(sentence, match.end) is not None
    if written == "infection":
        sought = _SOUGHT.search(sentence[max(0, match.start - 60) : match.start])
        return sought is not None and _SEARCH.match(sentence, match.end) is not None
    if match.entry.term in _HEPATITIDES:
        return _LETTERS.match(sentence, match.end) is not None
    if written.startswith("normal liver"):
        return _LABORATORY.match(sentence, match.end) is not None
    if match.entry.term in _ENDS:
        ratio = sentence[match.end : match.end + 6].lower() == " ratio"  # the international normalized ratio
        return ratio or _NONE.search(sentence[max(0, match.start - 40) : match.start]) is not None
    if written.startswith("depress"):
        return _OF_A_TRACING.search(sentence, 0, match.start) is not None
    if written in ("shock", "shocks"):
        return (
            _OF_A_CURRENT.search(sentence, 0, match.start) is not None
            or _SHOCKED.match(sentence, match.end) is not None
        )
    if match.entry.term == "COVID-19":
        return (
            _OF_A_VACCINE.match(sentence, match.end) is not None
            or _AGAINST.search(sentence, 0, match.start) is not None
        )
    if written.startswith("hypoglyc") or written.startswith("hypolipid"):
        return _AGENT.match(sentence, match.end) is not None
    if written == "confused":
        return any(m.start() < match.start < m.end() for m in _WITH_ANOTHER.finditer(sentence))
    if _ITS_ANTIBODY.match(sentence, match.end) is not None:
        return True
    if written == "ten":
        return _CAPITALS.match(sentence, match.end) is not None
    if written == "progressed":
        return _DIET.search(sentence, 0, match.start) is not None
    if written == "weight loss":
        return _PRODUCT.match(sentence, match.end) is not None
    if written == "symptomatic":
        return _SYMPTOMATIC.match(sentence, match.end) is not None
    if written == "admitted":
        return _ADMITS.match(sentence, match.end) is not None
    if written == "flushed":
        return _RINSED.match(sentence, match.end) is not None or _TUBE.search(sentence, 0, match.start) is not None
    if match.entry.term == "hypersensitivity" and written.startswith("hypersens"):
        return _OF_A_SENSE.search(sentence, 0, match.start) is not None
    if written == "dead":
        return _DEAD_SPACE.match(sentence, match.end) is not None
    if written == "claudication":
        return _OF_THE_JAW.search(sentence, 0, match.start) is not None
    if written == "ra":
        return _RETINOIC.search(sentence, 0, match.start) is not None
    if match.entry.term == "normocellular marrow":
        return _KARYOTYPE.match(sentence, match.end) is not None
    if written == "ms":
        return _NARROW.search(sentence, 0, match.start) is not None
    if written == "discharge":
        return _NOT_DISCHARGE.search(sentence[: match.start]) is not None
    return False
