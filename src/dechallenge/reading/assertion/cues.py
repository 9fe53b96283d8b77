"""The cue words of assertion: what denies, doubts, dates back, or reports a result, before or after a mention.

Our own compilation, in the tradition of NegEx and ConText (Chapman 2001; Harkema 2009): no word list of others is
copied. Imports nothing of the package.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

_BUT_INFECTION = (
    r"(?! (?:(?:any|acute|active|recent|current|chronic|ongoing|past|prior|or|and|viral) ){0,4}"
    r"infections?(?=\s*(?:$|[.;,)])))"
)
"""Behind "negative for": "hepatitis A, B and C were negative for acute infection" speaks of the tests before it."""
_BE = (
    r"(?:(?:was|were) (?:obtained|sent|drawn|checked|ordered|requested|repeated),? (?:which|that|and|but) "
    r"(?:was|were|came back|returned|resulted)"
    r"|was|were|is|are|be|been|being|remained|remains|stayed|proved|tested|(?:came|come) back|turned out|returned"
    r"|appeared|(?:became|become)|(?:had|has|have) (?:been|become))"
)
_ADV = (
    r"(?:\s+(?:all|both|also|again|entirely|completely|totally|consistently|uniformly|initially|still|subsequently"
    r"|then|each|"
    r"now|otherwise|essentially|repeatedly|strong(?:ly)?|weak(?:ly)?|highly|mildly|markedly|slightly|therefore|thus|thereby"
    r"|found(?: to be)?|"
    r"reported (?:as|to be)|known to be|considered|to be|shown to be|well))*"
)
SEEN = (
    r"(?:seen|found|observed|present|noted|identified|evident|detected|detectable|apparent|demonstrated|visuali[sz]ed|"
    r"documented|recogni[sz]ed|revealed|discovered|recorded|reported|elicited|palpable|felt)"
)
_FIND = r"(?:reveal|show|demonstrate|detect|identify|disclose|find|indicate|document|suggest|support|yield|uncover)"


def words(pattern: str) -> Pattern:
    return Pattern(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


# A result that ends its item ("HBsAg negative, …") speaks of what stands before it.
_ITEM_ENDS = r"(?!\s*(?:[,.;)\]]|$|and\b|but\b|\([<>]?\s*1\s*:))"

# A verb that takes no object here: "ascites did not develop" against "did not develop ascites".
_ALONE = (
    r"(?=\s*(?:[.,;)\]]|$|(?:and|but|or|during|after|until|again|at|in|on|within|over|thereafter|while|despite|with"
    r"|then|later|subsequently)\b))"
)

_NOT_OF_A_DOSE = (
    r"(?! (?:\w+ ){0,3}(?:characteristics|features|signs|symptoms|manifestations|evidence) of)"
    r"(?!(?: (?!and\b|but\b|developed\b|presented\b)[\w()-]+){1,9} (?:following|after|upon|within \w+ \w+ of) "
    r"(?:[\w-]+ ){0,3}"
    r"(?:injections?|doses?|infusions?|course|administration|ingestion|intake|treatment|therapy|use|exposure|receiving|"
    r"taking|starting)\b)"
)
"""Behind "a girl who had": signs of a condition, or one that came after a dose, are no background."""

# Before the mention; rule over what follows. The order inside a list decides where two begin at the same place.
PRE_KINDS: tuple[tuple[str, str], ...] = (
    # Words that look like a cue and are none: they hide the cue inside them.
    (
        "pseudo",
        r"not only|not necessarily|not (?:yet )?(?:certain|clear|known whether)|gram[- ]negative"
        r"|rh(?:esus)?[- ]negative"
        r"|no (?:(?!or\b|and\b|nor\b)\w+ ){0,2}?(?:improvement|response|resolution|relief|worsening|progression|effect"
        r"|regression|doubt|"
        r"impact|reduction|efficacy|benefit)"
        r"|no (?:\w+ ){0,2}?(?:changes?|increase|decrease|elevations?|rises?|fall)(?= (?:in|of)\b)"
        r"|no\.(?= ?\d)|without (?:\w+ )?(?:improvement|response|resolution|relief|difficulty|success|delay|benefit"
        r"|effect|change)"
        r"|false[- ]negatives?|(?:due|owing|attributable) to (?:a |the )?(?:lack|absence) of (?=(?:efficacy|response))"
        r"|(?:hour|day|week|month)s?[- ](?:long )?history of|(?:hour|day|week|month)s?['’] history of"
        r"|for (?:the |further )?(?:management|treatment|evaluation|work-?up) of(?= (?:an? |his |her )?"
        r"(?:acute|severe|suspected|sudden|new|worsening|fulminant)\b)"
        r"|history of (?:the )?(?:present|presenting)|if not|whether or not|no matter|no sooner",
    ),
    (
        "affirmed",
        r"not without|(?:not|never) (?:entirely |completely )?free (?:of|from)|no (?:lack|absence) of"
        r"|not lacking(?: in)?"
        r"|(?:did|does) not deny|never without|not in the absence of",
    ),
    (
        "uncertain",
        r"(?:could|can|does|did|do) not (?:completely |entirely )?(?:exclude|rule out)|cannot (?:exclude"
        r"|rule out)"
        r"|not exclud(?:ed|ing)|without excluding",
    ),
    (
        "negated",
        r"nothing (?:to )?" + _FIND + r"(?:ed|s|d|ing)?(?: of)?|nothing suggestive of"
        r"|(?:do|does|did) not (?:believe|think|feel)(?: that)?(?: (?:the patient|s?he|this|it|these"
        r"|they))?(?: (?:is|was|has|had|are|were|to))?"
        r"(?: having)?|nor (?:was|did|is|were|had|has|does)(?: (?:s?he|it|they|there|the patient)(?: (?:was|had|is))?)?"
        r"|no longer|no|not|never|without|neither|nor|none of(?: (?:which|whom|them"
        r"|(?:the |these |our )?(?:\w+ )?(?:patients|cases)(?: (?:had|has|have|showed|developed|reported))?))?"
        r"|n't|cannot|(?:in )?(?:the )?absence of|independent of|absent"
        + _ITEM_ENDS
        + r"|(?:a )?lack of(?! (?:appetite|energy|sleep|interest|strength|motivation|concentration|coordination|"
        r"sensation))"
        r"|lack(?:s|ed|ing)"
        r"|den(?:y|ies|ied|ying)|free (?:of|from)|fail(?:s|ed|ure|ing)? to " + _FIND + r"|devoid of|unremarkable for"
        r"|rul(?:ed|es|ing) out|exclud(?:ed|es|ing)|exclusion of(?! (?:all )?(?:other|alternative))"
        r"|argu(?:ed|es|ing) against|(?<!significant )(?<!remarkable )"
        r"(?<!contributory )rather than"
        r"|instead of(?! (?:once |twice |three times )?(?:a |per )?(?:dai|week|month|day\b|every|\d))"
        r"|-ve for"
        r"|(?<!of )(?<!was )(?<!were )(?<!to )(?<!at )"
        r"(?<!almost )(?<!nearly )(?<!virtually )(?<!near )(?<!is )(?<!practically )zero",
    ),
    (
        "negative",
        r"(?:^|(?<=[;.] ))(?:negative|normal)(?: (?:results?|tests?|findings|markers?|serolog(?:y|ies)))?:"
        r"|(?:^|(?<=[;:] ))(?:negative|normal)(?: (?:or|and) (?:negative|normal))? (?:was|were|are)"
        r"(?: also| the(?: following)?)*"
        r"|(?:tested )?negative for|"
        r"not (?!only\b)(?:\w+ly )?(?:positive|reactive) for|"
        r"negative(?: \([^)]{1,20}\))? (?:results?|tests?|testing|serolog(?:y|ies)"
        r"|serologic(?:al)? "
        r"(?:tests?|markers?)|markers?|screen(?:ing)?|titers?|titres?|studies|work-?up|panel)(?: (?:for|of|on|to"
        r"|against))?|(?:negative|undetectable|undetected)" + _ITEM_ENDS,
    ),
    (
        "positive",
        r"(?:tested )?positive(?: (?:tests?|testing|serolog(?:y|ies)|results?|titers?|titres?"
        r"|markers?))?(?: (?:for|in))?" + _ITEM_ENDS + r""
        r"|(?:high|low|elevated|raised|increased|significant|rising|strong(?:ly)?|positive)(?: \w+){0,2} (?:titers?"
        r"|titres?|levels?)"
        r" (?:of|for)(?: both)?|titers? of|presence of|elevations? (?:of|in)|increases? in"
        r"|serologic(?:al)? evidence of",
    ),
    (
        "not interpretable",
        r"equivocal(?: (?:tests?|results?|serolog(?:y|ies)))?(?: for)?|borderline(?: positive)?"
        r"|indeterminate"
        r"|inconclusive|pending",
    ),
    ("normal", r"(?:normal(?:[- ]appearing)?(?: (?:levels?|values?|results?) (?:of|for))?|unremarkable)" + _ITEM_ENDS),
    (
        "not done",
        r"(?:was|were|been) (?:not|never) (?:tested|screened|examined|investigated) for"
        r"|(?:did not|didn't|never) (?:undergo|receive)|(?:refused|declined)(?: to undergo)?",
    ),
    (
        "uncertain",
        r"little (?:evidence|support|reason) (?:of|for)|little to (?:suggest|support|indicate)|suspected"
        r"|suspicions? (?:of|for|about)(?![^.;]{0,60} (?:was|were) (?:then |later |subsequently )?confirmed)"
        r"|suspicious for|possibl[ey]|probabl[ey]|presum(?:ed|ably|ptive)"
        r"|questionable"
        r"|likely|unlikely|concerns? (?:for|about|of|over)|(?:concerning|worrisome|worrying) for"
        r"|suggestive of|suggest(?:s|ed|ing)|(?:may|might"
        r"|could) (?:have|represent|be)"
        r"|(?:pre-?|preliminary |provisional |presumptive |working |tentative )diagnosis of"
        r"|(?:one|another|an?|the other) possibility (?:was|is)(?: (?:that of|the (?:onset|presence|development) of))?"
        r"|(?:according to|following|per) (?:the |an? )?(?:\w+ )?(?:protocol|guidelines?|algorithm) (?:of|for)"
        r"|differential diagnos[ei]s (?:of|includ(?:ed|es|ing))|rule out|to (?:\w+ly )?exclude|thought to (?:have|be)"
        r"|believed to (?:have|be)"
        r"|consider(?:ed|ing)|evaluat(?:ed?|ion) for|work-?up for|versus|vs\.?|\?|apparent(?:ly)?"
        r"|raised the possibility of|(?:the )?possibility of|question of",
    ),
    (
        "family",
        r"family histor(?:y|ies)(?: (?:of|for|(?:was|is) (?:significant|notable|"
        r"remarkable|positive) for|includ(?:ed|es)|revealed))?|(?:his|her|their|patient's|maternal|paternal)"
        r" (?:\w+ )?(?:mother|father|brother|sister|sibling|parent|son|daughter|aunt|uncle|cousin|grandmother|"
        r"grandfather|relative|twin|family)s?,? (?:also |who )?(?:had|has|have|with|was|were|is|are|died|suffer(?:s|ed)"
        r"|developed)",
    ),
    (
        "history",
        r"(?:past |prior |previous )?(?:medical|surgical|social|personal|psychiatric|patient) history\s*:"
        r"|(?<!day )(?<!day-)(?<!days )(?<!week )(?<!week-)(?<!weeks )(?<!month )(?<!month-)(?<!months )"
        r"(?<!hour )(?<!hours )(?:(?:past|previous|prior|remote|long|known|medical|clinical|personal|vague|significant"
        r"|surgical) )*histor(?:y|ies) "
        r"(?:of|for|was|is|includ(?:ed|es|ing)|significant for|remarkable for|notable for)|past medical history"
        r"|previous(?:ly)?|prior|past|former(?:ly)?|status[- ]post|s/p|known(?: to (?:have|be))?|long[- ]?standing"
        r"|long[- ]term|pre-?existing|chronically|(?:had|has|having) (?:\w+ly )?suffered from"
        r"|had been(?! (?:complaining|feeling|having|experiencing|noticing))|survivor of",
    ),
    (
        "hypothetical",
        r"(?:can|may|might|could|will|would)(?: \w+)? (?:cause|lead|trigger|induce|result|produce"
        r"|precipitate|occur)"
        r"|risk factors? (?:for|of)|risks? (?:of|for)|if (?:he|she|the patient|there|any|such)"
        r"|(?:if|should)(?= (?:\w+ ){1,3}"
        r"(?:occurs?|develops?|appears?|recurs?|worsens?|persists?|rises?)\b)|in case of|return (?:if"
        r"|for)"
        r"|prophyla(?:xis|ctic(?:ally)?)(?: (?:against|for|of))?|to prevent|prevent(?:ion|ing)(?: of)?"
        r"|(?:search|searched|look(?:ed|ing)?|screening)(?: was \w+)? for|screen(?:ed|ing)? for|monitor(?:ed|ing)? for"
        r"|survey(?:ed|ing)(?: for)?"
        r"|predictors? of|known to cause|exposures? to|contact with|(?:vaccinat|immuni[sz])\w+ (?:against|for)"
        r"|(?:advised|instructed|told|asked|warned|counsel(?:l)?ed|educated|encouraged)(?: \w+){0,2}?"
        r" (?:to (?:\w+ )?(?:report|watch for|look for|seek|return|monitor|contact|consult)|about|regarding)"
        r"|(?:can|may|could|might) (?:\w+ )?be (?:\w+ly )?"
        r"(?:confused with|mistaken for|misdiagnosed as|misinterpreted as)"
        r"|(?:has|have) been (?:reported|associated|linked|described|implicated)|(?:is|are) (?:often |commonly |rarely "
        r"|frequently )?"
        r"associated with|side effects? (?:of|includ\w+|are)|(?:is|are) (?:a )?(?:rare|common|frequent|well[- ]known"
        r"|severe|serious)",
    ),
    (
        "other",
        r"(?:in contrast to|unlike) (?:the |that |their )?(?:\w+ )?(?:patients?|cases?)"
        r"|(?:patients?|cases?) (?:reported|described|published) by"
        r"|(?:some|many|most|several|few|other|certain) (?:\w+ )?patients"
        r" (?:will|may|can|also|have|develop|experience|present)\b"
        r"|in (?:other|most|many|some|several|few|the other) (?:of (?:the|these) )?(?:\w+ )?(?:patients?|cases?"
        r"|reports?|studies|"
        r"instances|series|women|men|children)|other patients?|(?:the )?donor(?:'s)?|(?:in the |the )literature"
        r"|published (?:cases?|reports?)",
    ),
    (
        "background",
        r"(?:man|woman|boy|girl|patient|male|female|infant|child|gentleman|lady|adolescent|teenager"
        r"|person|neonate|subject)s?"
        r"(?: of \w+(?: \w+)? (?:origin|descent|ancestry))?,? (?:with|who (?:(?:had|has)"
        + _NOT_OF_A_DOSE
        + r"|suffered from"
        r"|suffers from|was known (?:with|for))|"
        r"suffering (?:from|of)|known (?:with|for)|affected (?:by|with)|diagnosed (?:with|as)|(?:has|had) suffered from"
        r"|treated for)"
        r"|(?:man|woman|boy|girl|patient|male|female),(?: \d{2,3}(?:\.\d)? kg,)?(?= (?!who\b|whose\b)[^.;:]{2,80}?,? "
        r"(?:(?:was|were) )?(?:newly )?(?:started|begun|put|placed|prescribed) )"
        r"|(?:treated|therapy|treatment|managed?|management|prescribed|mg\)|daily\)|daily|weekly|medications?|day\)"
        r"|dose\)) (?:for|of)"
        r"(?: the (?:treatment|management|control) of)?|first diagnosed (?:with|as)(?: suffering from)?"
        r"|(?:(?<!consistent )(?<!compatible )(?<!keeping )(?<!discharged )with|had|has|having|carr(?:ied|ies|ying)|"
        r"since|after|before|previous|prior|known|earlier|past|recent|underlying|existing|time of|years? of)"
        r"(?: (?:an?|the|her|his|(?!possible|presum|suspected|working|likely|probable|tentative)\w+)){0,3}"
        r" diagnosis of",
    ),
)

# After the mention; rule over what precedes in the clause.
POST_KINDS: tuple[tuple[str, str], ...] = (
    (
        "uncertain",
        r"(?:could|can) not be (?:completely |entirely |definitely )?(?:excluded|ruled out)"
        r"|cannot be (?:completely "
        r"|entirely )?(?:excluded|ruled out)|(?:not|never) (?:yet )?(?:excluded|ruled out)(?=\s*(?:[.;)]|$))|"
        + _BE
        + r" not (?:completely |entirely )?(?:excluded|ruled out)"
        r"|(?:was|were|is|are|been|seems?|seemed|appears?|appeared)"
        r"(?: (?:therefore|thus|also|then|now|very|highly|rather"
        r"|thought|considered|felt|deemed|judged|believed|regarded as|to be)){0,3}"
        r" (?:unlikely|improbable|doubtful|implausible)"
        r"|(?:was|were|is) (?:initially |at first |first |originally )?(?:thought|believed|assumed|felt)"
        r"(?: of)? to be the (?:\w+ )?(?:cause|diagnosis|reason|explanation|problem)"
        r"|" + _BE + r"(?: (?:initially|strongly|first|"
        r"also|then))? (?:suspected|possible|probable|unlikely|unclear|questionable|presumed)|(?:not|less|un) ?likely|"
        + _BE
        + r"(?: (?:both|all|each|initially|also|first|then|briefly|\w+ly))?"
        r" (?:considered|entertained|contemplated|discussed)"
        r"(?=\s*(?:[.,;)]|$)|\s+(?:and(?! (?:found|judged|thought|felt|treated))"
        r"|in (?:the|his|her|our) differential"
        r"|as (?:an? |the )?(?:possible |potential )?"
        r"(?:alternative|differential|possibilit\w+|other|possible|explanations?)"
        r"|initially|at first|however|because|since|given|when|until"
        r"|but(?! (?:was |were )?(?:refused|declined|deferred|never"
        r"|not (?:performed|done|carried|undertaken|obtained|pursued|given|used|started|available|feasible"
        r"|possible)))))",
    ),
    (
        "not done",
        _BE + r" (?:discussed|considered|offered|proposed|planned|suggested|recommended|scheduled) but (?:was |were )?"
        r"(?:not \w+|never \w+|refused|declined)|"
        + _BE
        + _ADV
        + r" not (?:been )?(?:permitted|allowed|granted|done|performed|obtained|carried out|undertaken|measured"
        r"|determined"
        r"|assessed|checked|requested|"
        r"sent|ordered|sought|attempted|taken|tested(?! for \w))|(?:could|can) not be (?:done|performed|obtained)|"
        + _BE
        + _ADV
        + r" (?:not (?:\w+ly )?(?:needed|required|necessary)|unnecessary)(?! (?:to|until|after|again|for long)\b)|"
        + _BE
        + _ADV
        + r" (?:refused|declined|deferred|omitted)|not (?:done|performed|tested(?! for \w)|measured)",
    ),
    (
        "not reported",
        _BE + _ADV + r" not (?:been )?(?:available|reported|provided|given|stated|mentioned|specified)"
        r"|not (?:available|reported|stated)",
    ),
    (
        "negated",
        _BE + _ADV + r" (?:not (?:\w+ly )?" + SEEN + r"|no longer (?:\w+ly )?" + SEEN + r"|lacking|excluded"
        r"|ruled out|denied|"
        r"eliminated|refuted|rejected|discarded|dismissed|discounted|disproved)"
        r"|(?:could|can|may|might|must|has|have|had) (?:therefore |thus |also |then )?(?:be"
        r"|been) (?:\w+ly )?"
        r"(?:excluded|ruled out)|(?<!not )(?<!never )(?:excluded|ruled out)(?=\s*(?:[.;)]|$))"
        r"|(?:could|can|may) not be (?:\w+ly )?"
        + SEEN
        + r"|not (?:\w+ly )?(?!present (?:an?|any|the|with|new|further|more|other)\b)"
        + SEEN
        + r"|(?:occurred|recurred|developed|appeared|present|seen) in neither\b"
        r"|(?:did|does|has|have|had) not (?:yet )?(?:occur(?:red)?"
        r"|recur(?:red)?|(?:develop(?:ed)?|appear(?:ed)?)" + _ALONE + r")|"
        r"never (?:occurred|recurred|(?:developed|appeared)" + _ALONE + r")|no longer (?:\w+ly )?" + SEEN,
    ),
    (
        "negative",
        r"(?<=: )negative (?:serolog(?:y|ies)|tests?|results?|PCRs?)(?=\s*(?:$|[.;,)]))|"
        r"(?:gave|yielded|returned|produced|had|showed) (?:all |only |uniformly |consistently )?(?:negative|normal)"
        r"(?: (?:or|and) (?:negative|normal))? (?:results?|findings|values)(?! (?:for|to|on|of|in|against)\b)|"
        + _BE
        + _ADV
        + r" (?:(?:negative|non-?reactive|normal (?:or|and) negative)(?! (?:for|to)\b"
        + _BUT_INFECTION
        + r")"
        r"|(?:detected|found|present|demonstrated|seen) (?:in )?neither"
        r"|unrevealing|non-?contributory|fruitless|unrewarding|absent|undetectable|undetected"
        r"|sterile|not detected|not detectable"
        r"|not elevated|not increased|not raised|not (?!only\b)(?:\w+ly )?(?:positive|reactive)(?! (?:for|to)\b))",
    ),
    (
        "normal",
        _BE + _ADV + r" (?:(?:with)?in (?:the |their )?(?:normal|reference) (?:limits?|ranges?)|normal"
        r"|unremarkable|clear(?=\s*(?:[.,;)]|$|(?:and|but|on)\b))|"
        r"within range|without abnormalit(?:y|ies)|patent)|(?:with)?in (?:the )?normal (?:limits?"
        r"|ranges?)",
    ),
    (
        "not interpretable",
        _BE + _ADV + r" (?:pending|awaited|inconclusive|equivocal|indeterminate|borderline"
        r"|non-?diagnostic|uninterpretable|invalid)",
    ),
    (
        "positive",
        _BE + _ADV + r" (?:(?:positive|reactive)(?! (?:for|to)\b)|present|detected|detectable|elevated"
        r"|raised|increased|high|abnormal|seen|found|"
        r"identified|confirmed|demonstrated)|(?:persisted|appeared|rose|increased)",
    ),
    (
        "resolved",
        r"(?:had |have |has )?(?:(?:gradually|slowly|rapidly|promptly|completely|also|spontaneously"
        r"|eventually) )?"
        r"(?:resolved|disappeared|subsided|abated|vanished|cleared|regressed|normali[sz]ed|remitted)",
    ),
    (
        "history",
        r"in the past|as a child|(?:in|during) (?:early |late )?(?:childhood|adolescence|infancy)|(?:years?"
        r"|decades?) (?:ago|earlier|previously|"
        r"before|prior)|in remission",
    ),
)
BARE_KINDS = (
    ("not done", r"not done|not performed"),
    (
        "negative",
        r"(?:without|no) growth|did not (?:reveal|show|yield|grow) (?:any )?(?:bacterial |fungal |significant )?"
        r"(?:growth|organisms?)|negatives?|non-?reactive|(?<=\()-(?=\)|$)|neg|-ve|none|nil|absent|undetectable",
    ),
    ("normal", r"normal|unremarkable|nl|wnl"),
    ("positive", r"(?:strongly |weakly )?positive|(?<=\()\+{1,4}(?=\)|$)|pos|\+ve|reactive|present|yes"),
    ("not interpretable", r"pending|equivocal|borderline|indeterminate|inconclusive"),
)

PRE = words("|".join(f"(?P<k{i}>{pattern})" for i, (_, pattern) in enumerate(PRE_KINDS)))
POST = words("|".join(f"(?P<k{i}>{pattern})" for i, (_, pattern) in enumerate(POST_KINDS)))
BARE = Pattern(
    r"(?:^|[\s:(\-])(?:(?:all|both|each|were|was|is|are) )*(?:"
    + "|".join(f"(?P<k{i}>{p})" for i, (_, p) in enumerate(BARE_KINDS))
    + r")(?=\s*(?:$|[.,;)\]]|and\b|but\b)|(?<=(?-i:None))\s(?-i:[A-Z]))",
    re.IGNORECASE,
)

FINITE = words(
    r"was|were|is|are|has|have|had|did|does|do|will|would|could|may|might|can|should|showed|shows|revealed|reveals"
    r"|demonstrated"
    r"|demonstrates|disclosed|developed|redeveloped|became|began|presented|complained|noticed|took|received"
    r"|underwent|improved|worsened"
    r"|resolved|recovered|rose|fell|remained|remains|persisted|denied|denies|died|experienced|suffered|exhibited"
    r"|tested|returned|peaked"
    r"|drank|drinks|smoked|led|resulted|required|included|suggested|indicated|confirmed|appeared|occurred|recurred"
    r"|ensued|seemed"
    r"|progressed|deteriorated|sought|went|came|gave|disappeared|declined|refused|maintained|fluctuated|visited"
    r"|yielded|stopped|restarted"
    r"|resumed|felt|reports|complains|presents|develops|takes|excluded|suggests|indicates|argues|argued"
    r"|supports|supported|confirms|appears|occurs|requires|becomes|persists|resolves|improves|worsens|recurs"
)
"""Finite verbs: a clause has one."""
