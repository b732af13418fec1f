"""Attacks on the input side: injections, roles, hidden text, requests for harm. Nothing may change, leak or obey.

`salama eval attacks` prints the counts.
"""

from evals.attacks.own import Attack, Outcome, load_attacks, try_attack
from evals.attacks.sets import External, try_sets

__all__ = ["Attack", "External", "Outcome", "load_attacks", "try_attack", "try_sets"]
