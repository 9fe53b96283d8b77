"""The tests of Dechallenge; README.md says what each folder proves."""
