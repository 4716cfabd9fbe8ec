"""The space a generator draws from: points in it, paths through it, and pictures of what lies there."""

from aigc_demo.latent.points import draw, lerp, path, slerp, truncate

__all__ = ["draw", "lerp", "path", "slerp", "truncate"]
