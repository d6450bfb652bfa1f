"""7. Clauses as data, drafting by turns, legal gates, signing, amendment, renewal."""
