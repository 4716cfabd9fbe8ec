"""`python -m aigc_demo`: the command line."""

import sys

from aigc_demo.commands import main
from aigc_demo.commands.console import quieten

if __name__ == "__main__":
    quieten()
    sys.exit(main())
