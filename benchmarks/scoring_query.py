"""RUCAM 2016 by the convention alone, as one would write it by hand for DuckDB.

It reads points only (an interval is unknown), takes every missing answer by the rule of the instrument, and knows
nothing of ranges: what an analyst would write, to be measured beside the compiled instrument.
"""

from __future__ import annotations

_GROUP_1 = ("hav", "hbv", "hcv", "hev", "biliary_imaging", "alcoholic_hepatitis", "hypotension")
_GROUP_2 = ("underlying_disease", "cmv", "ebv", "hsv", "vzv")
_POSITIVE = " OR ".join(f"{name} = 'positive'" for name in (*_GROUP_1, *_GROUP_2))
_NEGATIVE = " + ".join(f"coalesce(CAST({name} = 'negative' AS INTEGER), 0)" for name in _GROUP_1)
_OTHERS = " AND ".join(f"{name} = 'negative'" for name in _GROUP_2)

CONVENTION = f"""
WITH pattern AS (
  SELECT *, alt_xuln >= 5 * alp_xuln AS hepatocellular, alt_xuln < 5 * alp_xuln AS other, {_NEGATIVE} AS excluded
  FROM '{{facts}}'
), items AS (
  SELECT id,
    CASE WHEN stop_to_onset > 0 AND (stop_to_onset <= 15 OR slow_elimination OR (other AND stop_to_onset <= 30)) THEN 1
      WHEN exposure = 'subsequent' AND (latency BETWEEN 1 AND 15 OR (other AND latency BETWEEN 1 AND 90)) THEN 2
      WHEN exposure = 'subsequent' AND (latency > 90 OR (hepatocellular AND latency > 15)) THEN 1
      WHEN latency BETWEEN 5 AND 90 THEN 2 WHEN latency < 5 OR latency > 90 THEN 1 END AS i1,
    CASE WHEN drug_continued THEN 0 WHEN hepatocellular AND alt_rose_again THEN -2
      WHEN hepatocellular AND alt_half_days <= 8 THEN 3 WHEN hepatocellular AND alt_half_days <= 30 THEN 2
      WHEN hepatocellular AND alt_not_halved THEN -2 WHEN hepatocellular AND alt_half_days > 30 THEN 0
      WHEN other AND alp_half_days <= 180 THEN 2 WHEN other AND alp_fell_short THEN 1 ELSE 0 END AS i2,
    CASE WHEN (sex = 'female' AND alcohol_drinks > 2) OR alcohol_drinks > 3 THEN 1 ELSE 0 END
      + CASE WHEN other AND pregnancy THEN 1 ELSE 0 END + CASE WHEN age >= 55 THEN 1 ELSE 0 END AS i3,
    CASE concomitant WHEN 'proven' THEN -3 WHEN 'hepatotoxin' THEN -2 WHEN 'compatible' THEN -1 ELSE 0 END AS i4,
    CASE WHEN {_POSITIVE} THEN -3 WHEN excluded = 7 AND {_OTHERS} THEN 2 WHEN excluded = 7 THEN 1
      WHEN excluded >= 5 THEN 0 ELSE -2 END AS i5,
    CASE known_reaction WHEN 'labelled' THEN 2 WHEN 'published' THEN 1 WHEN 'few reports' THEN 1 ELSE 0 END AS i6,
    CASE WHEN rechallenge_setting = 'not done' THEN 0
      WHEN rechallenge_setting IN ('drug alone', 'same drugs') AND (
        (hepatocellular AND rechallenge_alt_during > rechallenge_alt_before AND rechallenge_alt_during < 1)
        OR (other AND rechallenge_alp_during > rechallenge_alp_before AND rechallenge_alp_during < 1)) THEN -2
      WHEN rechallenge_setting = 'drug alone'
        AND ((hepatocellular AND rechallenge_alt_before < 5) OR (other AND rechallenge_alp_before < 2))
        AND ((hepatocellular AND rechallenge_alt_during >= 2 * rechallenge_alt_before)
          OR (other AND rechallenge_alp_during >= 2 * rechallenge_alp_before)) THEN 3
      WHEN rechallenge_setting = 'same drugs'
        AND ((hepatocellular AND rechallenge_alt_during >= 2 * rechallenge_alt_before)
          OR (other AND rechallenge_alp_during >= 2 * rechallenge_alp_before)) THEN 1 ELSE 0 END AS i7,
    coalesce(alt_xuln >= 5 OR alp_xuln >= 2, true) AND coalesce(latency >= 0, true)
      AND coalesce(stop_to_onset <= 15 OR (other AND stop_to_onset <= 30) OR slow_elimination, true) AS applicable
  FROM pattern
)
SELECT id, CASE WHEN applicable THEN i1 + i2 + i3 + i4 + i5 + i6 + i7 END AS score FROM items
"""
