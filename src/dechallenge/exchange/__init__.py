"""Floor 8: cases from one system to another: conversion, results as statements, validation; and the verbs for them.

`stated` puts results of an assessment into a case, `converting` reads any format and writes E2B(R3), FHIR or a case
file, `validating` says what is wrong where. May import formats, batch, assessment and the names of instruments.
"""
