"""The API's endpoints: what each takes and answers, and the work that Gradio's queue and MCP have done by name."""

from aigc_demo.ui.endpoints.asking import EVALUATE, EXPLAIN, GENERATE
from aigc_demo.ui.endpoints.endpoint import NEEDED, Call, Endpoint, Parameter
from aigc_demo.ui.endpoints.meter import Meter, TooOften
from aigc_demo.ui.endpoints.training import FINETUNE, TRAIN
from aigc_demo.ui.endpoints.work import Work

ENDPOINTS: dict[str, Endpoint] = {item.key: item for item in (TRAIN, FINETUNE, GENERATE, EVALUATE, EXPLAIN)}

MOST_WAITING = 64  # calls that may wait in the queue of one language's page

__all__ = ["ENDPOINTS", "MOST_WAITING", "NEEDED", "Call", "Endpoint", "Meter", "Parameter", "TooOften", "Work"]
