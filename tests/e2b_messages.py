"""A small E2B(R3) message in our own words, pieces of it to change, and one in the older forms: the tests of exchange.

The cases are made up. Imports nothing of the package.
"""

from __future__ import annotations

import json

ICH = "2.16.840.1.113883.3.989.2"
MEDDRA = "2.16.840.1.113883.6.163"
REACTION = ("11111111-aaaa-4bbb-8ccc-000000000001", "11111111-aaaa-4bbb-8ccc-000000000002")
DRUG = ("22222222-aaaa-4bbb-8ccc-000000000001", "22222222-aaaa-4bbb-8ccc-000000000002")

_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<MCCI_IN200100UV01 xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ITSVersion="XML_1.0">
  <id extension="BATCH-7" root="{ICH}.1.3.22"/>
  <creationTime value="20240310120000+0100"/>
  <responseModeCode code="D"/>
  <interactionId extension="MCCI_IN200100UV01" root="2.16.840.1.113883.1.6"/>
  <name code="1" codeSystem="{ICH}.1.1.1"/>
  """
_TAIL = f"""
  <receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE">
    <id extension="RECEIVER-B" root="{ICH}.1.3.14"/></device></receiver>
  <sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE">
    <id extension="SENDER-A" root="{ICH}.1.3.13"/></device></sender>
