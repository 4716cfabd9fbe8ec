"""What goes between the Hugging Face Hub, or a mirror of it, and this machine, and only when somebody asks.

The one room that uses `huggingface_hub`. `fetch` brings a set of images, `pull` a model; `push` sends one. Nothing here
runs by itself; a token is sent where whoever asks has given one, and to nobody but the Hub.
"""

from aigc_demo.hub.fetching import Stored, fetch
from aigc_demo.hub.names import HubName, hub_name, is_hub_name
from aigc_demo.hub.progress import Progress
from aigc_demo.hub.pulling import Pulled, pull
from aigc_demo.hub.pushing import Pushed, push

__all__ = ["HubName", "Progress", "Pulled", "Pushed", "Stored", "fetch", "hub_name", "is_hub_name", "pull", "push"]
