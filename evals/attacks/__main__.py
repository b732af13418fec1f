"""`python -m evals.attacks`: own attacks, and with `--dev FOLDER` those of other people."""

from evals.attacks.command import main

raise SystemExit(main())
