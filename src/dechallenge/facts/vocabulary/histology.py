"""Terms of liver histology: which features the biopsy report names or denies, and grades as reported.

A feature is present, absent (the report denies it) or not mentioned, which is unknown. `points_to` and `note` are told
with it. Imports only `logic`.
"""

from __future__ import annotations

from dataclasses import dataclass

from dechallenge.logic.terms import Choice, Flag, Number, Term

_SUPPLY = "True when the biopsy report names it, False when it denies it; unknown when it is not mentioned."


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of a biopsy.

    Attributes:
        term: Whether it is there.
        points_to: What it points to.
        note: What limits that, or speaks against a cause.
        without: What its absence says.
        source: What the reading rests on.
    """

    term: Flag
    points_to: str
    note: str = ""
    without: str = ""
    source: str = "Kleiner 2014; AASLD guidance 2022"


def _feature(name: str, label: str, points_to: str, note: str = "", without: str = "", source: str = "") -> Feature:
    flag = Flag(
        name, f"{label} in the liver biopsy", f"Did the liver biopsy show {label}?", supply=_SUPPLY, label=label
    )
    return Feature(flag, points_to, note, without, source or "Kleiner 2014; AASLD guidance 2022")


_SUZUKI = "Suzuki 2011"

FEATURES: tuple[Feature, ...] = (
    _feature(
        "spotty_necrosis",
        "focal (spotty) necrosis or acidophil bodies",
        "any acute hepatitis, drug or virus",
        "not specific: it was present in every case of drug injury and of autoimmune hepatitis in one blinded series",
        source=_SUZUKI,
    ),
    _feature(
        "haemorrhagic_necrosis",
        "haemorrhagic necrosis",
        "hepatocellular injury; congestion, sinusoidal obstruction",
        "ask about congestion and venous outflow",
    ),
    _feature(
        "confluent_necrosis",
        "confluent or zone 3 necrosis",
        "paracetamol, ischaemia, autoimmune hepatitis, cocaine, venous outflow obstruction",
    ),
    _feature(
        "massive_necrosis",
        "massive or submassive necrosis",
        "acute liver failure of any cause",
        "poor prognosis; names no cause",
    ),
    _feature("hepatocyte_necrosis", "necrosis of hepatocytes", "hepatocellular injury of any cause", "not specific"),
    _feature(
        "hepatic_inflammation",
        "inflammation",
        "hepatitis of any cause",
        without="without inflammation neither hepatitis nor steatohepatitis is shown",
    ),
    _feature(
        "lobular_inflammation",
        "lobular inflammation",
        "acute hepatitis of any cause",
        "a part of the NAFLD activity score too",
    ),
    _feature(
        "portal_inflammation",
        "portal inflammation",
        "acute or chronic hepatitis of any cause",
        "not specific: present in every case of drug injury and of autoimmune hepatitis in one blinded series",
        source=_SUZUKI,
    ),
    _feature(
        "interface_hepatitis",
        "interface hepatitis",
        "autoimmune hepatitis, drug-induced autoimmune-like hepatitis, viral hepatitis",
        "not specific alone: present in every case of both in one blinded series",
        "its absence weakens autoimmune hepatitis and does not exclude it (acute onset)",
        _SUZUKI,
    ),
    _feature(
        "plasma_cells",
        "plasma cells",
        "autoimmune hepatitis, drug-induced autoimmune-like hepatitis",
        without="their absence weakens autoimmune hepatitis and does not exclude it (acute onset)",
        source=_SUZUKI,
    ),
    _feature("rosettes", "rosettes of hepatocytes", "autoimmune hepatitis", source=_SUZUKI),
    _feature("emperipolesis", "emperipolesis", "autoimmune hepatitis", source=_SUZUKI),
    _feature(
        "eosinophil_infiltrate",
        "eosinophils",
        "hypersensitivity to a drug; parasites",
        "goes with milder injury",
        "not mandatory: their absence speaks against nothing",
    ),
    _feature("portal_neutrophils", "portal neutrophils", "cholestatic drug injury; obstruction", source=_SUZUKI),
    _feature(
        "granulomas",
        "granulomas",
        "sarcoidosis, tuberculosis, primary biliary cholangitis, sulfonamides, carbamazepine, etanercept, ipilimumab",
        "under IL-1, IL-6 or TNF blockade look for infection; goes with milder injury",
    ),
    _feature("fibrin_ring_granulomas", "fibrin-ring granulomas", "Q fever, allopurinol"),
    _feature("bile_plugs", "bile plugs (cholestasis)", "cholestatic drug injury", "obstruction has to be excluded"),
    _feature(
        "duct_loss",
        "loss of bile ducts",
        "cholestatic drug injury, vanishing bile duct syndrome (amoxicillin-clavulanate, flucloxacillin)",
        "obstruction has to be excluded",
    ),
    _feature("cholate_stasis", "cholate stasis", "chronic cholestasis"),
    _feature("bile_duct_injury", "injury of bile ducts", "cholestatic drug injury; primary biliary cholangitis"),
    _feature(
        "ductular_reaction", "ductular reaction", "obstruction; severe injury", "goes with severe or fatal outcome"
    ),
    _feature(
        "macrovesicular_steatosis",
        "macrovesicular steatosis",
        "NAFLD, alcohol, steroids, methotrexate, tamoxifen",
        "in an overweight patient NAFLD comes first",
    ),
    _feature(
        "microvesicular_steatosis",
        "microvesicular steatosis",
        "mitochondrial toxicity (valproate, tetracycline, nucleoside analogues), Reye syndrome, pregnancy",
        "goes with severe or fatal outcome",
    ),
    _feature("mallory_bodies", "Mallory bodies", "NASH, alcohol, amiodarone, methotrexate, tamoxifen"),
    _feature(
        "steatohepatitis_named",
        "steatohepatitis, so named",
        "NASH, alcohol, amiodarone, methotrexate, tamoxifen",
        "needs inflammation and ballooning beside the fat",
    ),
    _feature(
        "portal_fibrosis",
        "portal fibrosis",
        "chronic disease that was there before",
        "speaks against a purely acute drug injury",
    ),
    _feature(
        "bridging_fibrosis",
        "bridging fibrosis",
        "chronic disease that was there before",
        "speaks against a purely acute drug injury",
    ),
    _feature(
        "macrophage_activation",
        "haemophagocytosis or activated Kupffer cells",
        "macrophage activation syndrome, Still's disease",
        "the key competing cause in Still's disease",
    ),
    _feature("sinusoidal_lymphocytes", "sinusoidal lymphocytes", "EBV, CMV, hepatitis C, Still's disease"),
    _feature("sinusoidal_dilatation", "sinusoidal dilatation", "venous outflow obstruction, oxaliplatin, azathioprine"),
    _feature(
        "vascular_lesion",
        "sinusoidal obstruction, peliosis or inflamed veins",
        "oxaliplatin, azathioprine, 6-thioguanine",
    ),
    _feature(
        "regenerative_hyperplasia",
        "nodular regenerative hyperplasia",
        "oxaliplatin, azathioprine, 6-thioguanine; rheumatoid arthritis with Felty syndrome",
        "can explain an enlarged spleen",
    ),
    _feature("iron_deposits", "iron", "haemochromatosis", "special stain required"),
    _feature("copper_deposits", "copper", "Wilson disease", "special stain required"),
    _feature("pas_d_globules", "PAS-D globules", "alpha-1 antitrypsin deficiency", "special stain required"),
    _feature("ground_glass_cells", "ground-glass cells", "hepatitis B"),
    _feature("normal_biopsy", "normal or minimal, non-specific changes", "no injury at the time of the biopsy"),
)
"""In the order of the sheet of terms: necrosis, inflammation, bile ducts, fat, fibrosis, vessels, deposits."""

(
    spotty_necrosis,
    haemorrhagic_necrosis,
    confluent_necrosis,
    massive_necrosis,
    hepatocyte_necrosis,
    hepatic_inflammation,
    lobular_inflammation,
    portal_inflammation,
    interface_hepatitis,
    plasma_cells,
    rosettes,
    emperipolesis,
    eosinophil_infiltrate,
    portal_neutrophils,
    granulomas,
    fibrin_ring_granulomas,
    bile_plugs,
    duct_loss,
    cholate_stasis,
    bile_duct_injury,
    ductular_reaction,
    macrovesicular_steatosis,
    microvesicular_steatosis,
    mallory_bodies,
    steatohepatitis_named,
    portal_fibrosis,
    bridging_fibrosis,
    macrophage_activation,
    sinusoidal_lymphocytes,
    sinusoidal_dilatation,
    vascular_lesion,
    regenerative_hyperplasia,
    iron_deposits,
    copper_deposits,
    pas_d_globules,
    ground_glass_cells,
    normal_biopsy,
) = (feature.term for feature in FEATURES)

biopsy_reported = Flag(
    "biopsy_reported",
    "findings of a liver biopsy are reported",
    "Was a liver biopsy done, and are its findings reported?",
    supply="True when at least one feature is told; unknown otherwise.",
    label="biopsy with findings",
)
perisinusoidal_fibrosis = Choice(
    "perisinusoidal_fibrosis",
    ("none", "mild", "moderate or severe"),
    "perisinusoidal (zone 3) fibrosis",
    "Was there perisinusoidal fibrosis, and how much?",
    supply="'none' when denied; without a degree both degrees are possible; unknown when not mentioned.",
    label="perisinusoidal fibrosis",
)
cirrhosis = Flag(
    "cirrhosis",
    "cirrhosis of the liver, by histology, imaging or as a diagnosis",
    "Does the patient have cirrhosis?",
    supply="True when told; False when cirrhosis, or any fibrosis, is denied.",
    label="cirrhosis",
)

# --- grades and stages -----------------------------------------------------------------------------------------------

steatosis_percent = Number(
    "steatosis_percent",
    "%",
    "share of the hepatocytes (or of the biopsy) with fat",
    "What share of the hepatocytes had fat (%)?",
    supply="The printed share; no steatosis is (0, 4.99); steatosis without a figure is (5, 100).",
    low=0,
    high=100,
    label="steatosis",
)
lobular_foci = Choice(
    "lobular_foci",
    ("none", "under 2", "2 to 4", "over 4"),
    "foci of lobular inflammation per ×200 field",
    "How many foci of lobular inflammation were there per ×200 field?",
    supply="'none' when inflammation is denied; lobular inflammation, or focal necrosis with inflammation, without a "
    "count: any but 'none'.",
    label="lobular foci",
)
ballooning_grade = Choice(
    "ballooning_grade",
    ("none", "few", "many"),
    "ballooned hepatocytes",
    "How many ballooned hepatocytes were there?",
    supply="'none' when denied; without an amount few and many are possible; unknown when not mentioned.",
    label="ballooning",
)
metavir_fibrosis = Choice(
    "metavir_fibrosis",
    ("F0", "F1", "F2", "F3", "F4"),
    "METAVIR fibrosis stage of a biopsy, as reported",
    "Which METAVIR fibrosis stage did the biopsy report give?",
    supply="As reported for a biopsy; a stage of FibroTest is not one of METAVIR.",
    label="METAVIR stage",
)
metavir_activity = Choice(
    "metavir_activity",
    ("A0", "A1", "A2", "A3"),
    "METAVIR activity grade of a biopsy, as reported",
    "Which METAVIR activity grade did the biopsy report give?",
    supply="As metavir_fibrosis.",
    label="METAVIR grade",
)
metavir_interface = Choice(
    "metavir_interface",
    ("0", "1", "2", "3"),
    "METAVIR interface (piecemeal) necrosis: 0 none, 1 mild, 2 moderate, 3 severe",
    "What was the METAVIR grade of interface necrosis (0 to 3)?",
    supply="As reported.",
    label="interface necrosis",
)
metavir_lobular = Choice(
    "metavir_lobular",
    ("0", "1", "2"),
    "METAVIR lobular necrosis: 0 none or mild, 1 moderate, 2 severe",
    "What was the METAVIR grade of lobular necrosis (0 to 2)?",
    supply="As reported.",
    label="lobular necrosis",
)
ishak_stage = Choice(
    "ishak_stage",
    ("0", "1", "2", "3", "4", "5", "6"),
    "Ishak fibrosis stage of a biopsy, as reported",
    "Which Ishak fibrosis stage did the biopsy report give?",
    supply="As reported.",
    label="Ishak stage",
)

TERMS: tuple[Term, ...] = (
    *(feature.term for feature in FEATURES),
    biopsy_reported,
    perisinusoidal_fibrosis,
    cirrhosis,
    steatosis_percent,
    lobular_foci,
    ballooning_grade,
    metavir_fibrosis,
    metavir_activity,
    metavir_interface,
    metavir_lobular,
    ishak_stage,
)
