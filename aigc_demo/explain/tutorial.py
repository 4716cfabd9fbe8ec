"""The tutorial's own formulas, letter by letter as sections 4.1 and 4.2 print them."""

from __future__ import annotations

GENERATOR_LOSS = r"L_G = E_{z \sim p(z)}[D(G(z))] + \lambda \|G(z) - x\|^2"
DISCRIMINATOR_LOSS = r"L_D = E_x[D(x)] + E_z[D(G(z))]"
GENERATOR_GAME = r"\min_G \max_D L_{GAN} = \min_G [E_{z \sim p(z)}[D(G(z))] + \lambda \|G(z) - x\|^2]"
DISCRIMINATOR_GAME = r"\max_D [E_x[D(x)] + E_z[D(G(z))]]"

VALUE = r"V(D,G)=\mathbb{E}_{x}\left[\log D(x)\right]+\mathbb{E}_{z}\left[\log\left(1-D(G(z))\right)\right]"
