"""Histological pattern of a liver injury from the features of a biopsy, and what each feature points to and against.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary import histology as h
from dechallenge.facts.vocabulary.histology import FEATURES, Feature
from dechallenge.facts.vocabulary.inflammation import il1_blockade, il6_blockade
from dechallenge.facts.vocabulary.liver_scores import bmi
from dechallenge.logic import any_of
from dechallenge.logic.instrument import Category, Caution, Example, Given, Instrument, Item, Option, left_out

INFLAMED = any_of((h.hepatic_inflammation, h.lobular_inflammation, h.portal_inflammation, h.interface_hepatitis))
NECROSIS = any_of((h.hepatocyte_necrosis, h.spotty_necrosis, h.haemorrhagic_necrosis))
BALLOONED = h.ballooning_grade.one_of("few", "many") | h.mallory_bodies
FAT = h.macrovesicular_steatosis | h.microvesicular_steatosis
SINUSOIDAL = h.perisinusoidal_fibrosis.one_of("mild", "moderate or severe")
FIBROSIS = any_of((SINUSOIDAL, h.portal_fibrosis, h.bridging_fibrosis, h.cirrhosis))
NO_FIBROSIS = h.perisinusoidal_fibrosis.is_("none") & ~h.portal_fibrosis & ~h.bridging_fibrosis & ~h.cirrhosis

AUTOIMMUNE = any_of((h.plasma_cells, h.rosettes, h.emperipolesis))
CHOLESTATIC_DRUG = any_of((h.portal_neutrophils, h.bile_plugs))
SEVERE = any_of((h.massive_necrosis, h.microvesicular_steatosis, h.ductular_reaction, h.bridging_fibrosis, h.cirrhosis))
MILD = any_of((h.eosinophil_infiltrate, h.granulomas))

PATTERN = Item(
    "pattern",
    "Overall pattern (the first that the features reach)",
    (
        Option(
            "massive or submassive necrosis",
            "acute liver failure of any cause; paracetamol and halothane among drugs; names no cause",
            h.massive_necrosis,
        ),
        Option(
            "granulomatous",
            "sulfonamides, carbamazepine, etanercept, ipilimumab; against them sarcoidosis, infection, PBC",
            h.granulomas | h.fibrin_ring_granulomas,
        ),
        Option(
            "nodular regenerative hyperplasia",
            "azathioprine, oxaliplatin, 6-thioguanine; rheumatoid arthritis with Felty syndrome",
            h.regenerative_hyperplasia,
        ),
        Option(
            "vascular injury",
            "oxaliplatin, azathioprine, 6-thioguanine; against them venous outflow obstruction",
            h.vascular_lesion | h.sinusoidal_dilatation,
        ),
        Option(
            "confluent necrosis",
            "zonal or coagulative: paracetamol, ischaemia, autoimmune hepatitis, cocaine, venous outflow obstruction",
            h.confluent_necrosis,
        ),
        Option(
            "chronic cholestasis",
            "loss of ducts or cholate stasis: amoxicillin-clavulanate, flucloxacillin; against them obstruction, PBC",
            h.duct_loss | h.cholate_stasis,
        ),
        Option(
            "cholestatic hepatitis",
            "the most frequent pattern of drug injury in one series; against it obstruction",
            h.bile_plugs & INFLAMED,
        ),
        Option(
            "acute cholestasis",
            "bland: anabolic and contraceptive steroids; against them obstruction",
            h.bile_plugs,
        ),
        Option(
            "steatohepatitis",
            "NASH and alcohol first; amiodarone, methotrexate, tamoxifen",
            h.steatohepatitis_named | (FAT & INFLAMED & BALLOONED),
        ),
        Option(
            "microvesicular steatosis",
            "mitochondrial toxicity (valproate, tetracycline, nucleoside analogues); Reye syndrome, pregnancy",
            h.microvesicular_steatosis,
        ),
        Option(
            "macrovesicular steatosis",
            "NAFLD and alcohol first; steroids, methotrexate, tamoxifen",
            h.macrovesicular_steatosis,
        ),
        Option(
            "chronic hepatitis",
            "portal or interface inflammation with fibrosis: autoimmune, viral; methotrexate, atorvastatin",
            (h.portal_inflammation | h.interface_hepatitis) & FIBROSIS,
        ),
        Option(
            "acute hepatitis",
            "viruses, autoimmune hepatitis, drugs (isoniazid, sulfonamides, phenytoin)",
            h.lobular_inflammation | (INFLAMED & NECROSIS),
        ),
        Option("normal or minimal change", "no injury at the time of the biopsy", h.normal_biopsy),
        Option("mixed or unclassified", "no single pattern from the features told", h.biopsy_reported),
    ),
    missing=left_out("no features of a liver biopsy are told"),
    source="Kleiner 2014 (names of the patterns); AASLD guidance 2022 (examples)",
)

CHRONICITY = Item(
    "chronicity",
    "Signs of a disease that was there before",
    (
        Option(
            "present", "fibrosis: weeks of exposure cannot create it; it argues against a purely acute injury", FIBROSIS
        ),
        Option("absent", "fibrosis is denied", NO_FIBROSIS),
    ),
    missing=left_out("fibrosis is not mentioned"),
    source="Kleiner 2014",
)

AUTOIMMUNITY = Item(
    "autoimmunity",
    "Autoimmune hepatitis or drug",
    (
        Option(
            "both", "features of autoimmune hepatitis and of cholestatic drug injury", AUTOIMMUNE & CHOLESTATIC_DRUG
        ),
        Option(
            "towards autoimmune hepatitis",
            "plasma cells, rosettes or emperipolesis; drug-induced autoimmune-like hepatitis looks the same",
            AUTOIMMUNE,
        ),
        Option(
            "towards drug injury", "portal neutrophils or intracellular cholestasis; obstruction too", CHOLESTATIC_DRUG
        ),
        Option("neither", "all of these are denied", ~AUTOIMMUNE & ~CHOLESTATIC_DRUG),
    ),
    missing=left_out("the features that separate them are not mentioned"),
    source="Suzuki 2011",
    note="Interface hepatitis, focal necrosis and portal inflammation separate nothing.",
)

OUTLOOK = Item(
    "outlook",
    "What goes with severe or mild outcome",
    (
        Option("both", "features of either kind", SEVERE & MILD),
        Option("severe", "massive necrosis, microvesicular fat, ductular reaction, higher fibrosis stage", SEVERE),
        Option("mild", "eosinophils, granulomas", MILD),
        Option("neither", "all of these are denied", ~SEVERE & ~MILD),
    ),
    missing=left_out("the features that go with outcome are not mentioned"),
    source="Kleiner 2014",
)


def _told(feature: Feature) -> Item:
    """One feature, present or denied, with what it points to."""
    note = f"; {feature.note}" if feature.note else ""
    return Item(
        feature.term.name,
        feature.term.title[0].upper() + feature.term.title[1:],
        (
            Option("present", f"points to: {feature.points_to}{note}", feature.term),
            Option("absent", feature.without or "denied", ~feature.term),
        ),
        missing=left_out("not mentioned"),
        source=feature.source,
    )


_PERISINUSOIDAL = Item(
    "perisinusoidal_fibrosis",
    "Perisinusoidal fibrosis",
    (
        Option(
            "present",
            "points to: NASH, alcohol, vitamin A, methotrexate; weeks of exposure cannot create it",
            SINUSOIDAL,
        ),
        Option("absent", "denied", h.perisinusoidal_fibrosis.is_("none")),
    ),
    missing=left_out("not mentioned"),
    source="Kleiner 2014; AASLD guidance 2022",
)
_BALLOONING = Item(
    "ballooning",
    "Ballooning",
    (
        Option(
            "present",
            "points to: steatohepatitis (NASH, alcohol, amiodarone, methotrexate, tamoxifen); acute hepatitis too",
            h.ballooning_grade.one_of("few", "many"),
        ),
        Option("absent", "denied: steatohepatitis is not shown", h.ballooning_grade.is_("none")),
    ),
    missing=left_out("not mentioned"),
    source="Kleiner 2014; AASLD guidance 2022",
)

_TOCILIZUMAB: dict[str, Given] = {
    "haemorrhagic_necrosis": True,
    "macrovesicular_steatosis": True,
    "perisinusoidal_fibrosis": "mild",
    "hepatic_inflammation": False,
    "lobular_inflammation": False,
    "portal_inflammation": False,
    "interface_hepatitis": False,
    "plasma_cells": False,
    "biopsy_reported": True,
}
_ANAKINRA: dict[str, Given] = {
    "spotty_necrosis": True,
    "macrovesicular_steatosis": True,
    "hepatic_inflammation": True,
    "portal_fibrosis": True,
    "perisinusoidal_fibrosis": "mild",
    "plasma_cells": False,
    "biopsy_reported": True,
}

INSTRUMENT = Instrument(
    id="histology-pattern",
    title="Histological pattern of liver injury",
    edition="names of Kleiner 2014",
    year=2014,
    kind="criteria",
    purpose="Which pattern the features of a biopsy make, and what each feature points to and against.",
    applies_to=("liver injury",),
    items=(PATTERN, CHRONICITY, AUTOIMMUNITY, OUTLOOK, *(_told(one) for one in FEATURES), _PERISINUSOIDAL, _BALLOONING),
    result=Category("pattern"),
    reference="Kleiner DE, Chalasani NP, Lee WM, et al. Hepatic histological findings in suspected drug-induced liver "
    "injury: systematic evaluation and clinical associations. Hepatology 2014;59:661–70. Fontana RJ, et al. AASLD "
    "practice guidance on drug, herbal, and dietary supplement-induced liver injury. Hepatology 2023;77:1036–65. "
    "Suzuki A, et al. Hepatology 2011;54:931–9.",
    doi="10.1002/hep.26709",
    verification="Names of the patterns and associations read in the abstract of Kleiner 2014, examples in the table "
    "of the AASLD guidance, separating features in the abstract of Suzuki 2011.",
    unverified=(
        "which features make which pattern, and which pattern goes first, is the project's reading of their names: the "
        "pathologist's own overall pattern goes before it",
    ),
    missing_rule="A feature that the report does not mention is unknown, never absent; it leaves other patterns open.",
    cautions=(
        Caution("A finding never raises the causality of a drug by itself; drug injury is a diagnosis of exclusion."),
        Caution(
            "Focal necrosis is not specific of drug toxicity; lobular inflammation with spotty necrosis is a part of "
            "the NAFLD activity score as well.",
            when=h.spotty_necrosis,
            items=("spotty_necrosis",),
        ),
        Caution(
            "Overweight: NAFLD comes first as the cause of macrovesicular fat.",
            when=h.macrovesicular_steatosis & (bmi >= 25),
            items=("macrovesicular_steatosis",),
        ),
        Caution(
            "Macrovesicular fat with perisinusoidal fibrosis is the classical pattern of NASH, a rival of the drug.",
            when=h.macrovesicular_steatosis & SINUSOIDAL,
            items=("perisinusoidal_fibrosis",),
        ),
        Caution(
            "Steatohepatitis is named, but inflammation is denied: it is not shown.",
            when=h.steatohepatitis_named & ~h.hepatic_inflammation,
            items=("steatohepatitis_named", "pattern"),
        ),
        Caution(
            "Granulomas under IL-1 or IL-6 blockade: look for an infection first.",
            when=h.granulomas & (il1_blockade | il6_blockade),
            items=("granulomas",),
        ),
        Caution(
            "Fibrosis is a sign of chronicity: weeks or a few months of exposure cannot create it.",
            when=FIBROSIS,
            items=("chronicity",),
        ),
    ),
    shown_with=(h.biopsy_reported,),
    notes=(
        "In one series of 249 biopsies: cholestatic hepatitis 29 %, acute hepatitis 21 %, chronic hepatitis 14 %, "
        "chronic cholestasis 10 %, acute cholestasis 9 %.",
        "Blinded experts agreed with the clinical diagnosis in 65 % of drug injuries and autoimmune hepatitis.",
    ),
    examples=(
        Example(
            "tocilizumab: haemorrhagic necrosis, macrovesicular steatosis, perisinusoidal fibrosis, no inflammation",
            _TOCILIZUMAB,
            {"chronicity": "present", "plasma_cells": "absent", "hepatic_inflammation": "absent"},
            category="macrovesicular steatosis",
            remark="derived: the authors' “steatohepatitis” is not supported without inflammation",
        ),
        Example(
            "anakinra: steatosis, focal necrosis, mild infiltrate, portal and perisinusoidal fibrosis",
            _ANAKINRA,
            {"chronicity": "present", "spotty_necrosis": "present"},
            category="macrovesicular steatosis",
            remark="derived: steatohepatitis stays open, as ballooning is not mentioned",
        ),
        Example(
            "anakinra in Still's disease: marked inflammation and necrosis, no fibrosis, no haemophagocytosis",
            {
                "hepatic_inflammation": True,
                "hepatocyte_necrosis": True,
                "perisinusoidal_fibrosis": "none",
                "portal_fibrosis": False,
                "bridging_fibrosis": False,
                "cirrhosis": False,
                "macrophage_activation": False,
                "biopsy_reported": True,
            },
            {"chronicity": "absent", "macrophage_activation": "absent"},
            category="acute hepatitis",
            remark="derived",
        ),
    ),
)
