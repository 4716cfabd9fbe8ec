"""The Dirac-GAN: a whole game of two numbers, so small that every step of it can be drawn and foretold.

The data are the one point 0. G is the point theta. D answers psi x + c. What each loss makes of that is taken from its own
terms (`game`), tabulated for the page (`curves`), and foretold near the resting point by two eigenvalues (`motion`).
Source: Mescheder, Geiger and Nowozin 2018, Which training methods for GANs do actually converge?, arXiv:1801.04406.
"""
