"""The words in which reports tell how a reaction ended: over, better, worse, death, transplantation; and their denial.

Imports the kinds of reactions only.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.events import KIDNEY, LIVER, MUSCLE, NEUTROPENIA, PANCREAS

RECOVERED = Pattern(
    r"\b(?P<what>(?:all|liver|serum|her|his|the|laboratory|blood|test|tests|symptoms?|jaundice|enzymes?|bilirubin|"
    r"ALT|AST|ALAT|ASAT|levels?|results?|abnormalit\w+|count|counts|"
    r"illness|fatigue|patient|she|he|neutrophil|PMN|platelets?|both|aminotransferases?|cytopenia|MAS|everything|"
    r"biochemical|values)\b(?:[^.;:]|\.\d){0,90}?)"
    r"\b(?P<how>(?:were|was|is|had\s+been|are|became|becoming|returned\s+to|return\s+to|returning\s+to|"
    r"(?:came|come|coming|went|gone|got)\s+back\s+to|rose\s+(?:back\s+)?to|reverted\s+to|(?:increased|improved|changed|corrected)\s+to|"
    r"fell\s+(?:in)?to(?:\s+the)?|within(?:\s+the)?|in(?:\s+the)?)\s+"
    r"(?:all\s+|completely\s+|entirely\s+|fully\s+|quite\s+|now\s+|back\s+to\s+|near\s+|again\s+|her\s+|his\s+)?"
    r"(?:normal|asymptomatic|euthyroid|baseline|reference\s+range|pre-?treatment\s+(?:levels?|values?)|"
    r"usual\s+state\s+of\s+health)|(?<!international\s)normali[sz]ed|resolved|resolution|recovered|disappeared|had\s+resolved|"
    r"recover(?:y|ed)\s+complete\w*|(?:(?:has|have|had)\s+)?(?:remain\w*|stay\w*)\s+(?:\w+ly\s+)?euthyroid)",
    re.IGNORECASE,
)
_BACK = (
    r"\b[^.;:]{0,50}?\b(?P<how>(?:was|were|became|is)\s+(?:\w+ly\s+|again\s+|back\s+(?:to|in)\s+)?(?:the\s+)?normal\b(?!\s+(?:before|initially))|"
    r"(?<!international\s)normali[sz]ed|returned\s+to\s+(?:the\s+)?(?:normal|baseline)|(?:was|were)\s+(?:fully\s+)?corrected)"
)
_SKIN_CLEAR = Pattern(
    r"\bskin\s+(?P<how>(?:was|is|became|had\s+(?:become|been))\s+(?:\w+ly\s+|again\s+|now\s+)?(?:clear|normal|unremarkable)\b)",
    re.IGNORECASE,
)
_SELF_AGAIN = Pattern(
    r"\b(?:he|she|patient|man|woman)\s+(?P<how>(?:was|became|is|had\s+become)\s+(?:(?:\w+ly|again|now|alert\s+and|awake\s+and|back)\s+){0,3}"
    r"(?:(?:fully|completely|well)\s+(?:re-?)?orient(?:at)?ed|(?:orient(?:at)?ed|lucid)\s+(?:again|once\s+more)|(?:lucid|clear-?headed)\b|"
    r"(?:to\s+)?(?:his|her)\s+(?:usual|normal|old|baseline)\s+(?:self|mental\s+(?:state|status))))"
    r"|\b(?:mental\s+(?:state|status)|orientation|sensorium|mentation)\s+(?:had\s+)?(?:became\s+(?:again\s+)?normal\b|"
    r"normali[sz]ed|returned\s+to\s+(?:normal|baseline)|cleared)",
    re.IGNORECASE,
)
_NO_BLOOD = Pattern(
    r"\b(?:bleeding|h(?:a)?emorrhage|epistaxis|nosebleeds?|oozing|h(?:a)?ematuria|mel(?:a)?ena)\s+(?:had\s+|has\s+|then\s+|soon\s+)?"
    r"(?P<how>stopped|ceased)\b",
    re.IGNORECASE,
)
OWN_BACK = {
    "hyponatremia": Pattern(r"\b(?:sodium|Na\+?|natra?emia)" + _BACK, re.IGNORECASE),
    "hypokalemia": Pattern(r"\b(?:potassium|K\+?|kala?emia)" + _BACK, re.IGNORECASE),
    "hyperkalemia": Pattern(r"\b(?:potassium|K\+?|kala?emia)" + _BACK, re.IGNORECASE),
    **dict.fromkeys(("skin reaction", "severe skin reaction"), _SKIN_CLEAR),
    **dict.fromkeys(("bleeding", "gastrointestinal bleeding"), _NO_BLOOD),
    **dict.fromkeys(("confusion", "delirium", "encephalopathy", "hallucinations", "psychosis"), _SELF_AGAIN),
}
"""The end of a reaction, told of what it disturbs: "sodium was normal after five days", "the skin was clear"."""
ANOTHER_SIGN = Pattern(
    r"\b(?:was|were|fell|rose|had|\w{3,}ed)\b[^.;]{0,40}?(?:,|\band|\bbut)\s+(?:the\s+|his\s+|her\s+)?"
    r"(?:ascites|o?edema|encephalopathy|itching|pruritus|fever|rash|nausea|vomiting|pain|eosinophilia|coagulopathy|malaise)\s+"
    r"(?:had\s+)?(?:resolved|disappeared)$",
    re.IGNORECASE,
)
"""The end of another sign than the liver tests told of before ("bilirubin was halved and ascites resolved")."""
_FEW = r"(?:\d+|an?|another|one|two|three|four|five|six|seven|eight|nine|ten|some|several)"
_SPAN = _FEW + r"\b[^.;,]{0,12}?\b(?:hour|day|week|month)s?"
_TESTS = (
    r"(?:ALT|AST|ALAT|ASAT|SGPT|SGOT|ALP|LFTs?|phosphatase|tests?|enzymes?|aminotransferases?|transaminases?|bilirubin|creatinine|lipase|"
    r"ferritin|"
    r"levels?|values?|counts?|function|results?|findings|neutrophils?|ANC|granulocytes?|leu[ck]ocytes?|all|liver)"
)
_CLAUSE = r"(?:(?<=[.;,:]\s)|(?<=\band\s)|(?<=\bbut\s))"
_NORMAL_AGAIN = (
    rf"(?:\b{_TESTS}\b[^.;:]{{0,40}}?|{_CLAUSE})\b(?:all\s+|completely\s+)?normal(?:i[sz]ed)?\s+"
    rf"(?:again\b|(?:with)?in\s+(?:about\s+|the\s+)?(?:next\s+)?{_SPAN}|after\s+(?:about\s+)?{_SPAN}|"
    rf"{_SPAN}\s+(?:later|after)|"
    r"after\s+(?:its\s+|the\s+|both\s+)?(?:stop\w*|withdraw\w*|discontinu\w*|cessation))"
)
_FIGURE_THEN_NORMAL = (
    rf"\b{_TESTS}\b(?:[^.;:]|\.\d){{0,60}}?\d(?:[^.;:]|\.\d){{0,40}}?\b(?:and|but|then)\s+(?:(?:was|were)\s+)?(?:back\s+to\s+)?normal\s+(?:by|at|on)\s+"
    rf"(?:(?:day|week|month)\s+\d+|{_SPAN}|\d{{1,2}}[-\s./]{{1,2}}\w{{3,9}}|[A-Z][a-z]{{2,8}}\s+\d)"
)
_RECOVERED = (
    rf"(?:{_CLAUSE}|(?<=\bhe\s)|(?<=\bshe\s)|(?<=\bpatient\s))(?:fully\s+|completely\s+|spontaneously\s+|"
    rf"uneventfully\s+)?"
    r"recovered\b(?!\s+from\s+(?!(?:her|his|the)\s+(?:hepat|liver|neutrop|agranul|reaction)))"
)
_RESOLVED = (
    r"\b(?:neutropenia|agranulocytosis|cytopenias?|hepatitis|cholestasis|liver\s+injury|jaundice|pancreatitis|"
    r"nephritis|"
    r"abnormalit\w+)\b[^.;:]{0,60}\b(?:resolved|recovered|(?<!international\s)normali[sz]ed|disappeared)\b"
    rf"|{_CLAUSE}resolved\s+(?:\w+\s+){{0,2}}?(?:after|within|in|on|spontaneously)\b"
    r"|\b(?:with|and)\s+(?:(?:a|an|the|his|her|fully|completely)\s+)?(?:resolved|normali[sz]ed)\s+(?:neutropenia|agranulocytosis|"
    r"(?:pan)?cytopenias?|thrombocytopenia|ana?emia|hepatitis|jaundice|liver\s+(?:injury|enzymes|tests))\b"
)
_TO_NORMAL = (
    rf"\b{_TESTS}\b(?:[^.;]|\.\d){{0,50}}?\b(?:dropped|fell|fallen|decreased|declined|returned|rose|came\s+down|come\s+down)\b"
    r"(?:[^.;]|\.\d){0,60}?\bto\s+(?:within\s+)?(?:the\s+|her\s+|his\s+)?(?:normal|baseline|reference\s+range)\b"
)
_FULLY = (
    r"\bto\s+(?:fall|return|come|get|drop)\s+(?:back\s+)?(?:in)?to\s+(?:the\s+)?normal\b|"
    r"\b(?:made|with|had)\s+(?:an?\s+)?(?:full|complete|uneventful)\s+(?:clinical\s+)?recovery\b|"
    r"\brecovery\s+was\s+(?:full|complete|uneventful)\b|(?<=[.;]\s)(?:full|complete)\s+recovery\s+(?:(?:with)?in|after)\b|"
    r"\bwith\s+(?:(?:complete|full|prompt|rapid|subsequent|spontaneous)\s+)?resolution\s+(?:of\s+(?:(?:the|all|her|his)\s+)?"
    r"(?:symptoms?|signs|reaction|event|episode|hepatitis|pancreatitis|neutropenia|jaundice|rash|abnormalities)\s+)?"
    r"(?:(?:with)?in|after|over|by)\b"
)
OF_THE_SKIN = Pattern(
    r"(?:lesions?|ulcers?|rash|skin|erosions?|blisters|pustules|purpura|swelling|angioedema)\b", re.IGNORECASE
)
"""An end of what is seen on the skin: it says nothing of a reaction that shows in values."""
_IT = (
    rf"\b{_TESTS}\b(?:[^.]|\.\d){{0,80}}?\b(?:it|they|these|both|all)\s+(?:was|were|had\s+become|became)\s+"
    r"(?:all\s+|again\s+|both\s+|entirely\s+|completely\s+|quite\s+|now\s+)?normal\b"
)
_HEALED = (
    r"\b(?:lesions?|ulcers?|rash|skin|erosions?|blisters|pustules|purpura|swelling|angioedema)\b"
    r"[^.;]{0,30}\b(?:healed|vanished|(?<!partly\s)(?<!partially\s)cleared)\b|"
    r"\bre-?epitheliali[sz]ation\s+was\s+complete\b|\b(?:had|has|have|was|were)\s+(?:fully\s+|completely\s+)?re-?epitheliali[sz]ed\b"
)
RECOVERED_BRIEFLY = Pattern(
    "|".join((_HEALED, _NORMAL_AGAIN, _FIGURE_THEN_NORMAL, _IT, _RECOVERED, _RESOLVED, _TO_NORMAL, _FULLY)),
    re.IGNORECASE,
)
"""A recovery told without a verb, as notes do ("normal after 6 weeks", "recovered"), or of the reaction by its name."""
_OVER = (
    r"(?:resolved|cleared|subsided|disappeared|abated|settled|faded|remitted|vanished|healed|recovered|(?<!international\s)normali[sz]ed|"
    r"ceased|(?:was|were|had)\s+(?:(?:completely|all|entirely)\s+)?gone|went\s+away|cleared\s+up)"
)
_TO_BE_OVER = r"(?:resolve|clear|subside|disappear|abate|settle|fade|remit|heal|recover|normali[sz]e)"
_BEING_OVER = r"(?:resolving|clearing|subsiding|disappearing|abating|settling|fading|remitting|healing|recovering)"
_AN_END = r"(?:recovery|resolution|remission|normali[sz]ation)"
_HOW_FULL = (
    r"(?:(?:a|complete|full|total|uneventful|clinical|biochemical|prompt|rapid|gradual|spontaneous|subsequent|eventual|"
    r"and)\s+){0,4}"
)
_HAVING = (
    r"(?:(?:has|had|have|then|also|all|both|soon|(?!(?:only|slightly|minimally|barely|hardly|scarcely)\b)\w+ly)\s+)"
    r"{0,3}"
)
_NOUN = r"[a-z-]{2,}"
_ITS = r"(?:(?:the|his|her|all|these|this|skin)\s+){0,2}"
ENDED = Pattern(
    rf"\b(?:it\s+)?took\s[^.;]{{0,40}}?\bfor\s+{_ITS}(?P<its>{_NOUN})\s[^.;]{{0,40}}?\bto\s+(?:\w+ly\s+)?{_TO_BE_OVER}\b"
    rf"|\bit\s+(?:all\s+)?took\s[^.;]{{0,40}}?\bto\s+(?:\w+ly\s+)?(?:{_TO_BE_OVER}|go\s+away)\b"
    rf"|\b(?P<noun>{_NOUN})\s+(?:(?:of|on|in|over)\s+{_ITS}[\w-]+\s+){{0,2}}{_HAVING}{_OVER}\b"
    rf"|\b(?P<receding>{_NOUN})\s+(?:began|started)\s+to\s+\w+\b[^.;,]{{0,50}}?\s+and\s+{_HAVING}{_OVER}\b"
    rf"|\b(?P<sign>{_NOUN})\s+{_HAVING}(?:took|persisted|lasted|continued)\b[^.;]{{0,60}}?\b(?:to\s+(?:\w+ly\s+)?{_TO_BE_OVER}"
    rf"|before\s+(?:\w+ly\s+)?{_BEING_OVER})\b"
    rf"|\b(?:{_AN_END}|reversal)(?:\s+of\s+{_ITS}(?P<of>{_NOUN})\b[^.;,]{{0,40}}?)?\s+(?:occurred|ensued|followed|took|"
    r"was\s+(?:\w+ly\s+)?(?:achieved|made|observed|seen|noted|documented|complete|attained|reached|obtained))\b"
    rf"|\bthere\s+(?:was|were|had\s+been)\s+{_HOW_FULL}{_AN_END}\b(?:\s+of\s+{_ITS}(?:clinical\s+|presenting\s+)?(?P<was>{_NOUN}))?"
    rf"|\b(?:lead(?:ing)?\s+to|led\s+to|result(?:ing|ed)\s+in|(?<!not )followed\s+by|"
    rf"(?:and|with)(?=\s+(?:complete|full)))\s+"
    rf"{_HOW_FULL}{_AN_END}\b(?:\s+of\s+{_ITS}(?:cholestatic\s+|acute\s+|\w+al\s+|liver\s+|QT\s+)?(?P<led>{_NOUN}))?"
    rf"|\bwith\s+{_HOW_FULL}{_AN_END}\s+(?:of|in)\s+{_ITS}(?:[\w-]+\s+)?(?P<with>{_NOUN})\s+(?:within|in|after|over|by)\b"
    rf"|\b(?:time\s+to\s+(?:\w+\s+)?{_AN_END}|(?:recovery|resolution)\s+time)\s*(?:was|:|=|of)\s"
    r"|\b(?:patient|she|he)\s+(?:was|had\s+(?:got|come))\s+back\s+to\s+normal\b"
    rf"|\b{_AN_END}(?:\s+of\s+{_ITS}(?P<dated>{_NOUN}))?(?:\s+date)?:\s*(?=\d|[A-Z][a-z]{{2}})"
    r"|(?:(?<=[.;,:]\s)|\A)(?:all\s+)?(?P<tests>(?:liver\s+)?(?:function\s+)?(?:tests?|enzymes?|LFTs?|transaminases|blood\s+counts?))\s+"
    r"(?:all\s+|again\s+|back\s+to\s+)?normal(?=\s*(?:[.;]|$|(?:on|by)\s|\d|(?-i:[A-Z])[a-z]{2}))",
    re.IGNORECASE,
)
"""An end of something by its name, which need not be the reaction; the groups hold what it is the end of."""
ALL_OF_IT = Pattern(
    r"symptoms?|signs?|features?|reactions?|events?|episodes?|condition|illness|syndrome|complaints?|manifestations?|"
    r"abnormalit\w+|everything|patient|she|he|adr|ae|toxicity|complications?|problems?|changes|effects?",
    re.IGNORECASE,
)
"""What means the whole reaction."""
_A_DISEASE = re.compile(
    r"\w+(?:itis|a?emia|penia|pathy|osis|oma|uria|plegia|cytosis|lysis|oedema|edema)|rash|eruption|exanthem\w*|"
    r"lesions?|injury|failure|dysfunction|reaction|hepatotoxicity|\w+toxicity|seizures|delirium|prolongation",
    re.IGNORECASE,
)
_NAMES = Pattern(
    r"(?P<liver>hepatitis|hepat\w+|cholestasis|icterus)|(?P<blood>neutropenia|agranulocytosis|leu[ck]openia)|"
    r"(?P<kidney>nephritis|nephrotoxicity|nephropathy|tubulopathy|(?:renal|kidney)\s+(?:failure|injury|impairment|"
    r"insufficiency|dysfunction))|(?P<muscle>rhabdomyolysis|my(?:opathy|ositis|algia))|(?P<pancreas>pancreatitis)",
    re.IGNORECASE,
)
_KINDS = {"liver": LIVER, "blood": NEUTROPENIA, "kidney": KIDNEY, "muscle": MUSCLE, "pancreas": PANCREAS}
"""Names of the reactions that show in values."""
_WORD_BEFORE = re.compile(r"[a-z]+\s+$", re.IGNORECASE)
HALF = Pattern(r"\s+(?:only\s+)?(?:partial|partly|incomplete|temporar|transient|initially|but\s+rec)", re.IGNORECASE)
"""Behind an end that was none."""

_CAME_BACK = Pattern(
    r"\b(?:reappear\w*|return(?:ed)?\s+of|recurre\w+|relaps\w*|flare\w*|exacerbat\w*|came\s+back|reactivat\w*)\b",
    re.IGNORECASE,
)
_UNDERLYING = Pattern(r"\s+(?:in|of)\s+(?:(?:the|her|his|this)\s+)?(?:underlying\s+)?disease\b", re.IGNORECASE)


def end_of(match: re.Match[str], kind: str, words: Pattern | None, start: int = 0) -> bool:
    """Whether a match of :data:`ENDED` is the end of a reaction of this kind.

    Args:
        words: What has to be over for a kind that shows in values.
        start: Where its sentence begins: what came back in it, without the reaction being named, is the disease that
            the drug was given for, and so is what then went into remission.
    """
    if match.group().lower().endswith("remission") and (
        _UNDERLYING.match(match.string, match.end()) or _CAME_BACK.search(match.string, start, match.start())
    ):
        return False
    group = next((g for g in ("noun", "sign", "receding", "its", "of", "was", "led", "with") if match[g]), "")
    what = match[group] if group else ""
    if not what or ALL_OF_IT.fullmatch(what):
        return True
    if what.lower() == "it":
        return not match.group().lower().endswith("normalized") and not match.group().lower().endswith("normalised")
    before = _WORD_BEFORE.search(match.string, max(start, match.start(group) - 30), match.start(group))
    named = _NAMES.fullmatch(what) or _NAMES.fullmatch((before.group() if before else "") + what)
    if named is not None and named.lastgroup is not None:
        return kind == _KINDS[named.lastgroup] or kind not in _KINDS.values()
    if what.lower().rstrip("s") in kind.lower():
        return True
    if words is not None:
        return words.search(what) is not None
    return _A_DISEASE.fullmatch(what) is not None


WELL = Pattern(
    r"\b(?:felt|feels|feeling|was|is|remain(?:s|ed)|stay(?:s|ed)|been|alive\s+and|doing)\s+"
    r"(?:completely\s+|entirely\s+|clinically\s+|perfectly\s+|very\s+)?well\b"
    r"(?!\s+(?:until|before|known|[a-z]+ed\b))|\bin\s+good\s+health\b|\bwithout\s+(?:any\s+)?sequelae?\b|"
    r"\b(?:was|is|am|felt|feel|been)\s+(?:\w+ly\s+|absolutely\s+)?(?:fine|ok(?:ay)?|normal\s+again|back\s+to\s+(?:normal|my\s+\w+\s+self))(?=\s*(?:[.,;)]|$)|\s+(?:again|now|since|after|and)\b)|"
    r"\b(?:symptom|pain|complaint|seizure)[- ]free\b|\bfree\s+of\s+(?:symptoms|pain|complaints)\b|"
    r"\b(?:remained|been)\s+free\s+(?:of|from)\s+(?:\w+\s+)?\w+|\bno\s+(?:\w+\s+){1,2}(?:recurred|reappeared)\b|"
    r"\bfavou?rable\s+(?:outcome|course|evolution)\b|"
    r"\b(?:had|has\s+had|experienced|suffered|with|there\s+(?:were|was))\s+no\s+(?:further|more|subsequent)\s+"
    r"(?:episodes?|attacks?|symptoms?|complaints?|problems?|seizures?|bleeding|arrhythmias?|fits)\b",
    re.IGNORECASE,
)
"""The patient is said to be well again, or to have had no more of it."""
_GREW_BETTER = (
    r"improv\w+|recover\w*|resol\w+|(?<!international\s)normali[sz]\w+|disappear\w+|returned\s+to\s+normal|rapid\s+(?:clinical|"
    r"improvement)|"
    r"abat(?:e[ds]?|ing|ement)|subsid\w+|return\s+of|getting\s+(?:much\s+|a\s+(?:bit|little)\s+)?better|not\s+(?:yet\s+)?(?:fully|completely|entirely)\s+(?:recover|resolv|heal)\w*|(?:was|were|felt|feeling)\s+(?:much\s+)?better|(?<=[.;,]\s)better|were\s+gone|"
    r"(?:symptoms?|complaints?|pain|itching|dyspn\w+)\s+(?:was|were)\s+(?:\w+ly\s+)?relieved|symptom(?:atic)?\s+relief|"
    r"(?:blood\s+pressure|vital\s+signs?|h(?:a)?emodynamics|heart\s+rate)\s+(?:\w+ly\s+|then\s+)*(?:stabili[sz]ed|became\s+stable)|"
    r"(?:fever|itching|pruritus|jaundice|pain|rash|symptoms)\s+(?:had\s+)?(?:settled|ceased|cleared|gone)"
)
_FELL = (
    r"decreas(?!ed\s+(?:muscle|strength|appetite|urine|consciousness|level\s+of|visual|vision|hearing|sensation|mobility|oral|breath|food|"
    r"libido|exercise|range|alertness|tone|reflexes|sleep|concentration|power|sensory|movement))\w+|fell|declin\w+|regress\w+|fallen|rose\s+to|dropped|come\s+down|came\s+down|"
    r"(?:began|begun|started)\s+to\s+fall|down-?\s?trend\w*|trend\w*\s+down\w*|"
    r"(?:enzymes?|tests|bilirubin|ALT|AST|CPK|CK|creatinine|ferritin|levels|values)\s+(?:(?:were\s+|was\s+)?falling|(?:were|was|had|have)\s+(?:been\s+)?halved)"
)
IMPROVED = Pattern(rf"\b(?:{_GREW_BETTER}|{_FELL})\b", re.IGNORECASE)
IMPROVED_COUNTS = Pattern(
    rf"\b(?:{_GREW_BETTER}|rose\s+to|risen|began\s+to\s+rise|increased\s+to|(?:counts?|platelets|neutrophils|ANC)\s+(?:then\s+|had\s+)?"
    r"(?:increased|rose|climbed|rising)(?!\s+(?:from|above|over)))\b",
    re.IGNORECASE,
)
"""The same of blood counts, which fall with the reaction and rise with its end."""
IMPROVED_LOW = Pattern(
    rf"\b(?:{_GREW_BETTER}|regress\w+|rose\s+to|risen|began\s+to\s+rise|increased\s+to)\b", re.IGNORECASE
)
"""The same of a salt or a sugar that is too low."""
LOW_VALUES = frozenset({"hyponatremia", "hypokalemia", "hypoglycemia", "lymphopenia"})
"""Reactions that are a low value: a further fall is no improvement."""
MILDLY = Pattern(
    r"\b(?:mild(?:ly)?|slight(?:ly)?|minimal(?:ly)?|little|modest(?:ly)?|limited|marginal(?:ly)?)\s+(?:\w+\s+)?improv\w+",
    re.IGNORECASE,
)
"""Too little of an improvement to stand against what persists in the same sentence."""
TO_HOSPITAL = Pattern(
    r"\b(?:was|were|being|been)\s+(?:\w+ly\s+)?(?:admitted|hospitali[sz]ed|referred|brought)\b|\bpresented\b|\bsought\b",
    re.IGNORECASE,
)
"""A sentence that brings the patient to hospital: what "worsened" in it is no ending."""
SHOWN = Pattern(
    r"(?:\b(?:imaging|ultraso\w+|sonogra\w+|CT|MRI|elastogra\w+)\s+(?:\w+\s+)?confirmed|\bhistory\s+of|\bknown)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""Before a disease that was there, and is no end; one that a later biopsy shows is one."""
