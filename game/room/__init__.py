"""A room: patient, rules and bots composed into one pure host. Inputs and time in, facts and views out."""
