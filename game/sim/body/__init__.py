"""What the patient is: states without laws, one module a part. `game.sim.laws` changes them."""