WORSE = Pattern(
    r"\b(?:worsen\w*|deteriorat\w*|progress\w*|deepen\w*|continued\s+to\s+(?:rise|do\s+poorly|deteriorate|"
    r"be\s+(?:\w+\s+)?(?:jaundiced|symptomatic|elevated|abnormal))|persist\w*|incomplete|remained\s+(?:jaundiced|"
    r"elevated|abnormal|symptomatic)|"
    r"still\s+(?:itch\w+|jaundiced|icteric|abnormal|elevated|raised|symptomatic)|"
    r"liver\s+transplant\w*|died|death|cirrhosis|"
    r"(?:(?:did|has|have|had|was|were|is|are)\s+)?not\s+(?:yet\s+)?(?!(?:fully|completely|entirely|totally|wholly)\b)(?:\w+ly\s+|been\s+)?(?:improv\w*|recover\w*|resolv\w*|"
    r"abat(?:e[ds]?|ing|ement)|subsid\w*|clear(?:ed)?|disappear\w*|regress\w*|heal(?:ed)?)|"
    r"(?:no|without(?:\s+any)?|lack\s+of)\s+(?:\w+\s+){0,2}?(?:improvement|resolution|recovery|response|regression)|"
    r"fail(?:ed|ure)\s+to\s+(?:improve|resolve|recover|heal|clear)|"
    r"(?:has|have|had|is|are)\s+(?:still\s+)?not\s+(?:yet\s+)?gone(?:\s+away)?|"
    r"(?:ongoing|unresolved|unchanged)\s+at\s+(?:d/?c|discharge|follow|last)|(?:has|have|had|did|does)\s+not\s+(?:got|gotten|get|become)\s+(?:any\s+)?better|"
    r"still\s+(?:ha(?:ve|s)|suffers?\s+from)\s+(?:it|them|the\s+(?:problem|symptoms?|pain|rash)|these|this)|"
    r"(?:rash|symptoms?|reaction|event|jaundice|condition|lesions?|eruption|signs?)\s+(?:was|were|is|are|remain(?:s|ed)|stayed)\s+"
    r"(?:still\s+)?(?:ongoing|on-going|unresolved|unchanged|present))\b",
    re.IGNORECASE,
)
SEQUELAE = Pattern(
    r"(?<!\bno )(?<!\bany )(?<!without )(?<!no significant )(?<!no neurological )"
    r"\b(?:left\s+with|residual|permanent\w*(?!\s+(?:withdr|discontinu|stopp|ceas|with-?held))|scarring|some\s+\w+\s+(?:persisted|remained))\b"
    r"|(?<!without )(?<!no )\bsequelae\b",
    re.IGNORECASE,
)
"""Something of the reaction stayed."""
ABNORMAL = Pattern(r"\b(?:elevat\w+|raised|increase[ds]?|abnormal|high(?:er)?)\b", re.IGNORECASE)
"""In a clause that calls some tests normal: others were not."""
_LIVER_TEST = (
    r"(?:liver|hepatic|enzymes?|transaminases?|aminotransferases?|ALT|AST|ALP|SGPT|SGOT|GPT|GOT|GGT|bilirubin|"
    r"phosphatase|hyperbilirubin\w+|function|tests?|laborator\w+)"
)
_OUT_OF_RANGE = (
    r"(?:elevat\w+|raised|abnormal\w*|rises?|rose|rising|increas\w+|ULN|upper\s+limit|peak\w*|fold|"
    r"U/L|[µμu]?kat/L|mg/dL|[µμu]mol/L)"
)
DISTURBED = Pattern(
    rf"\b(?:jaundice\w*|icter\w+|hepatitis(?!\s+(?:[A-E]\b|vir|ser))|cholestasis|cholestatic|hyperbilirubin\w+|"
    rf"{_LIVER_TEST}\b(?:[^.;]|\.(?=\d)){{0,90}}?\b{_OUT_OF_RANGE}|"
    rf"{_OUT_OF_RANGE}\b(?:[^.;]|\.(?=\d)){{0,60}}?\b{_LIVER_TEST})\b",
    re.IGNORECASE,
)
"""Liver tests are told to have been out of their range, or the patient to have been jaundiced."""
OF_A_MARKER = Pattern(
    r"\b(?:(?:auto-?)?antibod\w+|ANA|SMA|ASMA|AMA|ANCA|(?:anti-?)?ds-?\s?DNA|tit(?:er|re)s?|serolog\w+|Ig[AGM]|scars?|eosinophilia)\b"
    r"(?:(?!\b(?:and|but|while)\b)[^.;,]){0,20}$",
    re.IGNORECASE,
)
"""What stands before "persisted" where something persists that is not the reaction."""
FATAL = Pattern(
    r"\b(?:died|death|fatal(?:ly)?|expired|succumbed|autopsy|(?:declared|pronounced|certified)\s+(?:deceased|dead)|passed\s+away|(?-i:RIP(?:['’]?d)?)(?=\s*(?:[.;]|$))|demise|(?:did|could)\s+not\s+(?:survive|be\s+(?:saved|resuscitated)))\b",
    re.IGNORECASE,
)
TRANSPLANT = Pattern(r"\bliver\s+(?:transplant\w*|graft)|\btransplanted\b", re.IGNORECASE)
_MAY_BE = r"\b(?:can|may|might|should|must)\s+(?:\w+ly\s+)?(?:be\s+)?(?:\w+ly\s+)?$"
DENIED = Pattern(
    r"\b(?:no|not|cannot|can['’]t|couldn['’]t|didn['’]t|without|never|neither|nor|denied|failed\s+to|rather\s+than|risk\s+of|avoid\w*|prevent\w*)\s+"
    r"(?:(?!but\b|and\b)[\w-]+\s+){0,2}$|" + _MAY_BE + "|"
    r"\bfamily\s+history\s+(?:of|for|includ\w+)\s+(?:[\w-]+\s+){0,3}$|"
    r"\b(?:no|any|without|denied)\s+(?:\w+\s+){0,2}histor(?:y|ies)\s+of\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
"""What stands before an ending that did not come, is only possible ("can be lessened"), or came to a relative."""
MAY_BE = Pattern(_MAY_BE, re.IGNORECASE)
"""Before an ending that is only possible: "the risk can be lessened"."""
PLANNED = Pattern(
    r"\b(?:considered(?:\s+for)?|list(?:ed)?\s+for|candidate\s+for|evaluat\w+\s+for|awaiting|referred\s+for)\s+(?:(?!but\b)[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""What stands before a procedure that was only thought of."""
UNDONE = Pattern(
    r"[^.;,]{0,40}\b(?:was|were)\s+(?:\w+\s+but\s+)?not\s+(?:\w+\s+)?"
    r"(?:performed|needed|required|necessary|done|available)\b|\s+was\s+considered\b|"
    r"\s+(?:only\s+)?(?:minimally|slightly|little|transiently|temporarily)\b",
    re.IGNORECASE,
)
"""What follows a procedure that was not done, or a change that was none."""
_REASON = Pattern(r"\b(?:because|since|as|due\s+to|owing\s+to|for|given|when|as\s+the)\b", re.IGNORECASE)
_AFTER_IT = Pattern(r"\b(?:after|despite|following|upon|on|even|though|although|with)\b", re.IGNORECASE)


_AFTER_THAT = Pattern(
    r"\b(?:after|following|since)\s+(?:(?:the|its|this|their|complete|full|apparent)\s+){0,2}$", re.IGNORECASE
)
_NEXT = Pattern(
    r"[^.;,]{0,40},\s*(?:he|she|the\s+patient|they)\s+(?:then\s+)?(?:developed|noticed|noted|experienced|had|began|started|"
    r"complained|presented|became)\b",
    re.IGNORECASE,
)
"""Around the end of one complaint after which another came ("one day after resolution, she developed itching")."""


def another_came(body: str, start: int, match: re.Match[str], end: int) -> bool:
    """ "One day after resolution, she developed itching": the end of a complaint after which another came.

    Args:
        start: Where the words before the match begin.
        end: The end of its sentence.
    """
    return (
        _AFTER_THAT.search(body, start, match.start()) is not None and _NEXT.match(body, match.end(), end) is not None
    )


def before_the_stop(body: str, start: int, loss: re.Match[str], stopped: int | None) -> bool:
    """Whether a worsening came before the drug was stopped, or was the reason of it: it is not how the reaction ended.

    Args:
        start: Where the sentence of the worsening begins.
        stopped: Where the first stop is told.
    """
    if stopped is None:
        return False
    if loss.start() < stopped:
        begun = _TO_STOP.match(body, loss.end())
        same = begun is not None and stopped < begun.end()
        return not same or _AFTER_IT.search(body, loss.end(), stopped) is None
    return stopped >= start and _REASON.search(body, stopped, loss.start()) is not None


_TO_STOP = Pattern(r"[^.;]*")
_DONE = Pattern(r"\s+(?:(?:was|were)\s+(?:\w+ly\s+)?(?:carried\s+out|performed|done|undertaken)|took\s+place)\b")


def grafted(body: str, graft: re.Match[str]) -> bool:
    """The transplantation was done, by the words before it or behind it."""
    before = body[max(0, graft.start() - 60) : graft.start()]
    done = re.search(r"\b(?:underwent|required|received|emergency|successful)\b", before)
    return done is not None or _DONE.match(body, graft.end()) is not None
