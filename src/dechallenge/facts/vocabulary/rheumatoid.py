"""Terms of rheumatoid arthritis: antibodies, joints, radiographs. Imports only `logic`."""

from __future__ import annotations

from dechallenge.logic import Derived
from dechallenge.logic.terms import Choice, Flag, Number

_TOLD = "Only as told; unknown when nothing is said."


def _sign(name: str, label: str, meaning: str, question: str) -> Flag:
    return Flag(name, meaning, question, supply=_TOLD, label=label)


rheumatoid_arthritis = Flag(
    "rheumatoid_arthritis",
    "rheumatoid arthritis is known or suspected",
    "Is rheumatoid arthritis known or suspected?",
    supply="True when the report names the diagnosis, also as suspected.",
    label="rheumatoid arthritis",
)
ANTIBODY_VALUES = ("negative", "positive", "low positive", "high positive", "not done")


def _antibody(name: str, label: str) -> Choice:
    return Choice(
        name,
        ANTIBODY_VALUES,
        f"{label}: negative (at most the upper limit); positive without a titre; low positive (above the limit, "
        "at most 3×ULN); high positive (above 3×ULN); not done",
        f"Was {label} positive, and how high (× upper limit of normal)?",
        supply="From the titre and its limit; 'positive' when only that word is reported.",
        unknowns=("not reported", "not interpretable"),
        label=label,
    )


rheumatoid_factor = _antibody("rheumatoid_factor", "rheumatoid factor")
acpa = _antibody("acpa", "antibodies to citrullinated peptides")
morning_stiffness_minutes = Number(
    "morning_stiffness_minutes",
    "min",
    "morning stiffness before maximal improvement",
    "How many minutes does morning stiffness last?",
    supply="As told; unknown when stiffness is told without a duration.",
    low=0,
    high=1440,
    label="morning stiffness",
)
swollen_joint_areas = Number(
    "swollen_joint_areas",
    "areas",
    "joint areas swollen (soft tissue or fluid) at the same time, seen by a physician",
    "How many joint areas were swollen at the same time?",
    supply="As examined; unknown when the number is not told.",
    low=0,
    high=68,
    label="swollen joint areas",
)
hand_arthritis = _sign(
    "hand_arthritis",
    "arthritis of hand joints",
    "at least one area swollen in a wrist, metacarpophalangeal or proximal interphalangeal joint",
    "Was a wrist, MCP or PIP joint swollen?",
)
symmetric_arthritis = _sign(
    "symmetric_arthritis",
    "symmetric arthritis",
    "the same joint areas inflamed on both sides at the same time",
    "Was the arthritis symmetric?",
)
rheumatoid_nodules = _sign(
    "rheumatoid_nodules",
    "rheumatoid nodules",
    "subcutaneous rheumatoid nodules",
    "Were there rheumatoid nodules?",
)
hand_erosions = _sign(
    "hand_erosions",
    "radiographic changes of the hands",
    "erosions or periarticular osteopenia on radiographs of hand and wrist",
    "Do radiographs of hand and wrist show erosions or periarticular osteopenia?",
)
clinical_synovitis = _sign(
    "clinical_synovitis",
    "definite clinical synovitis",
    "definite clinical synovitis of at least one joint",
    "Is at least one joint definitely swollen by synovitis?",
)
synovitis_explained = _sign(
    "synovitis_explained",
    "synovitis explained otherwise",
    "another disease explains the synovitis better",
    "Does another disease explain the synovitis better?",
)
large_joints = Number(
    "large_joints",
    "joints",
    "involved large joints: shoulders, elbows, hips, knees, ankles",
    "How many large joints (shoulder, elbow, hip, knee, ankle) are involved?",
    supply="Swollen or tender joints as examined.",
    low=0,
    high=10,
    label="involved large joints",
)
small_joints = Number(
    "small_joints",
    "joints",
    "involved small joints: MCP, PIP, MTP 2-5, thumb IP, wrist; never DIP, first CMC or first MTP",
    "How many small joints (MCP, PIP, MTP 2-5, thumb IP, wrist) are involved?",
    supply="Swollen or tender joints as examined; DIP, first CMC and first MTP do not count.",
    low=0,
    high=30,
    label="involved small joints",
)
involved_joints = Derived(
    "involved_joints",
    "joints",
    "involved large and small joints together",
    "How many joints are involved?",
    low=0,
    high=40,
    label="involved joints",
    formula=large_joints + small_joints,
    rises=(large_joints, small_joints),
)
typical_erosions = _sign(
    "typical_erosions",
    "erosions typical of rheumatoid arthritis",
    "erosive disease typical of rheumatoid arthritis on radiographs",
    "Are there erosions typical of rheumatoid arthritis?",
)
criteria_met_before = _sign(
    "criteria_met_before",
    "criteria fulfilled in the past",
    "documented past fulfilment of the 2010 criteria",
    "Is it documented that the 2010 criteria were fulfilled in the past?",
)

TERMS = (
    rheumatoid_arthritis,
    rheumatoid_factor,
    acpa,
    morning_stiffness_minutes,
    swollen_joint_areas,
    hand_arthritis,
    symmetric_arthritis,
    rheumatoid_nodules,
    hand_erosions,
    clinical_synovitis,
    synovitis_explained,
    large_joints,
    small_joints,
    involved_joints,
    typical_erosions,
    criteria_met_before,
)
