"""`python -m loimi` is what `./loimi` runs."""

import sys

from loimi.config.commands import main

sys.exit(main(sys.argv[1:]))
