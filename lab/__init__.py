"""The lab: scripted care, cohorts, fitting and validation. It uses the patient; no part of the game uses it."""
