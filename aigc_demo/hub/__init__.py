"""What is fetched from the Hugging Face Hub, or a mirror of it, and only when somebody asks.

The one room that uses `huggingface_hub`. `fetch` brings a set of images; nothing here runs by itself, and no token is
sent unless HF_TOKEN is set.
"""

from aigc_demo.hub.fetching import Progress, Stored, fetch

__all__ = ["Progress", "Stored", "fetch"]
