"""4. Who fits whom: shortlists with reasons, fair rounds, draws, certificates."""
