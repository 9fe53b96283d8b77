"""Small quarters of both layouts, written by hand: the tables of AERS and FAERS with figures of our own."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

AERS: Mapping[str, str] = {
    "DEMO": """ISR$CASE$I_F_COD$FOLL_SEQ$IMAGE$EVENT_DT$MFR_DT$FDA_DT$REPT_COD$MFR_NUM$MFR_SNDR\
$AGE$AGE_COD$GNDR_COD$E_SUB$WT$WT_COD$REPT_DT$OCCP_COD$DEATH_DT$TO_MFR$CONFID$REPORTER_COUNTRY
5000001$7000001$I$$5000001-1$20090310$$20090401$EXP$M-1$MAKER A$54$YR$F$N$132$LBS$20090330$MD$$$$UNITED STATES$
5000002$7000002$I$$5000002-1$200902$$20090402$DIR$$$6$MON$M$N$8$KG$20090330$CN$$$$FRANCE$
5000003$$I$$5000003-1$20091399$$20090403$EXP$M-3$MAKER A$300$YR$UNK$N$$$20090330$PH$$$$JAPAN$
5000004$$I$$5000004-1$$$20090404$EXP$M-4$MAKER B$70$$F$N$$$20090330$PH$$$$ITALY$
""",
    "DRUG": """ISR$DRUG_SEQ$ROLE_COD$DRUGNAME$VAL_VBM$ROUTE$DOSE_VBM$DECHAL$RECHAL$LOT_NUM$EXP_DT$NDA_NUM
5000001$1001$PS$KINERET$1$SUBCUTANEOUS$100 MG DAILY$Y$N$$$$
5000001$1002$C$ASPIRIN$1$ORAL$$$$$$$
5000002$1003$PS$AMOXICILLIN AND CLAVULANATE POTASSIUM$1$ORAL$$$$$$$
5000003$1004$SS$ZZUNKNOWNOL$2$ORAL$$U$U$$$$
5000004$1005$PS$METHOTREXATE /00113801/$1$ORAL$$D$D$$$$
""",
    "REAC": """ISR$PT
5000001$HEPATITIS$
5000001$PYREXIA$
5000002$RASH$
5000003$HEPATITIS$
5000004$NEUTROPENIA$
""",
    "OUTC": "ISR$OUTC_COD\n5000001$HO$\n5000001$OT$\n5000003$DE$\n",
    "THER": "ISR$DRUG_SEQ$START_DT$END_DT$DUR$DUR_COD\n5000001$1001$20090210$20090312$30$DAY$\n",
    "INDI": "ISR$DRUG_SEQ$INDI_PT\n5000001$1001$STILL'S DISEASE ADULT ONSET$\n",
    "RPSR": "ISR$RPSR_COD\n5000001$HP$\n",
}
FAERS: Mapping[str, str] = {
    "DEMO": """primaryid$caseid$caseversion$i_f_code$event_dt$mfr_dt$init_fda_dt$fda_dt$rept_cod\
$auth_num$mfr_num$mfr_sndr$lit_ref$age$age_cod$age_grp$sex$e_sub\
$wt$wt_cod$rept_dt$to_mfr$occp_cod$reporter_country$occr_country
70000012$7000001$2$F$20090310$$20090401$20140110$EXP$$M-1$MAKER A$$54$YR$A$F$Y$60$KG$20140109$$MD$US$US
80000011$8000001$1$I$20140105$$20140201$20140201$EXP$$M-8$MAKER C$$61$YR$A$M$Y$$$20140131$$MD$GB$GB
80000012$8000001$2$F$20140105$$20140201$20140215$EXP$$M-8$MAKER C$$61$YR$A$M$Y$$$20140214$$MD$GB$GB
80000021$8000002$1$I$20140301$$20140305$20140305$EXP$$M-9$MAKER C$$33$YR$A$F$Y$$$20140304$$PH$DE$DE
80000031$8000003$1$I$20140301$$20140306$20140306$EXP$$M-10$MAKER D$$33$YR$A$F$Y$$$20140304$$PH$DE$DE
80000041$8000004$1$I$$$20140306$20140306$EXP$$M-11$MAKER D$$$$$F$Y$$$20140304$$CN$US$
""",
    "DRUG": """primaryid$caseid$drug_seq$role_cod$drugname$prod_ai$val_vbm$route$dose_vbm\
$cum_dose_chr$cum_dose_unit$dechal$rechal$lot_num$exp_dt$nda_num$dose_amt$dose_unit$dose_form$dose_freq
70000012$7000001$1$PS$KINERET$ANAKINRA$1$Subcutaneous$100 mg daily$$$Y$N$$$$100$MG$$QD
80000011$8000001$1$PS$ILARIS$CANAKINUMAB$1$$$$$U$U$$$$150$MG$$
80000012$8000001$1$PS$ILARIS$CANAKINUMAB$1$$$$$U$U$$$$150$MG$$
80000012$8000001$2$I$TYLENOL$ACETAMINOPHEN$1$$$$$$$$$$$$$
80000021$8000002$1$PS$Lortab$ACETAMINOPHEN\\HYDROCODONE BITARTRATE$1$$$$$$$$$$$$$
80000031$8000003$1$PS$Lortab$ACETAMINOPHEN\\HYDROCODONE BITARTRATE$1$$$$$$$$$$$$$
80000041$8000004$1$C$Aspirin$ASPIRIN$1$$$$$$$$$$$$$
""",
    "REAC": """primaryid$caseid$pt$drug_rec_act
70000012$7000001$Hepatitis$
70000012$7000001$Pyrexia$
80000011$8000001$Neutropenia$
80000012$8000001$Neutropenia$Y
80000021$8000002$Nausea$
80000031$8000003$Nausea$
80000041$8000004$Nausea$
""",
    "OUTC": "primaryid$caseid$outc_cod\n70000012$7000001$HO\n",
    "THER": "primaryid$caseid$dsg_drug_seq$start_dt$end_dt$dur$dur_cod\n80000012$8000001$1$20131201$201401$$\n",
    "INDI": "primaryid$caseid$indi_drug_seq$indi_pt\n80000012$8000001$1$Still's disease\n",
    "RPSR": "primaryid$caseid$rpsr_cod\n80000012$8000001$HP\n",
}
DELETED = " \n8000001\n9999999\n"


def write_quarter(
    folder: Path, quarter: str, tables: Mapping[str, str], *, deleted: str = "", newline: str = "\n"
) -> Path:
    """Write the files of a quarter (`2014Q1`) into a folder as the database packs them."""
    inner = folder / f"{'aers' if 'ISR$' in tables.get('DEMO', '') else 'faers'}_ascii_{quarter}" / "ascii"
    inner.mkdir(parents=True)
    for table, text in tables.items():
        path = inner / f"{table}{quarter[2:]}.txt"
        path.write_bytes(text.replace("\n", newline).encode("utf-8"))
    if deleted:
        (inner.parent / "deleted").mkdir()
        (inner.parent / "deleted" / f"DELETE{quarter[2:]}.txt").write_text(deleted, encoding="utf-8")
    return inner.parent


def zipped(folder: Path) -> Path:
    """The folder as an archive beside it."""
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*.txt")):
            archive.write(file, file.relative_to(folder))
    return path


def changed(tables: Mapping[str, str], table: str, old: str, new: str) -> dict[str, str]:
    """The tables with one text exchanged in one of them."""
    assert old in tables[table]
    return {**tables, table: tables[table].replace(old, new, 1)}
