"""`python -m evals.guard`: both halves of the guard suite, with every miss."""

from evals.guard.command import main

raise SystemExit(main())
