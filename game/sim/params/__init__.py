"""Every number of the patient, as TOML texts beside this file."""
