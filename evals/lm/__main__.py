"""`python -m evals.lm`: measure the configured language model."""

from evals.lm.command import main

raise SystemExit(main())
