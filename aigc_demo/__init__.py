"""AIGC Demo: the training of a generative adversarial network, made visible."""
