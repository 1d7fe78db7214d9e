"""The game on a screen of 4:3: the pictures of the large canvas, cut and laid closer together on 960x720."""
