"""Terms of grading: what abnormal values led to, and reactions that are graded by their course. Imports only `logic`.

A choice lists the rungs of a grading from mild to fatal; the last one that applies is the answer.
"""

from __future__ import annotations

from dechallenge.logic.terms import Choice, Flag, Number

NOT_DEATH = "Unknown unless stated; not 'death' when the patient survived."

anemia_consequence = Choice(
    "anemia_consequence",
    ("none of these", "transfusion indicated", "life-threatening", "death"),
    "what the anaemia led to",
    "Did the anaemia need a transfusion, was it life-threatening, or did the patient die of it?",
    supply=NOT_DEATH,
    label="consequence of the anaemia",
)
thrombocytopenia_consequence = Choice(
    "thrombocytopenia_consequence",
    ("none of these", "transfusion indicated", "life-threatening", "death"),
    "what the low platelets led to",
    "Did the low platelets need a transfusion, were they life-threatening (urgent intervention), or fatal?",
    supply=NOT_DEATH,
    label="consequence of the low platelets",
)
leukocytosis_consequence = Choice(
    "leukocytosis_consequence",
    ("none of these", "leukostasis", "death"),
    "what the high white cell count led to",
    "Did the high white cell count cause leukostasis (urgent intervention), or death?",
    supply=NOT_DEATH,
    label="consequence of the leukocytosis",
)
eosinophilia_steroids = Flag(
    "eosinophilia_steroids",
    "steroids were started because of the eosinophilia",
    "Were steroids started because of the eosinophilia?",
    supply="Unknown unless stated; steroids for another reason do not count.",
)
fever_peak_c = Number(
    "fever_peak_c",
    "°C",
    "highest body temperature of the event",
    "What was the highest temperature (°C)?",
    supply="Highest value of the event; (38.0, None) when fever is told without a figure.",
    low=25,
    high=45,
    label="highest temperature",
)
fever_above_40_h = Number(
    "fever_above_40_h",
    "h",
    "hours with a temperature above 40.0 °C",
    "For how many hours was the temperature above 40.0 °C?",
    supply="Unknown unless stated.",
    low=0,
    high=10000,
    label="hours above 40 °C",
)
fever_fatal = Flag(
    "fever_fatal",
    "death because of the fever",
    "Did the patient die of the fever?",
    supply="False when the patient survived; unknown otherwise unless stated.",
)
neutropenic_temperature_c = Number(
    "neutropenic_temperature_c",
    "°C",
    "highest temperature measured while neutrophils were low",
    "What was the highest temperature while neutrophils were low (°C)?",
    supply="Temperature taken together with the neutrophil count; (38.0, None) when febrile neutropenia is told.",
    low=25,
    high=45,
    label="temperature with low neutrophils",
)
neutropenic_fever_sustained = Flag(
    "neutropenic_fever_sustained",
    "with low neutrophils the temperature stayed at 38.0 °C or more for over an hour",
    "With low neutrophils, did the temperature stay at 38.0 °C or more for over an hour?",
    supply="Unknown unless stated; true when the report diagnoses febrile neutropenia, which is this by definition.",
)
febrile_neutropenia_consequence = Choice(
    "febrile_neutropenia_consequence",
    ("none of these", "life-threatening", "death"),
    "what the febrile neutropenia led to",
    "Was the febrile neutropenia life-threatening (urgent intervention), or did the patient die of it?",
    supply=NOT_DEATH,
    label="consequence of the febrile neutropenia",
)
crs = Choice(
    "crs",
    ("absent", "present"),
    "whether a cytokine release syndrome occurred (fever with or without constitutional symptoms)",
    "Was there a cytokine release syndrome?",
    supply="Unknown unless stated.",
    label="cytokine release syndrome",
)
crs_hypotension = Choice(
    "crs_hypotension",
    ("none", "answered to fluids", "one vasopressor"),
    "hypotension in the cytokine release syndrome and what it needed",
    "Was there hypotension, and did it answer to fluids or need a vasopressor?",
    supply="Unknown unless stated.",
    label="hypotension",
)
crs_oxygen = Choice(
    "crs_oxygen",
    ("none", "under 40% oxygen", "40% oxygen or more"),
    "hypoxia in the cytokine release syndrome and the oxygen fraction it needed",
    "Was there hypoxia, and did it need under 40% oxygen, or 40% and more?",
    supply="Unknown unless stated. Version 5.0 asks for the fraction.",
    label="oxygen fraction",
)
crs_oxygen_device = Choice(
    "crs_oxygen_device",
    ("none", "low-flow nasal cannula or blow-by", "high-flow cannula or mask"),
    "hypoxia in the cytokine release syndrome and the device by which oxygen was given",
    "Was there hypoxia, and was oxygen given by a low-flow cannula or blow-by, or by high-flow cannula or a mask?",
    supply="Unknown unless stated. Version 6.0 asks for the device; masks: face, non-rebreather, Venturi.",
    label="oxygen device",
)
crs_consequence = Choice(
    "crs_consequence",
    ("none of these", "life-threatening", "death"),
    "what the cytokine release syndrome led to",
    "Was the cytokine release syndrome life-threatening (urgent intervention), or did the patient die of it?",
    supply=NOT_DEATH,
    label="consequence of the cytokine release syndrome",
)
hepatic_failure = Choice(
    "hepatic_failure",
    ("none", "asterixis or mild encephalopathy", "moderate encephalopathy or worse", "death"),
    "failure of the liver because of the reaction",
    "Did the liver fail: asterixis, mild encephalopathy or self-care limited; moderate to severe encephalopathy, "
    "coma or a threat to life; death?",
    supply="From encephalopathy, asterixis, coma or death that are told; the words 'drug-induced liver injury' alone "
    "say nothing. 'asterixis or mild encephalopathy' includes self-care limited by the failure.",
    label="hepatic failure",
)
hepatitis_severity = Choice(
    "hepatitis_severity",
    ("none of these", "medical intervention", "symptomatic dysfunction", "decompensated", "death"),
    "how severe the hepatitis was",
    "How severe was the hepatitis: medical intervention; symptoms of dysfunction, compensated cirrhosis or a hospital "
    "stay; coagulopathy, encephalopathy or coma; death?",
    supply="Only when a hepatitis is told. 'symptomatic dysfunction' includes compensated cirrhosis and hospital stay.",
    label="severity of the hepatitis",
)
serum_sickness = Choice(
    "serum_sickness",
    ("none", "asymptomatic", "moderate", "severe", "pressor or ventilator", "death"),
    "serum sickness and how severe it was",
    "Was there serum sickness: no symptoms; moderate joint pain, fever, rash or urticaria; severe joint pain, "
    "extensive rash, steroids or intravenous fluids; pressor or ventilator; death?",
    supply="Unknown unless stated.",
    label="serum sickness",
)
hlh_severity = Choice(
    "hlh_severity",
    ("none", "mild", "moderate", "severe", "life-threatening", "death"),
    "secondary haemophagocytic lymphohistiocytosis and what it needed",
    "How severe was the haemophagocytic syndrome: evaluation only; intervention such as an immunosuppressant; hospital "
    "stay; a threat to life; death?",
    supply="Mild: evaluation only; moderate: intervention indicated; severe: hospital stay indicated; several values "
    "when only a part is told.",
    label="severity of the haemophagocytic syndrome",
)

TERMS = (
    anemia_consequence,
    thrombocytopenia_consequence,
    leukocytosis_consequence,
    eosinophilia_steroids,
    fever_peak_c,
    fever_above_40_h,
    fever_fatal,
    neutropenic_temperature_c,
    neutropenic_fever_sustained,
    febrile_neutropenia_consequence,
    crs,
    crs_hypotension,
    crs_oxygen,
    crs_oxygen_device,
    crs_consequence,
    hepatic_failure,
    hepatitis_severity,
    serum_sickness,
    hlh_severity,
)
