"""Reading villages, partners and verdicts: who sees what, and the facts that rules are asked about."""
