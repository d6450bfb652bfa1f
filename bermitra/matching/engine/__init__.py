"""Who fits whom, in whole numbers: arrays in, arrays out, no Django (docs/decisions/0006-matching.md).

``features`` rows to arrays · ``score`` five gates and a score of a pair · ``shortlist`` the best of both sides ·
``exposure`` nobody unseen · ``explain`` a score and a refusal in words' parts · ``rounds`` introductions by public rules ·
``draw`` scarce places by lot · ``verify``, ``plain``, ``certificate`` whoever doubts it.
"""