</MCCI_IN200100UV01>
"""


def observation(code: int, value: str, relation: str = "", more: str = "") -> str:
    """An observation with a code of the ICH list, in its relation if one is given."""
    name, _, kind = relation.partition(":")
    inner = (
        f'<observation classCode="OBS" moodCode="EVN"><code code="{code}" codeSystem="{ICH}.1.1.19"/>'
        f"{value}{more}</observation>"
    )
    return f'<{name} typeCode="{kind}">{inner}</{name}>' if name else inner


def coded(code: str, number: str) -> str:
    """A value from an ICH code list."""
    return f'<value xsi:type="CE" code="{code}" codeSystem="{ICH}.1.1.{number}"/>'


def test_result(value: str, name: str = "ALT", date: str = "20240301", more: str = "") -> str:
    """A laboratory test with its value element."""
    return (
        f'<component typeCode="COMP"><observation classCode="OBS" moodCode="EVN"><code codeSystem="{MEDDRA}">'
        f'<originalText>{name}</originalText></code><effectiveTime value="{date}"/>{value}{more}'
        "</observation></component>"
    )


test_result.__test__ = False  # type: ignore[attr-defined]


def causality(drug: int, reaction: int, value: str, method: str = "Naranjo", source: str = "Company") -> str:
    """An assessment of one drug and one reaction."""
    return f"""<component typeCode="COMP"><causalityAssessment classCode="OBS" moodCode="EVN">
      <code code="39" codeSystem="{ICH}.1.1.19"/>{value}<methodCode><originalText>{method}</originalText></methodCode>
      <author typeCode="AUT"><assignedEntity classCode="ASSIGNED"><code><originalText>{source}</originalText></code>
      </assignedEntity></author>
      <subject1 typeCode="SUBJ"><adverseEffectReference classCode="OBS" moodCode="EVN">
      <id root="{REACTION[reaction - 1]}"/></adverseEffectReference></subject1>
      <subject2 typeCode="SUBJ"><productUseReference classCode="SBADM" moodCode="EVN"><id root="{DRUG[drug - 1]}"/>
      </productUseReference></subject2></causalityAssessment></component>"""


def role(drug: int, code: str) -> str:
    """The role of a drug, which stands far from it."""
    return f"""<component typeCode="COMP"><causalityAssessment classCode="OBS" moodCode="EVN">
      <code code="20" codeSystem="{ICH}.1.1.19"/>{coded(code, "13")}
      <subject2 typeCode="SUBJ"><productUseReference classCode="SBADM" moodCode="EVN"><id root="{DRUG[drug - 1]}"/>
      </productUseReference></subject2></causalityAssessment></component>"""


def reaction(number: int, term: str, code: str, outcome: str, times: str) -> str:
    """A reaction with its seriousness (hospitalisation) and outcome."""
    flags = "".join(
        observation(flag, f'<value xsi:type="BL" {"value" if flag == 33 else "nullFlavor"}='
                    f'"{"true" if flag == 33 else "NI"}"/>', "outboundRelationship2:PERT")
        for flag in (34, 21, 33, 35, 12, 26)
    )  # fmt: skip
    return f"""<subjectOf2 typeCode="SBJ"><observation classCode="OBS" moodCode="EVN">
      <id root="{REACTION[number - 1]}"/><code code="29" codeSystem="{ICH}.1.1.19"/>{times}
      <value xsi:type="CE" code="{code}" codeSystem="{MEDDRA}" codeSystemVersion="26.1"><!-- the term -->
      <originalText language="eng">{term}</originalText></value>
      {flags}{observation(27, coded(outcome, "11"), "outboundRelationship2:PERT")}</observation></subjectOf2>"""


DOSAGE = """<outboundRelationship2 typeCode="COMP"><substanceAdministration classCode="SBADM" moodCode="EVN">
      <effectiveTime xsi:type="SXPR_TS"><comp xsi:type="PIVL_TS"><period value="12" unit="h"/></comp>
      <comp xsi:type="IVL_TS" operator="A"><low value="20240201"/><high value="20240214"/></comp>
      <comp xsi:type="IVL_TS" operator="A"><width value="2" unit="wk"/></comp></effectiveTime>
      <doseQuantity value="500" unit="mg"/></substanceAdministration></outboundRelationship2>"""


def message(number: int = 1, *, tests: str | None = None, assessments: str | None = None, more: str = "") -> str:
    """One report of the batch.

    Args:
        number: Goes into its case id.
        tests: Test results instead of its own.
        assessments: Assessments of causality instead of its own.
        more: Further elements below the patient, before the reactions.
    """
    if tests is None:
        tests = test_result(
            '<value xsi:type="IVL_PQ"><center value="412" unit="U/L"/></value>',
            more=f"""<referenceRange typeCode="REFV"><observationRange classCode="OBS" moodCode="EVN.CRT">
            <value xsi:type="PQ" value="35" unit="U/L"/>
            <interpretationCode code="H" codeSystem="2.16.840.1.113883.5.83"/></observationRange></referenceRange>{
                observation(10, '<value xsi:type="ED">peak</value>', "outboundRelationship2:PERT")
            }""",
        )
    if assessments is None:
        assessments = causality(1, 1, '<value xsi:type="ST">Probable (6)</value>') + causality(
            1, 1, f'<value xsi:type="CE" code="3" codeSystem="{ICH[:-1]}5.1.10.1.5"/>', "WHO-UMC", "Hospital"
        )
    return f"""<PORR_IN049016UV>
    <id extension="DE-TEST-{number}" root="{ICH}.1.3.1"/><creationTime value="20240310115900+0100"/>
    <interactionId extension="PORR_IN049016UV" root="2.16.840.1.113883.1.6"/>
    <processingCode code="P"/><processingModeCode code="T"/><acceptAckCode code="AL"/>
    <receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE">
      <id extension="RECEIVER-B" root="{ICH}.1.3.12"/></device></receiver>
    <sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE">
      <id extension="SENDER-A" root="{ICH}.1.3.11"/></device></sender>
    <controlActProcess classCode="CACT" moodCode="EVN">
    <code code="PORR_TE049016UV" codeSystem="2.16.840.1.113883.1.18"/>
    <effectiveTime value="20240310115900+0100"/><subject typeCode="SUBJ">
    <investigationEvent classCode="INVSTG" moodCode="EVN">
      <id extension="DE-TEST-{number}" root="{ICH}.1.3.1"/><id extension="DE-TEST-{number}" root="{ICH}.1.3.2"/>
      <code code="PAT_ADV_EVNT" codeSystem="2.16.840.1.113883.5.4"/>
      <text mediaType="text/plain">Liver injury two weeks after a start.</text>
      <statusCode code="active"/><effectiveTime><low value="20240305"/></effectiveTime>
      <availabilityTime value="20240308"/>
      <component typeCode="COMP"><adverseEventAssessment classCode="INVSTG" moodCode="EVN">
      <subject1 typeCode="SBJ"><primaryRole classCode="INVSBJ">
        <player1 classCode="PSN" determinerCode="INSTANCE"><name nullFlavor="MSK"/>
          <administrativeGenderCode code="2" codeSystem="1.0.5218"/></player1>
        <subjectOf2 typeCode="SBJ">{observation(3, '<value xsi:type="PQ" value="54" unit="a"/>')}</subjectOf2>
        <subjectOf2 typeCode="SBJ"><organizer classCode="CATEGORY" moodCode="EVN">
          <code code="1" codeSystem="{ICH}.1.1.20"/><component typeCode="COMP">
          <observation classCode="OBS" moodCode="EVN">
            <code code="10020772" codeSystem="{MEDDRA}" codeSystemVersion="26.1"/>
            <effectiveTime xsi:type="IVL_TS"><low value="2009"/><high nullFlavor="ASKU"/></effectiveTime></observation>
          </component></organizer></subjectOf2>{more}
        {
        reaction(
            1, "liver injury", "10067125", "2", '<effectiveTime xsi:type="IVL_TS"><low value="202402"/></effectiveTime>'
        )
    }
        {
        reaction(
            2, "itching", "10037087", "0", '<effectiveTime xsi:type="IVL_TS"><low nullFlavor="NASK"/></effectiveTime>'
        )
    }
        <subjectOf2 typeCode="SBJ"><organizer classCode="CATEGORY" moodCode="EVN">
          <code code="3" codeSystem="{ICH}.1.1.20"/>{tests}</organizer></subjectOf2>
        <subjectOf2 typeCode="SBJ"><organizer classCode="CATEGORY" moodCode="EVN">
          <code code="4" codeSystem="{ICH}.1.1.20"/>
          <component typeCode="COMP"><substanceAdministration classCode="SBADM" moodCode="EVN"><id root="{DRUG[0]}"/>
            <consumable typeCode="CSM"><instanceOfKind classCode="INST">
              <kindOfProduct classCode="MMAT" determinerCode="KIND"><name>Amoxiclav</name></kindOfProduct>
              </instanceOfKind></consumable>
            <outboundRelationship1 typeCode="SAS"><pauseQuantity value="14" unit="d"/>
              <actReference classCode="OBS" moodCode="EVN"><id root="{REACTION[0]}"/></actReference>
            </outboundRelationship1>{DOSAGE}
            {
        observation(
            31,
            coded("4", "16"),
            "outboundRelationship2:PERT",
            f'<outboundRelationship1 typeCode="REFR"><actReference classCode="OBS" moodCode="EVN">'
            f'<id root="{REACTION[1]}"/></actReference></outboundRelationship1>',
        )
    }
            <inboundRelationship typeCode="CAUS"><act classCode="ACT" moodCode="EVN">
              <code code="1" codeSystem="{ICH}.1.1.15"/></act></inboundRelationship>
            </substanceAdministration></component>
          <component typeCode="COMP"><substanceAdministration classCode="SBADM" moodCode="EVN"><id root="{DRUG[1]}"/>
            <consumable typeCode="CSM"><instanceOfKind classCode="INST">
              <kindOfProduct classCode="MMAT" determinerCode="KIND"><name>Omeprazole</name></kindOfProduct>
              </instanceOfKind></consumable></substanceAdministration></component>
          </organizer></subjectOf2>
      </primaryRole></subject1>
      {role(2, "2")}{role(1, "1")}{assessments}
      </adverseEventAssessment></component>
      <component typeCode="COMP"><observationEvent classCode="OBS" moodCode="EVN">
        <code code="1" codeSystem="{ICH}.1.1.19"/><value xsi:type="BL" value="false"/></observationEvent></component>
      <component typeCode="COMP"><observationEvent classCode="OBS" moodCode="EVN">
        <code code="23" codeSystem="{ICH}.1.1.19"/><value xsi:type="BL" value="true"/></observationEvent></component>
      <outboundRelationship typeCode="SPRT"><relatedInvestigation classCode="INVSTG" moodCode="EVN">
        <code code="1" codeSystem="{ICH}.1.1.22"/><subjectOf2 typeCode="SUBJ">
        <controlActEvent classCode="CACT" moodCode="EVN"><author typeCode="AUT"><assignedEntity classCode="ASSIGNED">
        <code code="2" codeSystem="{ICH}.1.1.3"/></assignedEntity></author></controlActEvent></subjectOf2>
        </relatedInvestigation></outboundRelationship>
      <outboundRelationship typeCode="SPRT"><priorityNumber value="1"/>
        <relatedInvestigation classCode="INVSTG" moodCode="EVN"><code code="2" codeSystem="{ICH}.1.1.22"/>
        <subjectOf2 typeCode="SUBJ"><controlActEvent classCode="CACT" moodCode="EVN"><author typeCode="AUT">
        <assignedEntity classCode="ASSIGNED"><telecom value="tel:+49 30 1234"/>
        <assignedPerson classCode="PSN" determinerCode="INSTANCE"><name><given>Ada</given><given>B.</given></name>
        <asQualifiedEntity classCode="QUAL"><code code="1" codeSystem="{ICH}.1.1.6"/></asQualifiedEntity>
        </assignedPerson></assignedEntity></author></controlActEvent></subjectOf2></relatedInvestigation>
        </outboundRelationship>
      <subjectOf1 typeCode="SUBJ"><controlActEvent classCode="CACT" moodCode="EVN"><author typeCode="AUT">
        <assignedEntity classCode="ASSIGNED"><code code="3" codeSystem="{ICH}.1.1.7"/></assignedEntity></author>
        </controlActEvent></subjectOf1>
      <subjectOf2 typeCode="SUBJ"><investigationCharacteristic classCode="OBS" moodCode="EVN">
        <code code="1" codeSystem="{ICH}.1.1.23"/>{coded("1", "2")}</investigationCharacteristic></subjectOf2>
      <subjectOf2 typeCode="SUBJ"><investigationCharacteristic classCode="OBS" moodCode="EVN">
        <code code="2" codeSystem="{ICH}.1.1.23"/><value xsi:type="BL" nullFlavor="NI"/>
        </investigationCharacteristic></subjectOf2>
    </investigationEvent></subject></controlActProcess></PORR_IN049016UV>"""


def batch(*messages: str) -> bytes:
    """A file with these reports, or with the one of `message`."""
    return (_HEAD + "\n  ".join(messages or (message(),)) + _TAIL).encode()


R2 = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ichicsr SYSTEM "http://example.org/icsr21xml.dtd">
<ichicsr lang="en"><ichicsrmessageheader><messagetype>ichicsr</messagetype></ichicsrmessageheader>
<safetyreport><safetyreportid>DE-TEST-9</safetyreportid><serious>1</serious>
<patient><patientonsetage>61</patientonsetage><patientonsetageunit>801</patientonsetageunit><patientsex>1</patientsex>
<reaction><primarysourcereaction>liver injury</primarysourcereaction><reactionoutcome>1</reactionoutcome></reaction>
<test><testdate>20240301</testdate><testdateformat>102</testdateformat><testname>ALT</testname>
<testresult>412</testresult><testunit>U/L</testunit></test>
<drug><drugcharacterization>1</drugcharacterization><medicinalproduct>Diclofenac</medicinalproduct>
<drugstartdate>20240201</drugstartdate><drugstartdateformat>102</drugstartdateformat><actiondrug>1</actiondrug>
</drug><summary><narrativeincludeclinical>Jaundice after a course.</narrativeincludeclinical></summary>
</patient></safetyreport></ichicsr>"""
"""An E2B(R2) message in our own words."""
OPENFDA = json.dumps(
    {"results": [{"safetyreportid": "9", "serious": "1", "patient": {
        "patientonsetage": "61", "patientonsetageunit": "801", "patientsex": "1",
        "reaction": [{"reactionmeddrapt": "Hepatitis", "reactionoutcome": "1"}],
        "drug": [{"drugcharacterization": "1", "medicinalproduct": "DICLOFENAC", "actiondrug": "1",
                  "drugstartdate": "20240201", "drugstartdateformat": "102"}]}}]}
).encode()  # fmt: skip
"""The like as openFDA answers."""
